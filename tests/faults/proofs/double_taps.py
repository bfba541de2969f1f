"""Every button pressed twice within 50 ms: one effect."""

import asyncio
import random
from pathlib import Path

from tests.faults.botapi.chats import Message
from tests.faults.botapi.people import Person
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.kills import TIME_FACTOR
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work import books
from tests.faults.proofs.work.by_hand import Courier
from tests.faults.proofs.work.crowd import SAVED_BEFORE, Desk
from tests.faults.proofs.work.workload import Workload
from tests.faults.site import Site

CROWD = 40
APART = 0.05


class Nervous(Desk):
    """Somebody who presses everything twice. Two presses are two updates with the same data."""

    def __init__(self, api: BotApi, person: Person, courier: Courier, address: str) -> None:
        super().__init__(api, person)
        self._courier = courier
        self._address = address
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
        status = await self._courier.bring(update, self._address)
        return status == 200 and self._api.toast(update["callback_query"]["id"]) in {"", SAVED_BEFORE}


async def _run(n: int, folder: Path) -> Outcome:
    async with BotApi(time_factor=TIME_FACTOR) as api, Courier() as courier:
        site = Site(folder, api, "webhook", None)
        desks: list[Nervous] = []

        def desk(api: BotApi, person: Person) -> Desk:
            desks.append(Nervous(api, person, courier, site.bot.url))
            return desks[-1]

        work = Workload(site, CROWD, desk)
        await site.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(work.run())
            while sum(one.taps_made for one in desks) < n:
                await asyncio.sleep(0.1)
            work.end()
        site.advance(seconds=40)
        await books.all_said(site)
        await site.bot.stop()
        found = books.close(site, work)
        wrong = [*found.lost, *found.doubled, *api.complaints]
        taps = sum(one.taps_made for one in desks)
        value = f"{taps} taps twice: {len(wrong)} with another effect, {len(found.copies)} messages twice"
        return Outcome("; ".join([value, *wrong[:3]]), not wrong and not found.copies)


def run(n: int, folder: Path) -> Outcome:
    return asyncio.run(_run(n, folder))


DOUBLE_TAPS = Proof("double-taps", "0 with another effect", few=60, many=10_000, run=run)
