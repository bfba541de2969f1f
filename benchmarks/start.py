"""From the start to ready, and the memory after a little use, beside a process that only imports the libraries.

Measured is what the image holds: our own modules are compiled, as the libraries are, and rich, which structlog would
load, is not there; nor is greenlet, which only a browser's driver asks for.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crowd import FIRST_CHAT, WRITING, settle_in
from benchmarks.listening import Listening
from benchmarks.page import ROOT
from benchmarks.row import Row
from benchmarks.running import keep_to_the_other_core, running
from benchmarks.saying import message, press

STARTS = 5
OF_EACH = 20
OF_IMPORTS, MEGABYTES_MORE = 1.3, 30
OURS = ("bot", "handlers", "pages", "schedules", "platforms", "views", "services", "storage", "domain")
AS_SHIPPED = (
    "-c",
    "import sys; sys.modules.update(rich=None, greenlet=None); from bot.__main__ import main; main(['run'])",
)


def measure() -> list[Row]:
    keep_to_the_other_core()
    subprocess.run([sys.executable, "-m", "compileall", "-q", *OURS], cwd=ROOT, check=True)
    seconds, megabytes, least_seconds, least_megabytes = asyncio.run(_measured())
    share, more = seconds / least_seconds, megabytes - least_megabytes
    return [
        Row("importing the libraries alone (s)", least_seconds, "", True),
        Row("from the start to ready (s)", seconds, "", True),
        Row("the second of these, of the first", share, f"<= {OF_IMPORTS}", share <= OF_IMPORTS),
        Row(
            f"memory after {OF_EACH} updates of each kind, beyond imports (MB)",
            more,
            f"<= {MEGABYTES_MORE}",
            more <= MEGABYTES_MORE,
        ),
    ]


async def _measured() -> tuple[float, float, float, float]:
    """In turn, since the machine is not equally fast at all times."""
    ready, imported = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contest = settle_in(folder)
        async with Listening() as messenger:
            for _ in range(STARTS):
                imported.append(await asyncio.to_thread(_imported))
                async with running(folder, messenger.url, AS_SHIPPED) as bot:
                    ready.append(bot.seconds)
            async with running(folder, messenger.url, AS_SHIPPED) as bot:
                for chat in range(FIRST_CHAT, FIRST_CHAT + OF_EACH):
                    for said in (
                        message(chat, "/due"),
                        press(chat + WRITING, "step:send:"),
                        press(chat, f"qz:pick:{contest}:0:1:1"),
                    ):
                        await messenger.asked(bot.address, said)
                megabytes = bot.megabytes()
    seconds = statistics.median(took for took, _ in imported)
    return statistics.median(ready), megabytes, seconds, statistics.median(used for _, used in imported)


def _imported() -> tuple[float, float]:
    began = time.perf_counter()
    command = ["taskset", "-c", "0", sys.executable, "-m", "benchmarks.only_imports"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - began, float(said)
