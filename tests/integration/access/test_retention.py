"""What is older than its organisation keeps it goes, and nothing else: of two organisations."""

import json
from pathlib import Path

import psycopg
import pytest

from core.db import Database
from core.jobs import retention
from core.jobs.retention import Swept
from tests.integration.isolation.tenants import Tenants, seed
from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

NOBODY = "(no organisation)"
_AGED = "now() - interval '100 days'"
_OLD_EVERYWHERE = (
    f"update public.messages set created_at = {_AGED}",
    f"update public.conversations set last_message_at = {_AGED}",
    f"update public.card_questions set asked_at = {_AGED}",
    f"update public.link_tokens set created_at = {_AGED}, expires_at = {_AGED}",
    f"update public.invitations set invited_at = {_AGED}",
    f"update public.ai_insights_log set execution_status = 'expired', decided_at = {_AGED} "
    "where execution_status = 'suggested'",
    "delete from public.inbound_events",
    # Aleph claims T1; U9 there is somebody of Beth; nobody knows U8 of T9.
    "insert into public.inbound_events (platform, workspace, event_id, payload, sender, received_at, handled_at) "
    f"select 'slack', team, number, '{{}}', sender, {_AGED}, {_AGED} from (values "
    "('T1', 'e1', 'U1'), ('T1', 'e2', null), ('T1', 'e3', 'U9'), ('T2', 'e4', null), ('T9', 'e5', 'U8')) "
    "as each (team, number, sender)",
    # Delivered as long ago, and still waiting for a worker that has its platform.
    "select app.receive('slack', 'T1', 'waiting', 'x', '{}', 'turns', 'U1')",
    f"update public.inbound_events set received_at = {_AGED} where event_id = 'waiting'",
    "insert into procrastinate.procrastinate_jobs (queue_name, task_name, args, status) "
    "select 'slack/sending', 'refresh_cards', jsonb_build_object('organization_id', id), state::"
    "procrastinate.procrastinate_job_status from public.organizations, "
    "unnest(array['failed', 'todo', 'doing', 'succeeded']) as state",
    "insert into procrastinate.procrastinate_jobs (queue_name, task_name, status) "
    "values ('upkeep', 'expire', 'failed')",
    "insert into procrastinate.procrastinate_events (job_id, type) select id, 'deferred' from "
    "procrastinate.procrastinate_jobs",
    f"update procrastinate.procrastinate_events set at = {_AGED}",
)
_YOUNG = (
    "insert into public.messages (organization_id, conversation_id, user_id, role, text) select organization_id, id, "
    "user_id, 'user', 'young' from public.conversations",
    "insert into public.inbound_events (platform, workspace, event_id, payload) select 'slack', 'T1', 'young', '{}'",
    "insert into public.invitations (platform, workspace, platform_user) values ('slack', 'T9', 'young')",
)
_COUNTS = """
select 'messages' as what, count(*) from public.messages union all
select 'conversations', count(*) from public.conversations union all
select 'deliveries', count(*) from public.inbound_events union all
select 'questions', count(*) from public.card_questions union all
select 'acknowledgements', count(*) from public.acknowledgements union all
select 'pictures', count(*) from public.suggestion_pictures union all
select 'reminders', count(*) from public.suggestion_reminders union all
select 'jobs', count(*) from procrastinate.procrastinate_jobs union all
select 'codes', count(*) from public.link_tokens union all
select 'invitations', count(*) from public.invitations union all
select 'log', count(*) from public.ai_insights_log union all
select 'history', count(*) from public.ai_insights_history
"""


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return environment_of(database_url, tmp_path)


@pytest.fixture
def tenants(owner_url: str, database_url: str) -> Tenants:
    return seed(owner_url, database_url)


def age(owner_url: str, tenants: Tenants) -> None:
    """Make everything a hundred days old."""
    beth = tenants.beth
    linked = (
        "insert into public.chat_identities (organization_id, user_id, platform, workspace, platform_user, linked_by) "
        f"values ('{beth.organization}', '{beth.people['staff']}', 'slack', 'T1', 'U9', 'token')"
    )
    owner_run(owner_url, linked, *_OLD_EVERYWHERE)


def _counts(owner_url: str) -> dict[str, int]:
    return {row["what"]: row["count"] for row in owner_rows(owner_url, _COUNTS)}


def _said(text: str) -> list[tuple[str, str, int]]:
    rows = [json.loads(line) for line in text.splitlines()]
    return [(row["organization"], row["table"], row["rows"]) for row in rows]


WOULD_GO = [
    (NOBODY, "inbound_events", 1),
    (NOBODY, "jobs", 1),
    ("Aleph Events", "acknowledgements", 5),
    ("Aleph Events", "card_questions", 1),
    ("Aleph Events", "conversations", 5),
    ("Aleph Events", "inbound_events", 2),
    ("Aleph Events", "invitations", 2),
    ("Aleph Events", "jobs", 2),
    ("Aleph Events", "link_tokens", 1),
    ("Aleph Events", "messages", 5),
    ("Aleph Events", "suggestion_pictures", 1),
    ("Aleph Events", "suggestion_reminders", 1),
    ("Beth Halls", "acknowledgements", 5),
    ("Beth Halls", "card_questions", 1),
    ("Beth Halls", "jobs", 2),
    ("Beth Halls", "link_tokens", 1),
    ("Beth Halls", "suggestion_pictures", 1),
    ("Beth Halls", "suggestion_reminders", 1),
]


def test_what_is_too_old_goes_as_each_organisation_wants_it_and_the_log_stays(
    tenants: Tenants, owner_url: str, environment: dict[str, str]
) -> None:
    owner_run(owner_url, "delete from public.retention_periods")
    age(owner_url, tenants)
    for command in (("Aleph Events", "--messages-days", "60"), ("Beth Halls", "--deliveries-days", "200")):
        assert eventflow(environment, "org", "retention", "--org", *command)[0] == 0
    before = _counts(owner_url)
    code, said, err = eventflow(environment, "retention", "run", "--dry-run", "--json")
    assert (code, _said(said), err) == (0, WOULD_GO, "")
    assert _counts(owner_url) == before
    code, said, err = eventflow(environment, "retention", "run", "--json")
    assert (code, _said(said), err) == (0, WOULD_GO, "")
    gone = {what: before[what] - count for what, count in _counts(owner_url).items()}
    assert gone == {
        **{"messages": 5, "conversations": 5, "deliveries": 3, "questions": 2, "acknowledgements": 10, "pictures": 2},
        **{"reminders": 2, "jobs": 5, "codes": 2, "invitations": 2, "log": 0, "history": 0},
    }
    assert eventflow(environment, "log", "verify")[0] == 0
    assert eventflow(environment, "retention", "run")[:2] == (0, "Nothing is older than its organisation keeps it.")


def test_what_is_young_stays_and_one_organisation_can_be_meant_alone(
    tenants: Tenants, owner_url: str, environment: dict[str, str]
) -> None:
    owner_run(owner_url, "delete from public.retention_periods")
    age(owner_url, tenants)
    owner_run(owner_url, *_YOUNG)
    eventflow(environment, "org", "retention", "--org", "Aleph Events", "--messages-days", "99")
    code, said, _err = eventflow(environment, "retention", "run", "--org", "Beth Halls", "--json")
    assert (code, {name for name, _table, _rows in _said(said)}) == (0, {"Beth Halls"})
    eventflow(environment, "retention", "run")
    kept = owner_rows(owner_url, "select event_id from public.inbound_events order by 1")
    assert [row["event_id"] for row in kept] == ["waiting", "young"]
    texts = "select text, count(*) from public.messages where organization_id = %s group by 1 order by 1"
    assert owner_rows(owner_url, texts, (tenants.aleph.organization,)) == []
    assert owner_rows(owner_url, texts, (tenants.beth.organization,)) == [
        {"text": "Who speaks at ten?", "count": 5},
        {"text": "young", "count": 5},
    ]


async def test_batches_take_all_of_it(tenants: Tenants, db: Database, owner_url: str) -> None:
    age(owner_url, tenants)
    gone = await retention.sweep(db, organization=tenants.aleph.organization, batch=3)
    assert Swept(tenants.aleph.organization, "messages", 5) in gone
    assert Swept(tenants.aleph.organization, "acknowledgements", 5) in gone


@pytest.mark.parametrize(
    ("defence", "instead", "table", "whose", "with_it", "without"),
    [
        ("kept.organization_id = aged.owner and ", "", "messages", "beth", 0, 5),
        ("job.status in (''todo'', ''doing'')", "false", "inbound_events", "aleph", 2, 3),
        ("it.status in (''succeeded'', ''failed'', ''cancelled'', ''aborted'')", "true", "jobs", "beth", 2, 4),
    ],
)
async def test_without_the_defence_too_much_goes(
    tenants: Tenants,
    db: Database,
    owner_url: str,
    defence: str,
    instead: str,
    table: str,
    whose: str,
    with_it: int,
    without: int,
) -> None:
    """The twins: another organisation's period, what still waits for a worker, and jobs that are still to run."""
    organization = (tenants.beth if whose == "beth" else tenants.aleph).organization
    owner_run(owner_url, "delete from public.retention_periods")
    age(owner_url, tenants)
    async with db.as_operator() as tx:
        await retention.set_days(tx, tenants.aleph.organization, {"messages": 60})

    async def would_go() -> int:
        gone = await retention.sweep(db, is_dry=True, organization=organization)
        return sum(each.rows for each in gone if each.table == table)

    assert await would_go() == with_it
    [body] = owner_rows(
        owner_url, "select pg_get_functiondef('app.sweep(text,bigint,boolean,uuid)'::regprocedure) as whole"
    )
    assert defence in body["whole"]
    owner_run(owner_url, body["whole"].replace(defence, instead))
    assert await would_go() == without


def test_a_period_is_shown_with_the_usual_one_and_kept_within_limits(
    tenants: Tenants, owner_url: str, environment: dict[str, str]
) -> None:
    owner_run(owner_url, "delete from public.retention_periods")
    whole = ("org", "retention", "--org", "Aleph Events", "--json")
    standard = {"messages": 365, "deliveries": 30, "cards": 90, "jobs": 30, "codes": 30}
    changed = standard | {"messages": 7, "codes": 1}
    name = {"organization": "Aleph Events"}
    assert json.loads(eventflow(environment, *whole)[1]) == name | standard
    said = eventflow(environment, *whole, "--messages-days", "7", "--codes-days", "1")[1]
    assert json.loads(said) == name | changed
    for wrong in (("--messages-days", "0"), ("--deliveries-days", "2"), ("--jobs-days", "3651")):
        assert eventflow(environment, *whole, *wrong)[0] == 2
    assert json.loads(eventflow(environment, *whole)[1]) == name | changed
    assert json.loads(eventflow(environment, "org", "retention", "--org", "Beth Halls", "--json")[1]) == {
        "organization": "Beth Halls",
        **standard,
    }
    with pytest.raises(psycopg.Error):
        owner_run(owner_url, "update public.retention_periods set days = 0")
    del tenants
