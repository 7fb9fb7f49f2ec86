"""Any home works, or one sentence says what to do: names that shells dislike, long paths, files, locks, taken ports."""

import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bots.commands.demo import beside_others
from core.kernel.settings import Settings
from migrations.folder import why_not_started
from tests.integration.terminal.operator import ROOT, environment_of, eventflow
from tests.ports import free_port

pytestmark = pytest.mark.db


def _bare(home: Path, folder: Path, **more: str) -> dict[str, str]:
    """Return an environment without a database, a runtime folder or anything else."""
    kept = environment_of("", home, **more)
    return {name: value for name, value in kept.items() if name != "DATABASE_URL"} | {"HOME": str(folder)}


def test_a_home_with_spaces_quotes_hebrew_percents_and_a_long_path_works(tmp_path: Path) -> None:
    home = tmp_path / "it's the בית of 100%d" / ("long" * 30)
    assert eventflow(_bare(home, tmp_path), "org", "add", "Aleph") == (0, '✓ Added organisation "Aleph".', "")
    data = home / "postgres"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    [link] = [each for each in _links() if each.readlink() == data]
    # Who may write into the folder of links could put another server in the way.
    assert not stat.S_IMODE(link.parent.stat().st_mode) & 0o022


def _links() -> list[Path]:
    # Neither TMPDIR nor XDG_RUNTIME_DIR is handed on to the program.
    return list(Path(f"/tmp/eventflow-{os.geteuid()}").glob("*"))  # noqa: S108


def test_a_home_that_is_a_file_or_cannot_be_written_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert eventflow(_bare(tmp_path / "file", tmp_path), "org", "list") == (
        1,
        "",
        f"✗ EVENTFLOW_HOME is {tmp_path / 'file'}, and a file is in its place. "
        "Move it away, or set EVENTFLOW_HOME to a folder.",
    )
    code, out, err = eventflow(_bare(Path("/proc/nowhere"), tmp_path), "org", "list")
    assert (code, out, err.count("\n")) == (1, "", 0)
    assert err.startswith("✗ EVENTFLOW_HOME is /proc/nowhere, which cannot be written")


def test_a_server_that_does_not_start_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home" / "postgres").mkdir(parents=True)
    (tmp_path / "home" / "postgres" / "PG_VERSION").write_text("7.1")
    code, out, err = eventflow(_bare(tmp_path / "home", tmp_path), "org", "list")
    assert (code, out, err) == (1, "", f"✗ {why_not_started(tmp_path / 'home')}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A=1\n\nnonsense here\n", "Line 3 of .env in this folder cannot be read. Write NAME=value; "),
        ("EVENTFLOW_PORT=high", "A setting cannot be read. EVENTFLOW_PORT: "),
    ],
)
def test_a_bad_line_of_the_settings_file_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / ".env").write_text(text)
    done = _run_in(tmp_path, _bare(tmp_path / "home", tmp_path), "org", "list")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"✗ {said}")


def test_a_settings_file_is_read_and_the_environment_wins(tmp_path: Path, database_url: str) -> None:
    (tmp_path / ".env").write_text(f'DATABASE_URL="{database_url}"\nSLACK_SIGNING_SECRET=s3cret\n')
    done = _run_in(tmp_path, _bare(tmp_path / "home", tmp_path), "doctor")
    lines = done.stdout.splitlines()
    assert "✗ SLACK_SIGNING_SECRET without SLACK_BOT_TOKEN: Slack stays off." in lines
    assert lines[-1] == 'Next: Run `eventflow org add "Your Organisation"`.'
    assert "s3cret" not in done.stdout + done.stderr
    beside = {**_bare(tmp_path / "home", tmp_path), "SLACK_SIGNING_SECRET": ""}
    assert "SLACK_SIGNING_SECRET" in _run_in(tmp_path, beside, "doctor").stdout
    wins = {**_bare(tmp_path / "home", tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    assert "does not answer" in _run_in(tmp_path, wins, "doctor").stdout


def _run_in(folder: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "bots.cli", *command]
    return subprocess.run(whole, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def _demo(environment: dict[str, str], said: str) -> Generator[subprocess.Popen[str]]:
    whole = [sys.executable, "-m", "bots.cli", "demo"]
    with subprocess.Popen(
        whole, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if said in line:
                break
        try:
            yield running
        finally:
            running.kill()


def test_a_second_demo_says_where_the_first_is_and_ctrl_c_ends_it_silently_with_the_page_open(tmp_path: Path) -> None:
    ports = {"EVENTFLOW_PORT": str(free_port()), "EVENTFLOW_PLAYGROUND_PORT": str(free_port())}
    environment = _bare(tmp_path / "home", tmp_path, **ports)
    page = f"http://127.0.0.1:{ports['EVENTFLOW_PLAYGROUND_PORT']}"
    with _demo(environment, "EventFlow Chat is ready") as running:
        with urllib.request.urlopen(f"{page}/playground/stream") as stream:  # noqa: S310
            stream.readline()
            second = eventflow({**environment, "EVENTFLOW_PORT": "0", "EVENTFLOW_PLAYGROUND_PORT": "0"}, "demo")
            assert second == (
                1,
                "",
                f"✗ `eventflow demo` at {page} runs on {tmp_path / 'home' / 'demo'} already. "
                "Open that, stop it first, or set EVENTFLOW_HOME to another folder.",
            )
            running.send_signal(signal.SIGINT)
            # The stream ends by itself, long before the server would cut it off.
            reader = threading.Thread(target=stream.read, daemon=True)
            reader.start()
            out, err = running.communicate(timeout=60)
        assert out.splitlines()[-1].startswith("Stopped. Everything is kept")
        assert "Traceback" not in err
        assert [line for line in err.splitlines() if line and "Starting PostgreSQL" not in line] == []
    # What is typed after a demo finds it, until something of one's own begins.
    code, out, err = eventflow(environment, "org", "list")
    assert (code, "EventFlow Demo" in out, err) == (
        0,
        True,
        "This is the demo's data: nothing else is set up here yet.",
    )
    assert not (tmp_path / "home" / "postgres").exists()
    assert eventflow(environment, "org", "add", "Aleph")[0] == 0
    assert "EventFlow Demo" not in eventflow(environment, "org", "list")[1]
    assert "EventFlow Demo" in eventflow(environment, "--demo", "org", "list")[1]


def test_a_demo_beside_a_running_program_keeps_its_data_apart(tmp_path: Path) -> None:
    web, page = str(free_port()), str(free_port())
    environment = _bare(tmp_path / "home", tmp_path, EVENTFLOW_PLAYGROUND_PORT=page)
    served = {**environment, "EVENTFLOW_PORT": web}
    with subprocess.Popen([sys.executable, "-m", "bots.cli", "serve"], cwd=ROOT, env=served) as program:
        try:
            _until_it_answers(web)
            with _demo(environment, "EventFlow Chat is ready"):
                assert eventflow(environment, "org", "list") == (
                    0,
                    'There is no organisation yet. Add one with `eventflow org add "Your Organisation"`.',
                    "The demo keeps its data apart: `eventflow --demo ...` works with it.",
                )
                assert "EventFlow Demo" in eventflow(environment, "--demo", "org", "list")[1]
        finally:
            program.send_signal(signal.SIGINT)
    assert program.returncode == 0


def test_a_demo_that_there_is_not_is_said_in_one_sentence(tmp_path: Path) -> None:
    assert eventflow(_bare(tmp_path / "home", tmp_path), "--demo", "log") == (
        1,
        "",
        f"✗ There is no demo in {tmp_path / 'home'} yet. Start one with `eventflow demo`.",
    )


def test_a_demo_takes_another_port_where_nobody_asked_for_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        untouched = Settings.model_construct(eventflow_host="127.0.0.1", eventflow_port=port, _fields_set=set())
        asked = Settings.model_construct(
            eventflow_host="127.0.0.1", eventflow_port=port, _fields_set={"eventflow_port"}
        )
        assert beside_others(asked).eventflow_port == port
        assert beside_others(untouched).eventflow_port != port
    assert beside_others(untouched).eventflow_port == port


def _until_it_answers(port: str) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz"):
            return
        time.sleep(0.1)
    raise AssertionError("nothing answers there")


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path, database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = environment_of(database_url, tmp_path, EVENTFLOW_PORT=port)
        assert eventflow(environment, "serve") == (
            1,
            "",
            f"✗ Port {port} on 127.0.0.1 is taken. Set EVENTFLOW_PORT to a free one, or EVENTFLOW_HOST.",
        )
