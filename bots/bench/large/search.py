"""P10: search that forgives typing mistakes, in the largest organisation."""

from random import Random
from typing import LiteralString

from bots.bench.figures import Figure
from bots.bench.large.asking import Ask, Lookup, Row, as_person, by_hand, compare, one_by_one
from bots.bench.large.load import large
from bots.bench.large.tenants import Tenant, session_id, the_large_one
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.naming.queries import SEARCH

_COLUMNS: LiteralString = """
select id, event_id, title, start_time, end_time, room, speaker_name, status,
       greatest(extensions.word_similarity(app.name_key(%(query)s), search_key),
                case when search_key like '%%' || app.name_key(%(query)s) || '%%' then 1 else 0 end)::real as match
from public.schedules
where organization_id = %(organization)s
  and (app.name_key(%(query)s) operator(extensions.<%%) search_key
       or search_key like '%%' || app.name_key(%(query)s) || '%%')
"""
_BEST_FIRST: LiteralString = " order by match desc, start_time, id limit %(limit)s"
_IN_EVENT: LiteralString = _COLUMNS + " and event_id = %(event)s" + _BEST_FIRST
_EVERYWHERE: LiteralString = _COLUMNS + _BEST_FIRST
_PLAN: LiteralString = "explain (costs off) "
_TARGET = 2.0
_SLOW = 5
"""A search of a hundred thousand sessions takes tens of milliseconds: a fifth of the calls is enough."""
_PLANNED_FROM = 500_000
"""Agenda rows from which an index is worth more than reading the organisation, so that the plan can be insisted on."""


class WrongPlan(Exception):
    """The floor does not use the index that the figure is about."""


async def search(stage: Stage) -> list[Figure]:
    """Measure ``app.search_sessions`` as a person of the largest organisation against a superuser's own statement.

    The floor names the organisation and may use the trigram index as it likes, which no statement under row-level
    security can: the operators are not leakproof. What is searched for are words of titles and speakers, Hebrew and
    English, with a letter dropped, doubled or swapped: in one event, as people ask, and in the whole organisation. Both
    sides must find the same sessions in the same order. An event is read whole, by either side's choice of plan.
    """
    name = await large(stage)
    tenant = the_large_one(stage.sizes)
    async with stage.owner(name) as conn:
        rows = await (
            await conn.execute(
                "select id, event_id, title, speaker_name from public.schedules where id = any(%s)",
                ([session_id(event, event % 50) for event in tenant.events],),
            )
        ).fetchall()
    calls = stage.sizes.calls
    async with stage.door(name, size=1) as db, stage.door(name, size=1, past_the_rules=True) as floor:
        in_event = _asked(tenant, rows, calls, in_event=True)
        everywhere = _asked(tenant, rows, max(calls // _SLOW, 1), in_event=False)
        if stage.sizes.rows >= _PLANNED_FROM:
            _expect_trigrams(await by_hand(floor, _PLAN + _EVERYWHERE)(everywhere[0]))
        ours = as_person(db, SEARCH)
        return [
            await _figure("in an event", "reading it", in_event, ours, by_hand(floor, _IN_EVENT)),
            await _figure("in all events", "with the trigram index", everywhere, ours, by_hand(floor, _EVERYWHERE)),
        ]


async def _figure(where: str, how: str, asked: list[Lookup], ours: Ask, theirs: Ask) -> Figure:
    await compare(f"search {where}", asked, ours, theirs)
    taken = await typical_ms({"ours": one_by_one(asked, ours), "theirs": one_by_one(asked, theirs)}, len(asked))
    return Figure(
        number="P10",
        what=f"fuzzy search {where} of the large organisation",
        floor=f"superuser who names the organisation, {how}",
        ours=taken["ours"],
        theirs=taken["theirs"],
        unit="ms",
        target=_TARGET,
    )


def _asked(tenant: Tenant, rows: list[Row], calls: int, *, in_event: bool) -> list[Lookup]:
    random = Random(calls)  # noqa: S311 which words are searched for is no secret
    drawn = [random.choice(rows) for _ in range(calls)]
    return [
        Lookup(tenant, {"query": _said(row, random), "event": row["event_id"] if in_event else None, "limit": 10})
        for row in drawn
    ]


def _said(row: Row, random: Random) -> str:
    """Return two words of a session as somebody types them who does not look."""
    words = f"{row['title']} {row['speaker_name']}".replace(",", "").split()
    first = random.randrange(len(words) - 1)
    one, other = words[first : first + 2]
    return f"{_mistyped(one, random)} {other}"


def _mistyped(word: str, random: Random) -> str:
    place = random.randrange(1, max(len(word) - 1, 2))
    before, letter, after = word[:place], word[place : place + 1], word[place + 1 :]
    return random.choice((before + after, before + letter * 2 + after, before + after[:1] + letter + after[1:]))


def _expect_trigrams(plan: list[Row]) -> None:
    said = "\n".join(row["QUERY PLAN"] for row in plan)
    if "schedules_search" not in said:
        raise WrongPlan(f"The floor of P10 does not use the trigram index:\n{said}")
