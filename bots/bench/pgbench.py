"""The floor of a decision: the same statements, pipelined, by PostgreSQL's own pgbench."""

import asyncio
import re
import tempfile
from pathlib import Path
from typing import LiteralString

from bots.bench.office import CHANNEL, TEAM
from bots.bench.stage import Stage
from migrations.embedded import binary

WORK: LiteralString = """
create table if not exists public.bench_work (
    n bigint primary key, suggestion uuid not null, change jsonb not null, digest text not null)
"""
FILL: LiteralString = """
insert into public.bench_work
select %(n)s, id, action_data -> 'args', facts_digest from public.ai_insights_log where id = %(id)s
"""
LEFT: LiteralString = """
select n from public.bench_work join public.ai_insights_log as entry on entry.id = suggestion
where execution_status <> 'executed'
"""
OPEN: LiteralString = "grant select on public.bench_work to authenticated, eventflow_system"
_SCRIPT = """
\\set n :base + :client_id * :each + :k
\\set k :k + 1
\\startpipeline
begin;
select set_config('role', 'authenticated', true), set_config('request.jwt.claims', '{"sub": "%(user)s"}', true);
update public.ai_insights_log set execution_status = 'executed', decided_at = now(), decided_by = '%(user)s',
    approved_at = now(), approved_by = '%(user)s', executed_at = now(), decided_from = '{}'
    where organization_id = '%(organization)s' and id = (select suggestion from public.bench_work where n = :n)
      and execution_status = 'suggested' and deadline > now() and not is_blocked;
select app.assert_schedule_unchanged(change, digest) from public.bench_work where n = :n;
update public.schedules as session set start_time = (change -> 'set' ->> 'start_time')::timestamptz,
    end_time = (change -> 'set' ->> 'end_time')::timestamptz
    from public.bench_work as work where work.n = :n and session.organization_id = '%(organization)s'
      and session.id = (change ->> 'schedule_id')::uuid;
select set_config('role', 'eventflow_system', true);
insert into public.card_copies (organization_id, suggestion_id, platform, workspace, channel, message, locale,
    can_decide, shown_status)
    select '%(organization)s', suggestion, 'slack', '%(team)s', '%(channel)s', n, 'en', true, '' from public.bench_work
    where n = :n;
select app.enqueue('refresh_cards', 'cards/' || :n, jsonb_build_object('suggestion_id', suggestion))
    from public.bench_work where n = :n;
commit;
\\endpipeline
"""
_NUMBER = re.compile(r"(?<!:):n\b")
_TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: ([0-9]+)", re.MULTILINE)


class FloorFailed(Exception):
    """pgbench ended with an error, or left work undone."""


def work(user: str, organization: str) -> tuple[bytes, ...]:
    """Return the statements of an approval, from ``begin`` to ``commit``; ``n`` is its number in ``bench_work``."""
    names = {"user": user, "organization": organization, "team": TEAM, "channel": CHANNEL}
    script = _SCRIPT.partition("\\startpipeline\n")[2].partition("\\endpipeline")[0] % names
    statements = script.strip().removesuffix(";").split(";\n")
    return tuple(_NUMBER.sub("%(n)s", statement).encode() for statement in statements)


async def approvals_per_second(
    stage: Stage, database: str, *, user: str, organization: str, numbers: range, at_once: int
) -> float:
    """Approve the suggestions ``numbers`` of ``bench_work``; return transactions per second, connecting excluded.

    Raises ``FloorFailed``.
    """
    each = len(numbers) // at_once
    names = {"user": user, "organization": organization, "team": TEAM, "channel": CHANNEL}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "approve.sql"
        script.write_text(_SCRIPT % names, "utf-8")
        arguments = (
            *("-n", "-M", "prepared", "-c", str(at_once), "-j", str(min(at_once, 2)), "-t", str(each)),
            *("-D", f"base={numbers.start}", "-D", f"each={each}", "-D", "k=0", "-f", str(script)),
            # pgbench prepares before it becomes anybody, so it must be let in; the script then acts as the person.
            stage.owner_url(database),
        )
        pgbench = await asyncio.create_subprocess_exec(
            binary("pgbench"), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        printed, complaints = await pgbench.communicate()
    tps, failed = _TPS.search(printed.decode()), _FAILED.search(printed.decode())
    if pgbench.returncode or tps is None or (failed and int(failed[1])):
        raise FloorFailed(complaints.decode()[-500:])
    return float(tps[1])
