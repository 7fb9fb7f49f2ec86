"""Cards for the tests: a full one, a Hebrew one, and any that hypothesis can think of."""

from typing import Any, get_args
from uuid import UUID

from hypothesis import strategies as st

from core.kernel.cards import Button, Card, Caution, Change, Fact, Risk, Status
from core.kernel.phrases import phrase, verbatim

SUGGESTION = UUID("01936b2e-7a3c-7c1e-8f00-0123456789ab")
ENGLISH = Card(
    suggestion_id=SUGGESTION,
    title=verbatim("Move <Keynote> & lunch"),
    state="suggested",
    risk="high",
    gesture="approve_reject",
    notice=verbatim("The agenda changed; please look again."),
    facts=(Fact(verbatim("Room"), verbatim("Hall B")), Fact(verbatim("Speaker"), verbatim("<@U123>"))),
    changes=(Change(verbatim("Starts"), verbatim("10:00"), verbatim("12:00")),),
    warnings=(
        Caution("error", verbatim("Hall B is taken by <!channel>")),
        Caution("warning", verbatim("Dana speaks elsewhere")),
    ),
    impact=(verbatim("120 registered"), verbatim("VIP: Noa, front row")),
    asked_by=verbatim("Dana: move it\nto twelve, please <now>"),
    footer=(verbatim("Expires at 18:00"),),
    buttons=(Button("approve", verbatim("Approve"), "primary"), Button("reject", verbatim("Reject"), "danger")),
)
HEBREW_DONE = Card(
    suggestion_id=SUGGESTION,
    title=verbatim("להזיז את Keynote"),
    state="executed",
    risk="low",
    gesture="none",
    outcome=verbatim("Dana אישרה בשעה 10:00"),
    facts=(Fact(verbatim("אולם"), verbatim("Hall B+")),),
    changes=(Change(verbatim("התחלה"), verbatim("10:00"), verbatim("12:00")),),
    impact=(verbatim("120 רשומים"),),
    asked_by=verbatim("10:00 זה מוקדם מדי\nתודה"),
)

ATTACKS = (
    "<!channel>",
    "<!here|here>",
    "<@U123>",
    "<#C1|general>",
    "<https://evil.example|Approve>",
    "<!subteam^S1>",
    "@channel ",
    "https://evil.example/?q=1",
    "&lt;!channel&gt;",
    "&",
    "&amp;",
    ">",
    "\n>",
    "```",
    "*bold*",
    "**bold**",
    "# ",
    "- ",
    "\n",
    "\r\n",
    "\t",
    "\u202e",
    "\u2066",
    "\u200b",
    "👩‍🚀",
    "שלום",
    "\0",
    "\ud83d",
    " ",
)
words = st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=12)), max_size=8).map("".join)
"""Hostile text: mentions, links, markup, direction controls, broken characters."""


def _times(text: str, times: int) -> str:
    return text * times


def _more(found: tuple[Any, ...], times: int) -> tuple[Any, ...]:
    return found * times


def _many(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.builds(_more, st.lists(items, max_size=4).map(tuple), st.sampled_from([1, 1, 1, 15]))


long_words: st.SearchStrategy[str] = st.builds(_times, words, st.sampled_from([1, 1, 1, 1, 40, 400]))
_phrases = st.builds(_times, words, st.sampled_from([1, 1, 1, 50])).map(verbatim)
cards = st.builds(
    Card,
    suggestion_id=st.uuids(),
    title=_phrases,
    state=st.sampled_from(get_args(Status)),
    risk=st.sampled_from(get_args(Risk)),
    gesture=st.just("approve_reject"),
    outcome=st.none() | _phrases,
    notice=st.none() | _phrases,
    facts=_many(st.builds(Fact, _phrases, _phrases)),
    changes=_many(st.builds(Change, _phrases, _phrases, _phrases)),
    warnings=_many(st.builds(Caution, st.sampled_from(["error", "warning"]), _phrases)),
    impact=_many(_phrases),
    asked_by=st.none() | _phrases,
    why=st.none() | _phrases,
    lines=_many(_phrases),
    rivals=_many(_phrases),
    footer=_many(_phrases),
    buttons=st.sampled_from(
        [
            (),
            (Button("approve", phrase("state-approved"), "primary"), Button("reject", verbatim("x" * 99), "danger")),
            (Button("reject", verbatim(""), "danger"), Button("reject", phrase("button-dismiss"), "danger")),
            tuple(Button("alternative", verbatim("14:00 " * n), "plain", choice=str(n)) for n in range(30)),
            (Button("acknowledge", verbatim("x"), "plain"), Button("show", verbatim("Show"), "plain")),
        ]
    ),
)
"""Any card, often far too long."""
