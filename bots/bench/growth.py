"""P22: what must stay cheap as an organisation grows: a later page of Home, and the log after some more rows."""

from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection

from bots.bench.desk import open_desk
from bots.bench.figures import Figure
from bots.bench.office import SENDER, open_office
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.audit.history import queries as history
from core.audit.history.queries import Chain
from core.db import Database
from core.flows.home import Home, home_of

_DATABASE = "bench_growth"
_WAITING, _SESSIONS = 1_000, 100
"""Ten wishes compete for each session."""
_PAGE = 10
_DAYS_AGO = 30
_MORE = 10
"""Rows that came since the checkpoint."""
_HOME_MS, _VERIFY_MS = 30.0, 20.0
_NO_FLOOR = "nothing: it is milliseconds"
_COLUMNS: LiteralString = (
    "kind, user_id, event_id, message_id, action_type, action_data, origin, conflicts, impact, before_state, effect, "
    "zone, facts_digest, shown_hash, risk, is_blocked, deadline, execution_status, suggested_at"
)
_COPIES: LiteralString = (
    f"insert into public.ai_insights_log (organization_id, correlation_id, {_COLUMNS}) "
    f"select organization_id, gen_random_uuid(), {_COLUMNS} from public.ai_insights_log "
    "cross join generate_series(2, %s) where kind = 'suggestion'"
)
_ENTRIES: LiteralString = (
    "insert into public.ai_insights_log (organization_id, user_id, kind, action_type, execution_status, "
    "correlation_id, created_at) select organization_id, id, 'error', 'bench', 'failed', gen_random_uuid(), "
    "now() - %s * interval '1 day' from public.user_profiles cross join generate_series(1, %s) where id = %s"
)


class NotAsExpected(Exception):
    """Home or the log says something else than what was put there: the figure would measure something else."""


async def growth(stage: Stage) -> list[Figure]:
    """Measure the tenth page of Home with a thousand waiting, and verifying after ten more rows, never analysed."""
    await stage.fresh(_DATABASE)
    async with stage.door(_DATABASE, size=2) as db, stage.owner(_DATABASE) as conn:
        await conn.execute("alter table public.ai_insights_log set (autovacuum_enabled = off)")
        await conn.execute("alter table public.ai_insights_history set (autovacuum_enabled = off)")
        office = await open_office(stage, _DATABASE, db, sessions=_SESSIONS)
        desk = open_desk(db, office)
        for session in office.sessions:
            await desk.suggest(session)
        await conn.execute(_COPIES, (_WAITING // _SESSIONS,))

        async def page() -> Home | str:
            return await home_of(desk.rt, SENDER, event=None, risk=None, page=_PAGE)

        if isinstance(said := await page(), str):
            raise NotAsExpected(said)
        home = await typical_ms({"ours": page}, max(stage.sizes.calls // 10, 3))
        verified = await _verifying(stage, db, conn, office.manager.user_id)
    await stage.drop(_DATABASE)
    return [
        _figure("the tenth page of Home, a thousand waiting", home["ours"], _HOME_MS),
        _figure(f"log verify after {_MORE} more rows", verified, _VERIFY_MS),
    ]


async def _verifying(stage: Stage, db: Database, conn: AsyncConnection[dict[str, Any]], person: UUID) -> float:
    await conn.execute(_ENTRIES, (_DAYS_AGO, stage.sizes.rows // 10, person))
    at = datetime.now(UTC)
    async with db.as_operator() as tx:
        kept = history.walked(await history.verify(tx, None), {}, at)
    await conn.execute(_ENTRIES, (0, _MORE, person))

    async def verify() -> list[Chain]:
        async with db.as_operator() as tx:
            return await history.verify(tx, None, kept, every=False)

    [chain] = await verify()
    if (chain.rows - chain.since, chain.fault) != (_MORE, None):
        raise NotAsExpected(f"{chain.rows - chain.since} rows were walked, and found {chain.fault}")
    return (await typical_ms({"ours": verify}, max(stage.sizes.calls // 10, 3)))["ours"]


def _figure(what: str, taken: float, most: float) -> Figure:
    return Figure(number="P22", what=what, floor=_NO_FLOOR, ours=taken, theirs=1.0, unit="ms", target=most)
