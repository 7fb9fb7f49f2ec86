"""What is noted about people is not read by viewers."""

import json
from typing import Any

import pytest

from core.db import Database
from core.kernel.principal import Role
from tests.integration.domains.steps import told
from tests.integration.history.story import live_a_day

pytestmark = pytest.mark.db

READERS: tuple[Role, Role] = ("staff", "viewer")


async def test_a_viewer_is_told_who_is_a_vip_and_not_what_is_noted(db: Database, owner_url: str) -> None:
    world = await live_a_day(db, owner_url)
    asked: list[tuple[str, dict[str, Any]]] = [
        ("list_vips", {}),
        ("get_session", {"session": "Opening Keynote"}),
        ("get_participant_agenda", {"participant": "Ruth Bar"}),
        ("explain_suggestion", {"suggestion": "Opening Keynote"}),
    ]
    for name, args in asked:
        staff, viewer = [json.dumps(await told(db, world.people[role], name, **args), default=str) for role in READERS]
        assert ("Ruth Bar" in staff, "Ruth Bar" in viewer) == (True, True), name
        assert ("front row" in staff, "front row" in viewer) == (True, False), name
