"""Other people's words in the terminal: no command obeys them, and what is seen of them stays."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from core.db import Database
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import slack_message, suggested
from tests.integration.history.story import behind_the_back, live_a_day
from tests.integration.terminal.operator import Said, Terminal, commands
from tests.world import World

pytestmark = pytest.mark.db

LONG = "W" * 60
NASTY = f"[/red][bold]x\x1b[2J\x1b]0;t\x07\x9b31m\u202e\u2066\u200f\x01\x7f\n✓ :smile:\t{LONG}\u2028.\u2069"
SEEN = f"[/red][bold]x[2J]0;t31m ✓ :smile: {LONG} ."
"""What of it is seen: markup of nobody, no second line, and a word that is too long for its column."""
_PANEL = ("update_schedule_item", {"schedule_id": "Closing Panel", "changes": {"start_time": "17:30"}})
_LOGGED = ("Opening Keynote", "Sound Check Live", "Lighting Basics", "Closing Panel", "Hall A", "Hall B", "please")
_DOCUMENTS = ("action_data", "before_state", "conflicts", "impact", "decided_from", "origin")
SILENT = {
    "demo": "serves until it is stopped",
    "serve": "serves until it is stopped",
    "worker": "serves until it is stopped",
    "migrate": "names files of the program",
    "backup": "names the file that was typed",
    "restore": "names the file that was typed",
    "upgrade": "names the file that was typed",
    "bench": "measures on a database of its own",
}
"""Commands that show no row of anybody, with why."""
COUNTS = {"log vips", "log conflicts", "log edited", "policy show", "retention run"}
"""Commands whose rows are numbers and words of the program."""
NAMELESS = COUNTS | {"org retention", "log verify"}
"""And those that name nobody but in JSON."""


@pytest.fixture
async def world(db: Database, owner_url: str, database_url: str) -> World:
    """A day's work, and then names, titles, rooms, reasons, messages and accounts that are all nasty."""
    lived = await live_a_day(db, owner_url)
    rt, *_ = runtime(db, calls(_PANEL), says("It waits."))
    await suggested(rt, slack_message("please", event="E9"), database_url)
    text, document = (f"'{said}'" for said in (NASTY, json.dumps(NASTY)[1:-1]))
    logged = [
        f"update public.ai_insights_log set {column} = replace({column}::text, '{name}', {document})::jsonb"
        for column in _DOCUMENTS
        for name in _LOGGED
    ]
    behind_the_back(
        owner_url,
        f"update public.organizations set name = {text}",
        f"update public.events set name = {text}",
        f"update public.schedules set title = {text}, speaker_name = {text}",
        f"update public.user_profiles set full_name = {text}, email = id || {text}",
        f"update public.chat_identities set workspace = {text}, platform_user = id || {text}",
        f"update public.card_copies set channel = {text}",
        f"update public.workspaces set workspace = {text}, managers_channel = {text}",
        *logged,
        f"update public.ai_insights_log set execution_error = {text} where kind = 'refusal'",
        f"""update public.ai_insights_log set decided_from = decided_from || '{{"reason": {json.dumps(NASTY)}}}'
        where execution_status = 'rejected'""",
    )
    return lived


def spoken(world: World, files: Path) -> dict[str, tuple[str, ...]]:
    """Return the words behind every command that says somebody's words, in an order in which all of them work."""
    org = ("--org", str(world.organization_id))
    owner, manager, staff, viewer = (
        str(world.people[role].user_id) for role in ("owner", "manager", "staff", "viewer")
    )
    return {
        "doctor": (),
        "org list": (),
        "org retention": org,
        "org ceiling": org,
        "user list": (),
        "user show": (staff,),
        "link list": (),
        "channel list": (),
        "event list": (),
        "pending": (),
        "costs": ("--by", "person"),
        "log": (),
        "log decisions": (),
        "log rejections": (),
        "log edited": (),
        "log vips": (),
        "log conflicts": (),
        "log verify": (),
        "policy delegate": (owner, manager, *org, "--until", "2040-05-02"),
        "policy delegations": org,
        "policy set": ("--backup", manager, *org),
        "policy show": org,
        "policy level": (NASTY, "warn", *org),
        "policy buffer": ("5", *org),
        "policy approvers": (NASTY, "--role", "owner", *org),
        "policy reset": org,
        "import": (str(_schedule(files)), *org),
        "user add": ("new@aleph.example", "--name", NASTY, "--role", "staff", *org),
        "user role": (staff, "viewer"),
        "user off": (viewer,),
        "user on": (viewer,),
        "link person": (staff,),
        "link revoke": (staff,),
        "channel unset": org,
        "channel set": ("--slack", f"T{NASTY}/C{NASTY}", *org),
        "retention run": (),
        "slack manifest": ("--url", NASTY),
        "user erase": (manager, "--yes"),
        "org add": (f"{NASTY}2",),
        "org rename": (str(world.organization_id), f"{NASTY}3"),
    }


def _schedule(folder: Path) -> Path:
    """Write a conference of which every word is nasty, and an entry that cannot be placed."""
    talk = {"id": 1, "guid": NASTY, "title": NASTY, "start": "10:00", "duration": "01:00", "room": NASTY, "persons": []}
    day = {"index": 1, "date": "2031-05-01", "rooms": {NASTY: [talk, {**talk, "id": 2, "start": NASTY}]}}
    conference = {"title": NASTY, "acronym": "x", "time_zone_name": "Asia/Jerusalem", "days": [day]}
    path = folder / "schedule.json"
    path.write_text(json.dumps({"schedule": {"version": "1", "conference": conference}}))
    return path


def obeyed(said: str) -> set[str]:
    """Return the characters that a terminal would obey, or that hide or turn what is read."""
    return {letter for letter in said if letter != "\n" and not letter.isprintable()}


def is_broken(said: Said) -> bool:
    """Tell whether a command ended otherwise than well or with a sentence of its own."""
    return said.code not in {0, 1} or "inside the program" in said.err


def texts(value: Any) -> Iterator[str]:
    """Return every text in a value of JSON."""
    if isinstance(value, dict):
        yield from (text for each in value.values() for text in texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in texts(each))
    elif isinstance(value, str):
        yield value


def test_every_command_is_tried(world: World, tmp_path: Path) -> None:
    assert sorted({*spoken(world, tmp_path), *SILENT}) == sorted(commands())


def test_no_command_obeys_anybodys_words_and_all_that_is_seen_stays(
    world: World, database_url: str, tmp_path: Path
) -> None:
    wide, narrow = (Terminal(tmp_path, database_url, width) for width in (2000, 80))
    known, wrong = commands(), list[tuple[str, object]]()
    for command, words in spoken(world, tmp_path).items():
        reads = any(parameter.name == "as_json" for parameter in known[command].params)
        told = [terminal.run(*command.split(), *words) for terminal in ((narrow, wide) if reads else (wide,))]
        is_seen = not reads or command in NAMELESS or SEEN in told[-1].out
        forged = "\n✓ :smile:" in f"\n{told[-1].out}{told[-1].err}"
        if not is_seen or forged or any(obeyed(each.out + each.err) or is_broken(each) for each in told):
            wrong.append((command, told))
    assert wrong == []


def test_json_is_faithful_to_the_last_character_and_obeyed_by_no_terminal(
    world: World, database_url: str, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path, database_url)
    wrong: list[tuple[str, object]] = []
    listed = spoken(world, tmp_path)
    for command, known in commands().items():
        if command in SILENT or all(parameter.name != "as_json" for parameter in known.params):
            continue
        if command == "policy delegations":
            terminal.run("policy", "delegate", *listed["policy delegate"])
        said = terminal.run(*command.split(), *listed[command], "--json")
        rows = [json.loads(line) for line in said.out.splitlines()]
        is_told = command in COUNTS or any(NASTY in text for text in texts(rows))
        if obeyed(said.out) or (not said.out.isprintable() and "\x1b" in said.out) or not is_told or said.err:
            wrong.append((command, said))
    assert wrong == []


def test_on_one_line_of_a_list_stands_one_thing(world: World, database_url: str, tmp_path: Path) -> None:
    """A name with a line break begins no line of its own, where it could pass for the program's word."""
    lines = Terminal(tmp_path, database_url, 2000).run("org", "list").out.splitlines()
    assert [line.split()[0] for line in lines if line] == ["Name", "[/red][bold]x[2J]0;t31m", "1"]


def test_without_the_cleaning_a_name_is_obeyed() -> None:
    """The twin: what the library alone would send to the terminal."""
    sent = StringIO()
    Console(file=sent, width=2000).print(Text(NASTY))
    assert obeyed(sent.getvalue()) >= {"\x1b", "\x9b", "\u202e", "\u2066"}
