"""The process that draws: others go on meanwhile, and it ends with the program, however that ends."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from multiprocessing import active_children
from pathlib import Path

from core.pictures.models import Bar, Timeline
from core.pictures.studio import drawn

START = datetime(2031, 5, 1, 6, tzinfo=UTC)
TIMELINE = Timeline(
    event="Spring Conference",
    zone="UTC",
    at=START,
    start=START,
    end=START + timedelta(hours=4),
    rooms=("Hall A",),
    bars=(
        Bar(title="פתיחה", room="Hall A", start=START + timedelta(hours=1), end=START + timedelta(hours=2), kind="now"),
    ),
)
PROGRAM = """
import asyncio, os
from multiprocessing import active_children
from tests.integration.pictures.test_studio import TIMELINE
from core.pictures.studio import drawn

async def main():
    assert await drawn(TIMELINE, "he")
    print([child.pid for child in active_children()][0], flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_it_draws_and_draws_again_after_it_was_killed() -> None:
    first = await drawn(TIMELINE, "en")
    for child in active_children():
        child.kill()
        child.join()
    lost = await drawn(TIMELINE, "en")
    again = await drawn(TIMELINE, "en")
    assert first is not None
    assert (lost, again) in {(None, first), (first, first)}


async def test_others_go_on_while_it_draws() -> None:
    await drawn(TIMELINE, "en")
    [studio] = active_children()
    assert studio.pid is not None
    # However busy the machine is: it draws nothing until we let it, and we go on.
    os.kill(studio.pid, signal.SIGSTOP)
    try:
        drawing = asyncio.create_task(drawn(TIMELINE, "en"))
        for _turn in range(100):
            await asyncio.sleep(0)
        assert not drawing.done()
    finally:
        os.kill(studio.pid, signal.SIGCONT)
    assert await drawing is not None


def test_it_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        studio = int(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
        running.wait()
    for _ in range(200):
        if not _is_alive(studio):
            return
        time.sleep(0.05)
    raise AssertionError("the studio outlived the program")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # A zombie that nobody has waited for is dead all the same; where there is no /proc, init has waited.
    return not stat.exists() or stat.read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
