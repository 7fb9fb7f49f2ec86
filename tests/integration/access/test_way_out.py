"""Somebody is switched off, demoted, unlinked or erased by command: at once, also for cards already on screen."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from core.db import Database
from core.flows.deciding.refusals import NOT_LINKED
from core.flows.linking import redeem_token
from core.flows.on_decision import on_decision
from core.flows.receive import Inbox
from core.identity import people, provisioning
from core.identity.codes import hash_of
from core.identity.provisioning import Member
from core.identity.queries import REDEEM, link_by_email, principal_of
from core.kernel.messages import Address, InboundEvent, InboundMessage
from core.kernel.phrases import phrase
from core.kernel.principal import ChatUser
from core.texts import say
from tests.fakes import calls, runtime, says
from tests.integration.flows.office import MOVE, press, slack_message, statuses, suggested
from tests.integration.terminal.operator import environment_of, eventflow
from tests.owner import owner_rows, owner_run
from tests.world import TEAM, World, make_world

pytestmark = pytest.mark.db

MANAGER = "manager@aleph.example"
_LIVE = "select platform_user from public.chat_identities where revoked_at is null and user_id = %s order by 1"


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return environment_of(database_url, tmp_path)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("user", "off", MANAGER), NOT_LINKED),
        (("user", "erase", MANAGER), NOT_LINKED),
        (("link", "revoke", MANAGER), NOT_LINKED),
        (("link", "revoke", "--slack", "T1/UMANAGER"), NOT_LINKED),
        (("user", "role", MANAGER, "staff"), say("he", phrase("decision-not-allowed"))),
        (("user", "role", MANAGER, "viewer"), say("he", phrase("decision-not-allowed"))),
    ],
)
async def test_a_press_on_a_card_already_on_screen_does_nothing_and_is_told_privately(
    db: Database, database_url: str, owner_url: str, environment: dict[str, str], command: tuple[str, ...], told: str
) -> None:
    await make_world(db)
    rt, slack, _telegram, _model = runtime(db, calls(MOVE), says("It waits."))
    slack.emails["UMANAGER"] = MANAGER
    await suggested(rt, slack_message("please"), database_url)
    [card] = slack.cards.values()
    assert eventflow(environment, *command)[0] == 0
    assert await on_decision(rt, press(card.suggestion_id)) == told
    assert statuses(owner_url) == ["suggested"]


async def _code(db: Database, world: World, role: str = "manager") -> str:
    async with db.as_operator() as tx:
        [person] = await provisioning.people_with(tx, f"{role}@aleph.example", None)
        return (await provisioning.new_token(tx, person))[0]


def _handed(code: str) -> InboundMessage:
    sender, address = ChatUser("telegram", "42421", "99"), Address("telegram", "42421", "99")
    return InboundMessage(event_id="E9", sender=sender, address=address, text="/start", direct=True, link_token=code)


@pytest.mark.parametrize("end", [("user", "off", MANAGER), ("user", "erase", MANAGER), ("link", "revoke", MANAGER)])
async def test_a_code_dies_with_its_person_and_never_comes_alive_again(
    db: Database, owner_url: str, environment: dict[str, str], end: tuple[str, ...]
) -> None:
    world = await make_world(db)
    code = await _code(db, world)
    assert eventflow(environment, *end)[0] == 0
    rt, *_ = runtime(db)
    await redeem_token(rt, _handed(code))
    eventflow(environment, "user", "on", MANAGER)
    await redeem_token(rt, _handed(code))
    assert owner_rows(owner_url, _LIVE, (world.people["manager"].user_id,)) == []


async def test_a_code_handed_over_while_its_person_is_off_links_nobody(db: Database, owner_url: str) -> None:
    """The second line: the code itself was put back behind the program's back."""
    world = await make_world(db)
    manager = world.people["manager"].user_id
    owner_run(owner_url, f"update public.user_profiles set is_active = false where id = '{manager}'")
    code = await _code_for(db, world)
    rt, *_ = runtime(db)
    await redeem_token(rt, _handed(code))
    owner_run(owner_url, f"update public.user_profiles set is_active = true where id = '{manager}'")
    assert owner_rows(owner_url, _LIVE, (manager,)) == []


async def _code_for(db: Database, world: World) -> str:
    who = world.people["manager"]
    person = Member(who.user_id, who.organization_id, who.name, MANAGER, "manager", "Aleph Events")
    async with db.as_operator() as tx:
        return (await provisioning.new_token(tx, person))[0]


async def test_links_end_with_off_by_whatever_sql_and_an_e_mail_links_again_after_on(
    db: Database, owner_url: str
) -> None:
    world = await make_world(db)
    manager = world.people["manager"].user_id
    owner_run(owner_url, f"update public.user_profiles set is_active = false where id = '{manager}'")
    assert owner_rows(owner_url, _LIVE, (manager,)) == []
    owner_run(owner_url, f"update public.user_profiles set is_active = true where id = '{manager}'")
    assert owner_rows(owner_url, _LIVE, (manager,)) == []
    rt, slack, *_ = runtime(db)
    slack.emails["UMANAGER"] = MANAGER
    assert (await on_decision(rt, press(None))) == say("he", phrase("decision-unknown"))
    assert owner_rows(owner_url, _LIVE, (manager,)) == [{"platform_user": "UMANAGER"}]


@pytest.mark.parametrize("command", [("role", "staff"), ("off",), ("erase",)])
async def test_the_last_owner_goes_only_when_another_is_named(
    db: Database, environment: dict[str, str], command: tuple[str, ...]
) -> None:
    await make_world(db)
    whole = ("user", command[0], "owner@aleph.example", *command[1:])
    assert eventflow(environment, *whole) == (
        1,
        "",
        '✗ Owner of Aleph Events is the last owner of "Aleph Events". '
        "Name another with --successor, or `eventflow user role ... owner` first.",
    )
    code, said, _err = eventflow(environment, *whole, "--successor", MANAGER)
    assert (code, said.splitlines()[0]) == (0, "✓ Manager of Aleph Events is owner now, was manager.")


async def test_no_sql_leaves_an_organisation_without_an_owner(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    owner = world.people["owner"].user_id
    for change in ("role = 'viewer'", "is_active = false"):
        with pytest.raises(psycopg.Error) as refused:
            owner_run(owner_url, f"update public.user_profiles set {change} where id = '{owner}'")
        assert refused.value.sqlstate == "EF002"


async def test_without_the_trigger_the_last_owner_goes(db: Database, owner_url: str) -> None:
    """The twin: the defence above is this trigger."""
    world = await make_world(db)
    owner_run(
        owner_url,
        "drop trigger keep_an_owner on public.user_profiles",
        f"update public.user_profiles set role = 'viewer' where id = '{world.people['owner'].user_id}'",
    )
    assert owner_rows(owner_url, "select from public.user_profiles where role = 'owner' and kind = 'person'") == []


async def test_erasing_takes_out_what_is_kept_and_the_log_still_verifies(
    db: Database, database_url: str, owner_url: str, environment: dict[str, str]
) -> None:
    world = await make_world(db)
    rt, *_ = runtime(db, calls(MOVE), says("It waits."), calls(("get_agenda", {})), says("That is all."))
    await suggested(rt, slack_message("please move it, says Manager of Aleph Events"), database_url)
    await suggested(rt, slack_message("and the agenda?", event="E2"), database_url)
    payload = {"event": {"user": "UMANAGER", "text": "please"}, "other": [{"from": {"id": 7001}}]}
    event = InboundEvent(platform="slack", workspace="T1", event_id="E7", lock="x", payload=payload)
    await Inbox(db).receive(event)
    assert eventflow(environment, "user", "erase", MANAGER)[:2] == (
        0,
        "✓ Manager of Aleph Events is erased: profile, links, codes, talks; the log points to a stand-in name.\n"
        "✓ The log keeps the words of requests and reasons, and names that stand in them, because every entry is "
        "sealed in the chain that `eventflow log verify` walks.",
    )
    said = (
        "select from public.ai_insights_log where action_data ->> 'user_message' like '%%says Manager of Aleph Events'"
    )
    assert len(owner_rows(owner_url, said)) == 1
    manager = world.people["manager"].user_id
    kept = (
        "select full_name from public.user_profiles where id = %(who)s and not is_active",
        "select from public.chat_identities where user_id = %(who)s",
        "select from public.conversations where user_id = %(who)s",
        "select from public.messages where user_id = %(who)s",
        "select from public.inbound_events where payload::text like '%%UMANAGER%%'",
        "select from public.ai_insights_log where user_id = %(who)s and kind = 'read' and action_data <> '{}'",
    )
    found = [owner_rows(owner_url, query, {"who": manager}) for query in kept]
    assert found == [[{"full_name": "Erased person"}], [], [], [], [], []]
    assert owner_rows(owner_url, "select from public.user_profiles where email = %s", (MANAGER,)) == []
    assert eventflow(environment, "log", "verify")[0] == 0
    assert eventflow(environment, "user", "on", str(manager)) == (
        1,
        "",
        "✗ This person was erased. Add them anew with `eventflow user add`.",
    )


async def test_a_code_is_never_kept_in_clear_however_it_is_delivered(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    code = await _code_for(db, world)
    deliveries = [
        {"event": {"text": f"link `{code}`"}},
        {"message": {"text": f"/start {code}"}},
        {"blocks": [{"elements": [{"text": "link "}, {"text": code, "style": {"code": True}}]}]},
        {"command": "/eventflow", "text": f"LINK {code}"},
    ]
    for number, payload in enumerate(deliveries):
        event = InboundEvent(platform="slack", workspace="T1", event_id=str(number), lock="x", payload=payload)
        await Inbox(db).receive(event)
    everywhere = owner_rows(
        owner_url,
        "select payload::text as kept from public.inbound_events "
        "union all select args::text from procrastinate.procrastinate_jobs "
        "union all select token::text from public.link_tokens as token",
    )
    assert len(everywhere) == 9
    assert [row for row in everywhere if code in row["kept"]] == []


async def test_a_hash_that_somebody_saw_links_nobody(db: Database, owner_url: str) -> None:
    world = await make_world(db)
    await _code_for(db, world)
    [kept] = owner_rows(owner_url, "select encode(token_hash, 'hex') as hash from public.link_tokens")
    payload = {"message": {"text": f"/start {kept['hash']}"}}
    event = InboundEvent(platform="telegram", workspace="42421", event_id="1", lock="x", payload=payload)
    await Inbox(db).receive(event)
    [row] = owner_rows(owner_url, "select payload -> 'message' ->> 'text' as text from public.inbound_events")
    assert row["text"].startswith("/start ")
    assert kept["hash"] not in row["text"]


async def test_people_are_found_off_or_on_and_near_names_are_offered(db: Database, environment: dict[str, str]) -> None:
    await make_world(db)
    assert eventflow(environment, "user", "off", "managr@aleph.example") == (
        1,
        "",
        '✗ Nobody has the address managr@aleph.example. Did you mean "manager@aleph.example"? '
        "Add them with `eventflow user add`.",
    )
    assert eventflow(environment, "user", "list", "--org", "Alef Events")[2] == (
        '✗ There is no organisation named "Alef Events". Did you mean "Aleph Events"? Add it with `eventflow org add`.'
    )
    async with db.as_operator() as tx:
        everybody = await people.listed(tx, None)
    assert sorted(each.standing for each in everybody) == ["active"] * 4


async def test_a_link_that_was_revoked_stays_so_though_the_platform_still_vouches(
    db: Database, owner_url: str, environment: dict[str, str]
) -> None:
    world = await make_world(db)
    assert eventflow(environment, "link", "revoke", MANAGER)[0] == 0
    rt, slack, *_ = runtime(db)
    slack.emails["UMANAGER"] = MANAGER
    assert await on_decision(rt, press(None)) == NOT_LINKED
    assert owner_rows(owner_url, _LIVE, (world.people["manager"].user_id,)) == []


async def test_a_code_links_the_first_who_brings_it_in_time_and_nobody_else(db: Database, owner_url: str) -> None:
    world = await make_world(db, linked=False)
    manager = world.people["manager"].user_id
    rt, *_ = runtime(db)
    late = await _code(db, world)
    owner_run(owner_url, "update public.link_tokens set expires_at = now()")
    await redeem_token(rt, _handed(late))
    assert owner_rows(owner_url, _LIVE, (manager,)) == []
    code = await _code(db, world)
    await redeem_token(rt, _handed(code))
    other = ChatUser("telegram", "42421", "98")
    await redeem_token(rt, replace(_handed(code), sender=other, address=Address("telegram", "42421", "98")))
    assert owner_rows(owner_url, _LIVE, (manager,)) == [{"platform_user": "99"}]


async def test_an_e_mail_links_in_the_claimed_workspace_alone(db: Database, owner_url: str) -> None:
    """The statement by itself: the flow does not even ask where nobody has claimed the workspace."""
    world = await make_world(db, linked=False)
    owner = world.people["owner"].user_id
    for workspace, live in (("T9", []), (TEAM, [{"platform_user": "U7"}])):
        async with db.as_system() as tx:
            await link_by_email(tx, ChatUser("slack", workspace, "U7"), "owner@aleph.example")
        assert owner_rows(owner_url, _LIVE, (owner,)) == live


async def test_who_is_switched_off_is_found_by_no_e_mail_and_by_no_link_that_was_left(
    db: Database, owner_url: str
) -> None:
    world = await make_world(db)
    manager, sender = world.people["manager"].user_id, ChatUser("slack", TEAM, "UMANAGER")
    owner_run(
        owner_url,
        "alter table public.user_profiles disable trigger end_access",
        f"update public.user_profiles set is_active = false where id = '{manager}'",
    )
    async with db.as_system() as tx:
        assert await principal_of(tx, sender) is None
        await link_by_email(tx, ChatUser("slack", TEAM, "U7"), MANAGER)
    assert {"platform_user": "U7"} not in owner_rows(owner_url, _LIVE, (manager,))


async def test_letters_that_only_look_alike_in_another_case_are_another_address(db: Database, owner_url: str) -> None:
    """PostgreSQL's lower() makes k of the Kelvin sign; a mailbox with it is somebody else's."""
    world = await make_world(db, linked=False)
    owner_run(owner_url, "update public.user_profiles set email = 'kim@aleph.example' where role = 'manager'")
    rt, slack, *_ = runtime(db)
    slack.emails["UMANAGER"] = "\u212aim@aleph.example"
    assert await on_decision(rt, press(None)) == NOT_LINKED
    slack.emails["UMANAGER"] = "KIM@aleph.example"
    assert await on_decision(rt, press(None)) == say("he", phrase("decision-unknown"))
    assert owner_rows(owner_url, _LIVE, (world.people["manager"].user_id,)) == [{"platform_user": "UMANAGER"}]


async def test_a_code_is_used_once_whoever_runs_the_statement(db: Database, owner_url: str) -> None:
    """The statement by itself, as a role that no policy stops."""
    world = await make_world(db, linked=False)
    known = {"platform": "telegram", "workspace": "42421", "hash": hash_of(await _code(db, world))}
    [linked] = owner_rows(owner_url, REDEEM, {**known, "user": "99"})
    assert linked == {"user_id": world.people["manager"].user_id}
    assert owner_rows(owner_url, REDEEM, {**known, "user": "98"}) == []
