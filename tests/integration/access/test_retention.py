"""What is older than its organisation keeps it goes, and nothing else: of two organisations."""

import json
from pathlib import Path

import psycopg
import pytest

from core.db import Database
from core.flows.on_decision import on_decision
from core.jobs import retention
from core.jobs.retention import Swept
from tests.drain import drain
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, press, slack_message, statuses, suggested
from tests.integration.isolation.tenants import Tenants, seed
from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_rows, owner_run
from tests.world import make_world

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
    # One run has ended and its process wrote so; the others are under way, however old.
    f"update public.ai_runs set created_at = {_AGED}",
    "update public.ai_runs set status = 'success', completed_at = created_at where (organization_id, id) in "
    "(select organization_id, min(id::text)::uuid from public.ai_runs group by 1)",
    # A card that waits, as old: its end has passed while no worker was there to end it.
    "insert into public.ai_insights_log (organization_id, kind, user_id, event_id, action_type, execution_status, "
    "correlation_id, effect, zone, facts_digest, shown_hash, risk, deadline, created_at) select organization_id, kind, "
    "user_id, event_id, action_type, 'suggested', gen_random_uuid(), effect, zone, facts_digest, shown_hash, risk, "
    f"{_AGED}, {_AGED} - interval '1 day' from public.ai_insights_log where execution_status = 'executed' "
    "and kind = 'suggestion'",
    "insert into public.card_copies (organization_id, suggestion_id, platform, workspace, channel, message, locale, "
    "can_decide, shown_status, posted_at) select organization_id, id, 'slack', 'T1', 'C1', 'waits', 'en', true, "
    f"'suggested', {_AGED} from public.ai_insights_log where execution_status = 'suggested'",
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
select 'copies', count(*) from public.card_copies union all
select 'runs', count(*) from public.ai_runs union all
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
    ("Aleph Events", "ai_runs", 1),
    ("Aleph Events", "card_copies", 1),
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
    shorter = [part for what in ("messages", "copies", "runs") for part in (f"--{what}-days", "60")]
    for command in (("Aleph Events", *shorter), ("Beth Halls", "--deliveries-days", "200")):
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
        **{"copies": 1, "runs": 1, "reminders": 2, "jobs": 5, "codes": 2, "invitations": 2, "log": 0, "history": 0},
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
        ("entry.execution_status not in (''suggested'', ''approved'')", "true", "card_copies", "aleph", 1, 2),
        ("'it.completed_at is not null'", "'true'", "ai_runs", "aleph", 1, 5),
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
    """The twins: another organisation's period, what waits for a worker or a decision, jobs and turns under way."""
    organization = (tenants.beth if whose == "beth" else tenants.aleph).organization
    owner_run(owner_url, "delete from public.retention_periods")
    age(owner_url, tenants)
    async with db.as_operator() as tx:
        await retention.set_days(tx, tenants.aleph.organization, {"messages": 60, "copies": 60, "runs": 60})

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
    standard = {"messages": 365, "deliveries": 30, "cards": 90, "copies": 365, "runs": 730, "jobs": 30, "codes": 30}
    changed = standard | {"messages": 7, "codes": 1}
    name = {"organization": "Aleph Events"}
    assert json.loads(eventflow(environment, *whole)[1]) == name | standard
    said = eventflow(environment, *whole, "--messages-days", "7", "--codes-days", "1")[1]
    assert json.loads(said) == name | changed
    for wrong in (("--messages-days", "0"), ("--deliveries-days", "2"), ("--runs-days", "30"), ("--jobs-days", "3651")):
        assert eventflow(environment, *whole, *wrong)[0] == 2
    assert json.loads(eventflow(environment, *whole)[1]) == name | changed
    assert json.loads(eventflow(environment, "org", "retention", "--org", "Beth Halls", "--json")[1]) == {
        "organization": "Beth Halls",
        **standard,
    }
    with pytest.raises(psycopg.Error):
        owner_run(owner_url, "update public.retention_periods set days = 0")
    del tenants


async def test_a_press_on_a_card_whose_place_is_forgotten_is_answered(
    db: Database, owner_url: str, database_url: str
) -> None:
    await make_world(db)
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    await suggested(rt, slack_message("please"), database_url)
    [card] = slack.cards.values()
    assert await on_decision(rt, press(card.suggestion_id)) is None
    await drain(rt, database_url)
    owner_run(
        owner_url,
        "alter table public.ai_insights_log disable trigger user",
        "update public.ai_insights_log set decided_at = '2020-01-05 08:00Z' where kind = 'suggestion'",
        "alter table public.ai_insights_log enable trigger user",
    )
    gone = {each.table: each.rows for each in await retention.sweep(db) if each.table == "card_copies"}
    told = [await on_decision(rt, press(card.suggestion_id, verdict)) for verdict in ("approve", "undo")]
    await drain(rt, database_url)
    told = [said and "".join(each for each in said if each not in "\u2068\u2069") for said in told]
    assert (gone, told, statuses(owner_url)) == (
        {"card_copies": 1},
        ["כבר אושר על ידי Manager of Aleph Events, יום א׳, 5 בינואר בשעה 10:00, ובוצע.", None],
        ["executed", "suggested"],
    )
