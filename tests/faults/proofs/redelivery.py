"""Updates that come again, in any order and all at once, in the middle of dialogues too: each has one effect."""

import asyncio
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.faults.botapi.server import BotApi
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work import books
from tests.faults.proofs.work.by_hand import Courier
from tests.faults.proofs.work.installing import installed
from tests.faults.proofs.work.workload import Workload

CROWD = 40
WAVE = 50
"""So many are repeated together, each drawn from everything there was until then."""

ENOUGH_UPDATES = 1500
"""After so many first deliveries people rest, and only repeats go on."""


async def repeat(api: BotApi, work: Workload, n: int, addresses: Sequence[str]) -> list[int]:
    """Bring what was brought before, ``n`` times in all, to any of the addresses; gives back the statuses."""
    dice = random.Random(n)
    statuses: list[int] = []
    async with Courier() as courier:
        while len(statuses) < n:
            made = api.made()
            if len(made) > ENOUGH_UPDATES:
                work.end()
            drawn = dice.choices(made, k=min(WAVE, n - len(statuses))) if made else []
            statuses += await asyncio.gather(*(courier.bring(one, dice.choice(addresses)) for one in drawn))
            await asyncio.sleep(0)
    return statuses


async def _tried(n: int, folder: Path, replicas: int) -> Outcome:
    async with installed(folder, replicas) as (site, bots):
        work = Workload(site, CROWD)
        for bot in bots:
            await bot.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(work.run())
            statuses = await repeat(site.api, work, n, [bot.url for bot in bots])
            work.end()
        found = await books.closed(site, work, bots)
        refused = sum(status != 200 for status in statuses)
        wrong = [*found.lost, *found.doubled, *site.api.complaints]
        value = f"{len(site.api.made())} updates, {n} repeats ({refused} refused): {len(wrong)} with another effect"
        value += f", {len(found.copies)} messages twice"
        return Outcome("; ".join([value, *wrong[:3]]), not wrong and not refused and not found.copies)


def run(n: int, folder: Path, replicas: int) -> Outcome:
    return asyncio.run(_tried(n, folder, replicas))


GOAL = "0 with another effect"
REDELIVERY = (
    Proof("redelivery", GOAL, few=120, many=50_000, run=partial(run, replicas=1), parts=2),
    Proof("redelivery-replicas", GOAL, few=120, many=50_000, run=partial(run, replicas=2), parts=2, postgres=True),
)
