"""The command line as an operator uses it, on a database of its own."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from bots.commands.demo import demo_settings
from bots.commands.tables import out
from core.kernel.settings import Settings
from migrations.embedded import Embedded
from tests.integration.terminal.operator import ROOT, environment_of, eventflow
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

_SCHEDULE = ROOT / "core" / "imports" / "demo" / "schedule.json"


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """An environment with nothing in it but the database."""
    return environment_of(database_url, tmp_path)


def test_an_organisation_is_set_up_from_nothing(environment: dict[str, str], owner_url: str) -> None:
    person = ("user", "add", "dana@aleph.example", "--org", "aleph  EVENTS", "--name", "Dana", "--role", "manager")
    assert eventflow(environment, "org", "add", "Aleph Events") == (0, '✓ Added organisation "Aleph Events".', "")
    assert eventflow(environment, *person, "--locale", "he") == (0, "✓ Added Dana (manager).", "")
    assert eventflow(environment, "channel", "set", "--org", "Aleph Events", "--slack", "T1/C1")[0] == 0
    assert eventflow(environment, "link", "dana@aleph.example", "--slack", "T1/U1")[0] == 0
    [row] = owner_rows(owner_url, "select platform, workspace, platform_user, linked_by from public.chat_identities")
    assert row == {"platform": "slack", "workspace": "T1", "platform_user": "U1", "linked_by": "operator"}
    code, said, _err = eventflow(environment, "import", str(_SCHEDULE), "--org", "Aleph Events")
    assert (code, said) == (0, "✓ Stagecraft Conference: 61 new, 0 moved, 0 changed, 0 unchanged of 61 sessions.")


def test_an_import_names_what_left_and_cancels_it_when_told_to(
    environment: dict[str, str], owner_url: str, tmp_path: Path
) -> None:
    def version(*titles: str) -> str:
        events = "".join(
            f"<event id='{title}'><start>1{number}:00</start><duration>01:00</duration><title>{title}</title></event>"
            for number, title in enumerate(titles)
        )
        head = "<conference><title>Spring</title><time_zone_name>Asia/Jerusalem</time_zone_name></conference>"
        room = f"<room name='Hall'>{events}<event id=''><title/></event><event/></room>"
        path = tmp_path / f"{'-'.join(titles)}.xml"
        path.write_text(f"<schedule>{head}<day date='2031-05-01'>{room}</day></schedule>")
        return str(path)

    eventflow(environment, "org", "add", "Aleph Events")
    run = ("import", "--org", "Aleph Events")
    blanks = (
        "2 entries of the file are not in the agenda:\n  2 empty slots, without a title and an id; the first: line 1."
    )
    code, said, _err = eventflow(environment, *run, version("A", "B"))
    assert code == 0
    assert blanks in "\n".join(line.rstrip() for line in said.splitlines())
    left = "One session is no longer in the file. It stays in the agenda:\n  B, Thu 1 May · 11:00 to 12:00, Hall"
    # Nobody sits at this terminal, so nobody is asked.
    code, said, _err = eventflow(environment, *run, version("A"))
    assert code == 0
    assert left in "\n".join(line.rstrip() for line in said.splitlines())
    gone = "One session is no longer in the file and was cancelled:"
    assert gone in eventflow(environment, *run, version("A"), "--gone", "cancel")[1]
    status = "select title, status from public.schedules order by title"
    assert owner_rows(owner_url, status) == [
        {"title": "A", "status": "scheduled"},
        {"title": "B", "status": "cancelled"},
    ]
    assert "0 new, 0 moved, 1 changed, 1 unchanged" in eventflow(environment, *run, version("A", "B"))[1]
    assert [row["status"] for row in owner_rows(owner_url, status)] == ["scheduled", "scheduled"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("org", "add", "aleph events"), '✗ There is an organisation named "aleph events" already.'),
        (
            ("user", "add", "x@y.z", "--org", "Nobody", "--name", "X", "--role", "staff"),
            '✗ There is no organisation named "Nobody". Add it with `eventflow org add`.',
        ),
        (
            ("link", "who@where.example"),
            "✗ Nobody has the address who@where.example. Add them with `eventflow user add`.",
        ),
        (
            ("channel", "set", "--org", "Aleph Events", "--slack", "managers"),
            "✗ Write the channel as TEAM/CHANNEL, such as T0123/C0456. Both ids are in the channel's address in Slack.",
        ),
        (
            ("user", "add", "x@y.z", "--org", "Aleph Events", "--name", "X", "--role", "staff", "--timezone", "Mars"),
            '✗ There is no time zone "Mars". Write one such as Asia/Jerusalem or UTC.',
        ),
        (("import", "/nowhere.json", "--org", "Aleph Events"), None),
    ],
)
def test_a_mistake_gets_one_sentence_that_says_what_to_do(
    environment: dict[str, str], command: tuple[str, ...], said: str | None
) -> None:
    eventflow(environment, "org", "add", "Aleph Events")
    code, out, err = eventflow(environment, *command)
    assert (code, out) == (1, "")
    assert err.startswith("✗ ")
    assert said is None or err == said
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EVENTFLOW_PORT", "high", "Input should be a valid integer, unable to parse string as an integer."),
        ("EVENTFLOW_LOG_LEVEL", "loud", "Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'."),
        ("TELEGRAM_BOT_TOKEN", "s3cret", "TELEGRAM_BOT_TOKEN must read <digits>:<secret>"),
        ("TELEGRAM_WEBHOOK_SECRET", "s3 cret", "must be 1 to 256 of A-Z, a-z, 0-9, _ and -"),
        (
            "GEMINI_PRICES",
            "cheap",
            'write "cheap" as model=input/output or model=input/output/cached, such as my-model=0.5/2/0.05.',
        ),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_setting_that_cannot_be_read_is_named_and_not_shown(
    environment: dict[str, str], command: str, name: str, value: str, said: str
) -> None:
    code, out, err = eventflow({**environment, name: value}, command)
    assert (code, out) == (1, "")
    assert err.startswith("✗ A setting cannot be read. ")
    assert name in err
    assert err.endswith(said)
    assert "s3" not in err


def test_a_one_time_code_is_printed_once_and_only_its_hash_is_kept(environment: dict[str, str], owner_url: str) -> None:
    eventflow(environment, "org", "add", "Aleph Events")
    eventflow(environment, "user", "add", "d@a.example", "--org", "Aleph Events", "--name", "D", "--role", "staff")
    code, said, _err = eventflow(environment, "link", "d@a.example")
    token = said.splitlines()[1].rpartition(" ")[2]
    assert (code, len(token)) == (0, 32)
    dump = json.dumps(owner_rows(owner_url, "select * from public.link_tokens"), default=str)
    assert token not in dump


def test_a_workspace_is_claimed_by_one_organisation(environment: dict[str, str]) -> None:
    for name in ("Aleph", "Beth"):
        eventflow(environment, "org", "add", name)
    assert eventflow(environment, "channel", "set", "--org", "Aleph", "--slack", "T1/C1")[0] == 0
    code, _out, err = eventflow(environment, "channel", "set", "--org", "Beth", "--slack", "T1/C2")
    assert (code, err) == (1, "✗ Workspace T1 is claimed by another organisation.")


def test_the_program_refuses_to_serve_as_a_superuser_and_says_how_to_fix_it(
    environment: dict[str, str], owner_url: str
) -> None:
    code, _out, err = eventflow({**environment, "DATABASE_URL": owner_url, "EVENTFLOW_PORT": "0"}, "serve")
    assert code == 1
    assert "is a superuser and would bypass row-level security" in err
    assert "DATABASE_OWNER_URL" in err


def test_doctor_names_what_is_off_and_how_to_switch_it_on(environment: dict[str, str]) -> None:
    code, said, _err = eventflow(environment, "doctor")
    assert code == 0
    assert [line for line in said.splitlines() if line.startswith("○")] == [
        "○ There is no organisation yet.",
        "○ Slack is off.",
        "○ Telegram is off.",
        "○ The model is off.",
    ]


def test_doctor_fails_where_something_is_wrong(environment: dict[str, str], owner_url: str) -> None:
    code, said, _err = eventflow({**environment, "DATABASE_URL": owner_url}, "doctor")
    assert code == 1
    assert "is a superuser" in said


def test_migrate_creates_the_login_role_that_the_url_names(
    environment: dict[str, str], server: Embedded, owner_url: str
) -> None:
    fresh = owner_url.replace("postgres:@", "newcomer:secret@")
    assert fresh != owner_url
    given = {**environment, "DATABASE_URL": fresh, "DATABASE_OWNER_URL": owner_url}
    code, said, _err = eventflow(given, "migrate")
    assert (code, said) == (0, "✓ Nothing to do: the database is up to date and verified.")
    [role] = owner_rows(
        owner_url,
        "select rolsuper, rolbypassrls, rolinherit, rolcreaterole from pg_roles where rolname = 'newcomer'",
    )
    assert role == {"rolsuper": False, "rolbypassrls": False, "rolinherit": False, "rolcreaterole": False}
    assert server.owner_url


def test_doctor_says_what_waits_for_a_platform_that_is_off(environment: dict[str, str], owner_url: str) -> None:
    owner_run(
        owner_url,
        'select app.enqueue(\'say\', null, \'{"address": {"platform": "telegram"}}\') from generate_series(1, 7)',
    )
    code, said, _err = eventflow(environment, "doctor")
    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("✗")] == [
        "✗ 7 jobs wait for Telegram, which is off here.",
        "✗ 7 jobs wait, and no worker is alive.",
    ]
    assert "Set TELEGRAM_BOT_TOKEN." in said


def test_the_demo_leaves_the_database_of_others_alone() -> None:
    given = Settings(
        database_url=SecretStr("postgresql://somebody@host/theirs"),
        database_owner_url=SecretStr("postgresql://owner@host/theirs"),
    )
    settings, _config = demo_settings(given)
    assert (settings.database_url, settings.database_owner_url) == (None, None)


def test_the_terminal_obeys_nobodys_words(environment: dict[str, str]) -> None:
    """Names are other people's: they clear no screen, change no title, reverse no line and are no markup."""
    name = "[/red][bold]Aleph\x1b[2J\x9b31m\u202e Events"
    assert eventflow(environment, "org", "add", name)[0] == 0
    code, said, _err = eventflow(environment, "org", "list")
    assert (code, "[/red][bold]Aleph[2J31m Events" in said) == (0, True)
    assert not set(said) & {"\x1b", "\x9b", "\u202e"}


def test_a_line_that_is_printed_is_no_markup() -> None:
    with out.capture() as printed:
        out.print("[/red][bold]x")
    assert printed.get() == "[/red][bold]x\n"
