"""How long people wait for a reply while a notice goes out to others, beside how long they wait otherwise."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks.listening import Listening, percentile
from benchmarks.row import Row
from benchmarks.running import Running, keep_to_the_other_core, running
from benchmarks.saying import message
from benchmarks.town import STAFF, Town

LIMIT = 30
ASKED = 300
"""So often before the notice and after it; as often in the midst of it as in both together."""

CROWD = 3000
LATER = timedelta(hours=1)
P99_GOAL = 1.2


def measure() -> list[Row]:
    keep_to_the_other_core()
    idle, busy = asyncio.run(_measured())
    idle_p99, busy_p99 = percentile(idle, 0.99) * 1000, percentile(busy, 0.99) * 1000
    share = busy_p99 / idle_p99
    return [
        Row("reply, p99 while nothing else goes on (ms)", idle_p99, "", True),
        Row(f"reply, p99 while a notice goes at {LIMIT}/s (ms)", busy_p99, "", True),
        Row("the second of these, of the first", share, f"<= {P99_GOAL}", share <= P99_GOAL),
    ]


async def _measured() -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), CROWD)
        opens = town.start_notice()
        town.set_clock(opens - LATER)
        async with (
            Listening() as messenger,
            running(town.folder, messenger.url, BOT_MESSAGE_RATE=str(LIMIT), **town.settings) as bot,
        ):
            await _waits(messenger, bot, 50)
            idle = await _waits(messenger, bot, ASKED)
            town.set_clock(opens)
            await messenger.until(1, 10)
            busy = await _waits(messenger, bot, 2 * ASKED)
            if len(messenger.heard.told) >= CROWD:
                raise RuntimeError("the notice was over before the people had asked")
            town.set_clock(opens - LATER)
            await asyncio.sleep(2)
            return idle + await _waits(messenger, bot, ASKED), busy


async def _waits(messenger: Listening, bot: Running, many: int) -> list[float]:
    people = list(STAFF.values())
    return [await messenger.asked(bot.address, message(people[turn % len(people)], "/due")) for turn in range(many)]
