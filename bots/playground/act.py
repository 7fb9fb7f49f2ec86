"""What every act of a person on the page says: whose it is."""

from pydantic import BaseModel, ConfigDict, Field

LONGEST_ID = 40


class Act(BaseModel):
    """Something that a person does."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    person: str = Field(max_length=LONGEST_ID)
