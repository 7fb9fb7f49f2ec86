"""The rooms around a change: which are shown, where everything stands, and that Hebrew reads right."""

import struct
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.flows.runtime import write_tool
from core.kernel.phrases import verbatim
from core.kernel.proposals import Conflict, Item
from core.pictures.describe import describe
from core.pictures.drawing import draw, png, svg
from core.pictures.gathering import moves_of, timeline
from core.pictures.layout import WIDTH, Box, Layout, Words, fitting, lay_out, readable, wrapped
from core.pictures.models import Bar, Move, Slot, Timeline
from core.texts import plain, say

ROOMS = ["Hall A", "Hall B", "Hall C"]
EVENT = {"name": "Spring Conference", "rooms": ROOMS}
KEYNOTE, PANEL = uuid4(), uuid4()


def at(clock: str) -> datetime:
    """A local time of the event in UTC: Jerusalem in May is three hours ahead."""
    hour, minute = clock.split(":")
    return datetime(2031, 5, 1, int(hour) - 3, int(minute), tzinfo=UTC)


def row(title: str, room: str, start: str, end: str, ident: UUID | None = None) -> dict[str, Any]:
    return {"id": ident or uuid4(), "title": title, "room": room, "start_time": at(start), "end_time": at(end)}


MOVE = Move(
    id=KEYNOTE,
    title="Keynote",
    now=Slot(room="Hall A", start=at("10:00"), end=at("11:00")),
    proposed=Slot(room="Hall B", start=at("11:30"), end=at("12:30")),
)
ROWS = [
    row("Keynote", "Hall A", "10:00", "11:00", KEYNOTE),
    row("Panel", "Hall B", "12:00", "13:00", PANEL),
    row("ניהול קהל", "Hall C", "10:00", "10:30"),
]
TAKEN = Conflict(
    kind="room_overlap",
    severity="error",
    item=Item(id=PANEL, title="Panel", start_time=at("12:00"), end_time=at("13:00")),
)


def drawn(rows: list[dict[str, Any]] = ROWS, event: dict[str, Any] = EVENT, *conflicts: Conflict) -> Timeline:
    window = at("09:00"), at("14:00")
    return timeline(event, rows, (MOVE,), conflicts, window, zone="Asia/Jerusalem", at=at("08:05"))


def test_what_moves_is_shown_twice_and_what_is_in_its_way_is_marked() -> None:
    assert drawn(ROWS, EVENT, TAKEN).bars == (
        Bar(title="Panel", room="Hall B", start=at("12:00"), end=at("13:00"), kind="collides"),
        Bar(title="ניהול קהל", room="Hall C", start=at("10:00"), end=at("10:30"), kind="other"),
        Bar(title="Keynote", room="Hall A", start=at("10:00"), end=at("11:00"), kind="now"),
        Bar(title="Keynote", room="Hall B", start=at("11:30"), end=at("12:30"), kind="proposed"),
    )


def test_of_forty_rooms_those_that_are_touched_and_their_neighbours_are_shown() -> None:
    names = [f"Hall {number:02d}" for number in range(40)] + ROOMS
    found = drawn(ROWS, {"name": "Large", "rooms": sorted(names)})
    assert found.rooms == ("Hall 35", "Hall 36", "Hall 37", "Hall 38", "Hall 39", "Hall A", "Hall B", "Hall C")
    assert found.more_rooms == 43 - 8


@pytest.mark.parametrize(
    ("action", "args", "before", "moves"),
    [
        ("schedule_update", {"schedule_id": str(KEYNOTE), "set": {"title": "New"}}, {"id": str(KEYNOTE)}, ()),
        ("schedule_delete", {"schedule_id": str(KEYNOTE)}, {"id": str(KEYNOTE)}, ()),
        ("participant_update", {"participant_id": "p", "set": {}}, {}, ()),
    ],
)
def test_what_moves_nothing_has_no_picture(action: str, args: Any, before: Any, moves: Any) -> None:
    assert tuple(moves_of(write_tool(action).claims(args, before))) == moves


def test_a_bundle_moves_what_its_lines_move() -> None:
    slot = {"start_time": at("10:00").isoformat(), "end_time": at("11:00").isoformat(), "room": "Hall A"}
    before = {"id": str(KEYNOTE), "title": "Keynote", **slot}
    lines = [
        {
            "action_type": "schedule_create",
            "args": {"new_id": str(PANEL), "set": {"title": "New", **slot}},
            "before": None,
        },
        {
            "action_type": "schedule_update",
            "args": {"schedule_id": str(KEYNOTE), "set": {"room": "Hall B"}},
            "before": before,
        },
    ]
    here, there = (Slot(room=room, start=at("10:00"), end=at("11:00")) for room in ("Hall A", "Hall B"))
    assert tuple(moves_of(write_tool("bundle").claims({"lines": lines}, {}))) == (
        Move(id=None, title="New", now=None, proposed=here),
        Move(id=KEYNOTE, title="Keynote", now=here, proposed=there),
    )


def test_in_hebrew_time_runs_from_right_to_left() -> None:
    english, hebrew = lay_out(drawn(), "en"), lay_out(drawn(), "he")
    assert [(box.y, WIDTH - box.x - box.width) for box in hebrew.boxes if box.kind == "proposed"][:1] == [
        (box.y, pytest.approx(box.x)) for box in english.boxes if box.kind == "proposed"
    ][:1]
    names = {words.text: (words.x, words.anchor) for words in hebrew.words if words.text in ROOMS}
    assert names == dict.fromkeys(ROOMS, (WIDTH - 45, "end"))


def test_the_place_of_a_bar_tells_its_time() -> None:
    [box] = [box for box in lay_out(drawn(), "en").boxes if box.kind == "proposed" and box.height > 50]
    hour = (WIDTH - 2 * 36 - 176) / 5
    assert (box.x, box.width) == (
        pytest.approx(36 + 176 + 2.5 * hour + 1, abs=0.2),
        pytest.approx(hour - 2, abs=0.2),
    )


@pytest.mark.parametrize("count", [0, 1, 1_000])
def test_a_picture_is_never_higher_than_a_phone_scrolls(count: int) -> None:
    rooms = [f"Room {number}" for number in range(40)]
    rows = [
        row(
            f"Session {number} with a rather long title",
            rooms[number % 40],
            f"{9 + number % 5}:00",
            f"{9 + number % 5}:45",
        )
        for number in range(count)
    ]
    found = lay_out(drawn(rows, {"name": "Large", "rooms": rooms}), "en")
    assert found.height <= 1350


def test_the_png_has_its_size() -> None:
    layout = lay_out(drawn(), "he")
    picture = draw(drawn(), "he")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, layout.height)


def word(text: str) -> bytes:
    return png(Layout(100, (), (Words(x=40, y=60, text=text, size=40),)))


def test_hebrew_is_drawn_from_right_to_left() -> None:
    forced_left_to_right = "\u202dםולש\u202c"
    assert word("שלום") == word(forced_left_to_right)
    assert word("שלום") != word("\u202dשלום\u202c")


@pytest.mark.parametrize(
    "title", ["<script>&\"'", "a\u202eb", "😀", "", "x" * 500, "\x00\x07", "]]>", "&#0;", "שלום <b>", "漢字", "\ud83d"]
)
def test_no_title_breaks_a_picture(title: str) -> None:
    found = drawn([row(title, "Hall C", "10:00", "11:00")])
    assert draw(found, "en")[:4] == b"\x89PNG"
    assert "<script>" not in svg(lay_out(found, "en"))


def test_words_fit_into_their_place() -> None:
    assert fitting("A rather long title", 120, 20) == "A rather lo…"
    assert wrapped("Contracts with vendors", 150, 20) == ("Contracts", "with vendors")
    assert readable("😀 a\u202eb\n c") == "ab c"


def test_it_says_in_words_what_it_shows() -> None:
    change = verbatim("Change: Keynote · 11:30 to 12:30 instead of 10:00 to 11:00")
    assert plain(say("en", describe(drawn(ROWS, EVENT, TAKEN), change))) == (
        "Change: Keynote · 11:30 to 12:30 instead of 10:00 to 11:00. In the way: Panel. The rooms of Spring Conference."
    )
    assert plain(say("he", describe(drawn(), change))) == (
        "Change: Keynote · 11:30 to 12:30 instead of 10:00 to 11:00. האולמות של Spring Conference."
    )


def test_what_is_kept_is_what_is_drawn() -> None:
    found = drawn(ROWS, EVENT, TAKEN)
    assert Timeline.model_validate(found.model_dump(mode="json")) == found
    assert timedelta(hours=5) == found.end - found.start
    assert isinstance(lay_out(found, "en").boxes[0], Box)
