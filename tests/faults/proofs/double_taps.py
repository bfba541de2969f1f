"""Every button pressed twice within 50 ms: one effect."""

import asyncio
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.faults.botapi.chats import Message
from tests.faults.botapi.people import Person
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work import books
from tests.faults.proofs.work.by_hand import Courier
from tests.faults.proofs.work.crowd import SAVED_BEFORE, Desk
from tests.faults.proofs.work.installing import installed
from tests.faults.proofs.work.workload import Workload

CROWD = 40
APART = 0.05


class Nervous(Desk):
    """Somebody who presses everything twice. Two presses are two updates with the same data; each comes to any of the
    addresses."""

    def __init__(self, api: BotApi, person: Person, courier: Courier, addresses: Sequence[str]) -> None:
        super().__init__(api, person)
        self._courier = courier
        self._addresses = addresses
        self._dice = random.Random(person.id)
        self.taps_made = 0

    async def press(self, data: str, message: Message) -> bool:
        """Taken, when one of the two was."""
        taken = await asyncio.gather(
            self._once(data, message, 0), self._once(data, message, self._dice.uniform(0, APART))
        )
        self.taps_made += 1
        return any(taken)

    async def _once(self, data: str, message: Message, after: float) -> bool:
        await asyncio.sleep(after)
        update = self._api.take(self.person.presses(data, message))
        status = await self._courier.bring(update, self._dice.choice(self._addresses))
        return status == 200 and self._api.toast(update["callback_query"]["id"]) in {"", SAVED_BEFORE}


async def _tried(n: int, folder: Path, replicas: int) -> Outcome:
    async with installed(folder, replicas) as (site, bots), Courier() as courier:
        desks: list[Nervous] = []

        def desk(api: BotApi, person: Person) -> Desk:
            desks.append(Nervous(api, person, courier, [bot.url for bot in bots]))
            return desks[-1]

        work = Workload(site, CROWD, desk)
        for bot in bots:
            await bot.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(work.run())
            while sum(one.taps_made for one in desks) < n:
                await asyncio.sleep(0.1)
            work.end()
        found = await books.closed(site, work, bots)
        wrong = [*found.lost, *found.doubled, *site.api.complaints]
        taps = sum(one.taps_made for one in desks)
        value = f"{taps} taps twice: {len(wrong)} with another effect, {len(found.copies)} messages twice"
        return Outcome("; ".join([value, *wrong[:3]]), not wrong and not found.copies)


def run(n: int, folder: Path, replicas: int) -> Outcome:
    return asyncio.run(_tried(n, folder, replicas))


GOAL = "0 with another effect"
DOUBLE_TAPS = (
    Proof("double-taps", GOAL, few=60, many=10_000, run=partial(run, replicas=1)),
    Proof("double-taps-replicas", GOAL, few=60, many=10_000, run=partial(run, replicas=2), parts=2, postgres=True),
)
