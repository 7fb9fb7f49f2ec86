"""What every act of a person on the page says: whose it is."""

import base64
import binascii
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bots.playground.pictures import LARGEST_SHARED

LONGEST_ID = 40
_LONGEST_NAME = 255


def _bytes(given: object) -> bytes:
    try:
        return base64.b64decode(given if isinstance(given, str) else "", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("base64 is expected") from None


class Attached(BaseModel):
    """A file that somebody shares: its name, and what is in it, in base64."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=_LONGEST_NAME)
    content: Annotated[bytes, BeforeValidator(_bytes)] = Field(min_length=1, max_length=LARGEST_SHARED)


class Act(BaseModel):
    """Something that a person does."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    person: str = Field(max_length=LONGEST_ID)
