"""10,000 random cards: what stands on the screen, read back, is exactly what will run.

A fifth of it by default; EVENTFLOW_PROOF=1 for the whole.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from bots.slack.render import card_message as in_slack
from bots.telegram.press import read_press
from bots.telegram.render import card_message as in_telegram
from core.actions.suggestion import suggestion_from_row
from core.flows.deliver import card_for
from core.kernel.cards import Card
from core.kernel.phrases import phrase
from core.texts import say
from tests.proof.office import PART
from tests.proof.reading import WORDS, Seen, plain, read_span, seen_in_slack, seen_in_telegram

CARDS, SHARDS = 10_000 // PART, 8
ZONES = ("Asia/Jerusalem", "America/New_York", "UTC", "Australia/Lord_Howe", "Asia/Kathmandu")
LETTERS = "abc XYZ 019 אבגד הוז ש\"צ & < > * _ ~ ` # @ : ; , . ( ) [ ] { } / \\ | ' ! ? + = % € é 🎤 "
CLOCKS_GO_BACK = (datetime(2031, 10, 25, 22, 30, tzinfo=UTC), datetime(2031, 11, 2, 5, 30, tzinfo=UTC))


def words(random: Random, longest: int) -> str:
    """A title or a name as somebody might write it, on one line."""
    text = "".join(random.choice(LETTERS) for _ in range(random.randint(1, longest)))
    return " ".join(text.split()) or "X"


def moment(random: Random) -> datetime:
    """A minute of 2031, often one that the clocks show twice."""
    if random.random() < 0.05:
        return random.choice(CLOCKS_GO_BACK) + timedelta(minutes=random.randint(-90, 90))
    return datetime(2031, 1, 2, tzinfo=UTC) + timedelta(minutes=random.randint(0, 360 * 24 * 60))


def session(random: Random) -> dict[str, Any]:
    """Everything that a session may have."""
    starts = moment(random)
    return {
        "title": words(random, 300),
        "start_time": starts.isoformat(),
        "end_time": (starts + timedelta(minutes=random.randint(5, 600))).isoformat(),
        "room": random.choice((None, words(random, 40))),
        "speaker_name": random.choice((None, words(random, 60))),
        "max_capacity": random.choice((None, random.randint(1, 100_000))),
    }


def drawn(random: Random) -> dict[str, Any]:
    """A random suggestion about the agenda, as its row says it."""
    action = random.choice(("schedule_create", "schedule_update", "schedule_delete"))
    now, event, ident = session(random), str(UUID(int=random.getrandbits(128))), str(UUID(int=random.getrandbits(128)))
    args: dict[str, Any] = {"event_id": event}
    if action == "schedule_create":
        args |= {"new_id": ident, "set": now}
    elif action == "schedule_delete":
        args |= {"schedule_id": ident}
    else:
        other = session(random)
        columns = random.sample(sorted(now), random.randint(1, len(now)))
        if "start_time" in columns or "end_time" in columns:
            columns = sorted({*columns, "start_time", "end_time"})
        wanted = {name: other[name] for name in columns if other[name] is not None and other[name] != now[name]}
        args |= {"schedule_id": ident, "set": wanted}
    before = None if action == "schedule_create" else {"id": ident, **now}
    return {"action_type": action, "args": args, "before": before, "zone": random.choice(ZONES)}


def card_of(random: Random, suggested: dict[str, Any]) -> Card:
    """The card that the stored row leads to."""
    row: dict[str, Any] = dict.fromkeys(
        ("event_id", "decided_at", "decider_name", "execution_error", "superseded_by", "origin", "message_id", "policy",
         "edited_from", "lost_to", "outcome", "decided_from")
    )  # fmt: skip
    row |= {
        "id": UUID(int=random.getrandbits(128)),
        "organization_id": UUID(int=1),
        "user_id": UUID(int=2),
        "asker_name": "Dana",
        "action_data": {"args": suggested["args"], "user_message": words(random, 200)},
        "action_type": suggested["action_type"],
        "effect": suggested["action_type"].removeprefix("schedule_"),
        "zone": suggested["zone"],
        "before_state": suggested["before"],
        "conflicts": [],
        "alternatives": [],
        "impact": {"affected_participants": random.choice((0, 3))},
        "facts_digest": "",
        "shown_hash": "",
        "risk": random.choice(("low", "medium")),
        "is_blocked": False,
        "deadline": datetime(2031, 1, 1, tzinfo=UTC),
        "execution_status": "suggested",
        "correlation_id": UUID(int=3),
    }
    return card_for(suggestion_from_row(row), can_decide=True)


def looked_at(card: Card, locale: str, platform: str) -> Seen:
    """What a reader sees of it."""
    if platform == "slack":
        return seen_in_slack([block.to_dict() for block in in_slack(card, locale)[1]], WORDS[locale])
    markup, keyboard = in_telegram(card, locale)
    assert keyboard is not None
    return seen_in_telegram(markup, keyboard.to_dict(), WORDS[locale])


def title_in(seen: Seen, action: str, locale: str) -> str:
    """The title that the headline names."""
    around = plain(say(locale, phrase(f"card-{action.replace('_', '-')}", title="|"))).split("|")
    return seen.title.removeprefix(around[0]).removesuffix(around[1])


def read_back(values: dict[str, str], locale: str, zone: str) -> dict[str, Any]:
    """The properties that labelled values speak of."""
    labels = {
        plain(say(locale, phrase(f"field-{name.replace('_', '-')}"))): name
        for name in ("when", "title", "room", "speaker_name", "max_capacity")
    }
    found: dict[str, Any] = {}
    for label, value in values.items():
        name = labels.get(label)
        if name == "when":
            start, end = read_span(value, locale, zone, date(2031, 6, 1))
            found |= {"start_time": start.astimezone(UTC).isoformat(), "end_time": end.astimezone(UTC).isoformat()}
        elif name is not None:
            found[name] = int(value) if name == "max_capacity" else value
    return found


def expected(suggested: dict[str, Any]) -> dict[str, Any]:
    """What runs: the columns that will be written, or those of the row that will be gone."""
    written = suggested["args"].get("set", suggested["before"])
    return {name: value for name, value in written.items() if value is not None and name != "id"}


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_card_reads_back_as_the_arguments_that_run(shard: int) -> None:
    random = Random(shard)
    for number in range(CARDS // SHARDS):
        locale, platform = random.choice(("en", "he")), random.choice(("slack", "telegram"))
        suggested = drawn(random)
        card = card_of(random, suggested)
        seen = looked_at(card, locale, platform)
        action, said = suggested["action_type"], suggested["args"]
        values = seen.proposed if action == "schedule_update" else seen.values
        found = read_back(values, locale, suggested["zone"])
        if action != "schedule_update":
            found["title"] = title_in(seen, action, locale)
        assert found == expected(suggested), (shard, number, seen)
        if suggested["before"]:
            assert title_in(seen, action, locale) == suggested["before"]["title"], (shard, number, seen)
        assert said is suggested["args"]
        assert {str(one) for one in map(id_on, seen.buttons)} == {str(card.suggestion_id)}


def id_on(value: str) -> UUID | None:
    """The suggestion that a button of either platform names."""
    press = read_press(value)
    return press[0] if press else UUID(value.partition(":")[2])


def test_the_reading_notices_a_card_that_lies() -> None:
    random = Random(1)
    suggested = drawn(random)
    while suggested["action_type"] != "schedule_create":
        suggested = drawn(random)
    shown = {**suggested, "args": {**suggested["args"], "set": {**suggested["args"]["set"], "room": "Another room"}}}
    seen = looked_at(card_of(random, shown), "en", "slack")
    found = read_back(seen.values, "en", suggested["zone"])
    assert found["room"] == "Another room" != suggested["args"]["set"]["room"]
