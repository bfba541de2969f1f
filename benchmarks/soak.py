"""``make soak``: an hour of steady use, in which nothing may grow."""

import argparse
import asyncio
import itertools
import json
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crowd import FIRST_CHAT, settle_in
from benchmarks.listening import Listening, percentile
from benchmarks.messenger import Raw
from benchmarks.row import Row
from benchmarks.running import Running, keep_to_the_other_core, running
from benchmarks.saying import message, press

RESULTS = Path("build/soak.json")
RATE = 20
SAMPLE_SECONDS = 10
WARM = 0.2
"""What is looked at begins after this part of the time: at first caches fill."""

SIDE_BY_SIDE = 160
CONVERSATION = (
    "/due",
    "/menu",
    "/report",
    "step:level:department",
    "step:concerns:mine",
    "step:category:service",
    "窗口叫号屏总是乱序",
    "step:send:",
)
"""What one person says after the other; each of it is answered in the chat."""

SLOPE_GOAL = 2.0
AN_HOUR = 3600.0


@dataclass
class Sample:
    at: float
    megabytes: float
    handles: int
    tasks: int


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=60)
    options = parser.parse_args()
    keep_to_the_other_core()
    rows = asyncio.run(_measured(options.minutes * 60))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", encoding="utf-8")
    sys.stdout.write("".join(row.as_line() for row in rows))
    return 0 if all(row.held for row in rows) else 1


async def _measured(seconds: float) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder, counted = Path(name) / "data", Path(name) / "tasks"
        folder.mkdir()
        settle_in(folder)
        program = ("-m", "benchmarks.counting_tasks", str(counted))
        async with Listening() as messenger, running(folder, messenger.url, program) as bot:
            watching = asyncio.create_task(_watch(bot, counted, seconds))
            said = itertools.islice(_said(), int(RATE * seconds))
            waits = await messenger.asked_evenly(bot.address, said, RATE)
            samples = await watching
    return _rows(samples[int(WARM * len(samples)) :], waits, seconds)


def _rows(samples: list[Sample], waits: list[float | None], seconds: float) -> list[Row]:
    slope = statistics.linear_regression([s.at for s in samples], [s.megabytes for s in samples]).slope
    per_hour = 100 * slope * AN_HOUR / samples[0].megabytes
    answered = [wait for wait in waits if wait is not None]
    rows = [
        Row(
            f"soak of {seconds / 60:g} min at {RATE}/s: unanswered",
            len(waits) - len(answered),
            "0",
            len(waits) == len(answered),
        ),
        Row("soak: reply, p99 (ms)", percentile(answered, 0.99) * 1000, "", True),
        Row("soak: memory at its end (MB)", samples[-1].megabytes, "", True),
        Row("soak: growth of memory (% an hour)", per_hour, f"< {SLOPE_GOAL}", per_hour < SLOPE_GOAL),
    ]
    for name, values in (("file handles", [s.handles for s in samples]), ("tasks", [s.tasks for s in samples])):
        third = max(1, len(values) // 3)
        # The least, since what is being answered at the moment comes on top: it says how busy the machine is.
        before, after = min(values[:third]), min(values[-third:])
        rows.append(Row(f"soak: {name}, from {before:g} to", after, f"<= {before:g}", after <= before))
    return rows


async def _watch(bot: Running, counted: Path, seconds: float) -> list[Sample]:
    samples, began = [], time.perf_counter()
    while (at := time.perf_counter() - began) < seconds:
        bot.process.send_signal(signal.SIGUSR1)
        await asyncio.sleep(min(SAMPLE_SECONDS, seconds / 20))
        samples.append(Sample(at, bot.megabytes(), bot.handles(), _tasks(counted)))
    return samples


def _tasks(counted: Path) -> int:
    return int(counted.read_text(encoding="utf-8") or 0) if counted.exists() else 0


def _said() -> Iterator[Raw]:
    """What is due and a whole report, said by many side by side and over again."""
    for turn in itertools.count():
        chat, step = FIRST_CHAT + turn % SIDE_BY_SIDE, turn // SIDE_BY_SIDE % len(CONVERSATION)
        words = CONVERSATION[step]
        yield press(chat, words) if words.startswith("step:") else message(chat, words)


if __name__ == "__main__":
    sys.exit(main())
