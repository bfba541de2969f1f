"""Two processes on one PostgreSQL: everything is said, by whichever of them leads, whatever becomes of the other."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from domain.deliveries import Delivery, Lane
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.cable import Cable
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.running import Running
from tests.faults.site import Site
from tests.postgres import own_database

FIRST_CHAT = 20_001
PORTION = 1000
WINDOW = 128
"""So many may be said twice when a process that sends at full speed is killed or frozen."""

LEADS_WITHIN = 20
FROZEN_SECONDS = 20


@dataclass
class Pair:
    """``leader`` leads, ``other`` waits to."""

    site: Site
    url: str
    cable: Cable
    leader: Running
    other: Running

    def remind(self, many: int) -> None:
        """Let so many people be reminded at this minute."""
        with self.site.work() as work:
            now = self.site.now()
            root = next(unit for unit in work.people.units() if unit.parent_id is None)
            for chat in range(FIRST_CHAT, FIRST_CHAT + many):
                self.site.api.person(chat)
                work.people.add_account("telegram", str(chat), now, None)
            accounts = [work.people.account("telegram", str(chat)) for chat in range(FIRST_CHAT, FIRST_CHAT + many)]
            rows = [
                Delivery(
                    f"reminder:{account.id}",
                    "setup-trial",
                    Lane.REMINDERS,
                    {"v": 1, "unit": root.name},
                    now,
                    now,
                    account_id=account.id,
                )
                for account in accounts
                if account is not None
            ]
            for start in range(0, many, PORTION):
                work.deliveries.record(*rows[start : start + PORTION])

    def said(self) -> Counter[int]:
        """How many messages arrived, chat by chat."""
        calls = self.site.api.called("sendMessage")
        chats = (int(call.payload["chat_id"]) for call in calls if call.accepted)
        return Counter(chat for chat in chats if chat >= FIRST_CHAT)

    async def until(self, many: int, within: float) -> bool:
        """Whether so many people have been reminded in time."""
        return await self.site.api.until(lambda: len(self.said()) >= many, within)


@asynccontextmanager
async def two_processes(folder: Path) -> AsyncIterator[Pair]:
    with own_database() as url:
        async with BotApi(time_factor=0.1) as api, Cable(url) as cable:
            site = Site(folder, api, "polling", url)
            site.found()
            pair = Pair(site, url, cable, site.bot, site.process("twin", BOT_MESSAGE_RATE="0"))
            site.bot.set_up(BOT_MESSAGE_RATE="0", BOT_DATABASE_URL=cable.url)
            await pair.leader.start()
            await _leads(pair.leader)
            await pair.other.start()
            try:
                yield pair
            finally:
                for bot in (pair.leader, pair.other):
                    if bot.is_alive:
                        await bot.kill()


async def _leads(bot: Running) -> None:
    async with asyncio.timeout(LEADS_WITHIN + 2):
        while '"leads"' not in bot.logged():
            await asyncio.sleep(0.05)


def _tried(
    n: int, folder: Path, happens: Callable[[Pair], Awaitable[None]], allowed: int, when: Callable[[Pair, int], bool]
) -> Outcome:
    async def run() -> Outcome:
        async with two_processes(folder) as pair:
            pair.remind(n)
            await pair.site.api.until(lambda: when(pair, n), 60)
            await happens(pair)
            all_said = await pair.until(n, 60 + n / 100)
            said = pair.said()
            twice = sum(said.values()) - len(said)
            held = all_said and twice <= allowed and max(said.values()) <= 2
            return Outcome(f"{n - len(said)} lost, {twice} twice", held)

    return asyncio.run(run())


def shared(n: int, folder: Path) -> Outcome:
    """Nothing happens to either."""

    async def nothing(_pair: Pair) -> None:
        return

    return _tried(n, folder, nothing, 0, lambda _pair, _n: True)


def killed(n: int, folder: Path) -> Outcome:
    """The one that leads is killed in the middle."""

    async def kill(pair: Pair) -> None:
        await pair.leader.kill()
        await _leads(pair.other)

    return _tried(n, folder, kill, WINDOW, _some_were_said)


def frozen(n: int, folder: Path) -> Outcome:
    """It stands still for longer than its lead lasts, and goes on as if nothing had been."""

    async def freeze(pair: Pair) -> None:
        pair.leader.signal(signal.SIGSTOP)
        await _leads(pair.other)
        await asyncio.sleep(max(0, FROZEN_SECONDS - LEADS_WITHIN))
        pair.leader.signal(signal.SIGCONT)

    return _tried(n, folder, freeze, WINDOW, _some_were_said)


def cut_off(n: int, folder: Path) -> Outcome:
    """The database ends all connections, several times."""

    async def cut(pair: Pair) -> None:
        for _ in range(3):
            with psycopg.connect(pair.url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            await asyncio.sleep(0.3)

    return _tried(n, folder, cut, WINDOW, _some_were_said)


def severed(n: int, folder: Path) -> Outcome:
    """Its cable to the database is pulled out, of which neither end hears, and plugged in when another leads."""

    async def sever(pair: Pair) -> None:
        pair.cable.pull()
        await _leads(pair.other)
        await asyncio.sleep(max(0, FROZEN_SECONDS - LEADS_WITHIN))
        pair.cable.plug()

    return _tried(n, folder, sever, WINDOW, _some_were_said)


def _some_were_said(pair: Pair, n: int) -> bool:
    return len(pair.said()) > n // 10


GOAL = "0 lost"
REPLICAS = (
    Proof("replicas", f"{GOAL}, 0 twice", 200, 10_000, shared, postgres=True),
    Proof("leader-killed", f"{GOAL}, {WINDOW} twice at most", 0, 10_000, killed, postgres=True),
    Proof("leader-frozen", f"{GOAL}, {WINDOW} twice at most", 0, 10_000, frozen, postgres=True),
    Proof("leader-cut-off", f"{GOAL}, {WINDOW} twice at most", 500, 10_000, cut_off, postgres=True),
    Proof("leader-severed", f"{GOAL}, {WINDOW} twice at most", 0, 10_000, severed, postgres=True),
)
