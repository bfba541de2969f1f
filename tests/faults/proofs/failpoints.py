"""Killed at each failpoint, with everybody at work: the same must hold as after a kill at any moment."""

import asyncio
import itertools
import random
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from domain.failpoints import NAMES
from storage.migrate import migrate
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.kills import GOAL, RECIPIENTS_PER_KILL, TIME_FACTOR, Lives, settled
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work.workload import Workload
from tests.faults.site import Site
from tests.postgres import own_database

ELSEWHERE = frozenset({"leader_pause"})
"""What one bot alone never reaches."""

SELDOM = ("mid_chunk", "mid_migration", "during_backup")
"""What only this proof kills at, and therefore first; the others have tests of their own as well."""

OLDER = "0003"
"""Several migrations lie between this revision and the newest."""

TIMES = 5
"""At most so often a failpoint is passed before it kills."""


class Deaths:
    """How each failpoint is reached. Each way leaves the bot dead."""

    def __init__(self, site: Site, work: Workload, dice: random.Random, folder: Path) -> None:
        self._site = site
        self._work = work
        self._dice = dice
        self._archives = (folder / f"backup-{number}.tar" for number in itertools.count())
        self._ways: dict[str, Callable[[], Coroutine[Any, Any, list[str]]]] = {
            "mid_migration": self._migrating,
            "during_backup": self._backing_up,
            "mid_chunk": self._recording_a_notice,
        }

    async def die(self, name: str) -> list[str]:
        """Gives back what went otherwise than it should."""
        if name in self._ways:
            return await self._ways[name]()
        return await self._working(f"{name}:kill:{self._dice.randint(1, TIMES)}")

    async def _working(self, spec: str) -> list[str]:
        await self._site.start(spec)
        code = await self._site.bot.died()
        return [] if code == -signal.SIGKILL else [f"{spec} ended with {code}"]

    async def _recording_a_notice(self) -> list[str]:
        self._work.send_notice()
        return await self._working("mid_chunk:kill")

    async def _migrating(self) -> list[str]:
        with self._site.database() as database:
            migrate(database, OLDER)
        return await self._working("mid_migration:kill")

    async def _backing_up(self) -> list[str]:
        """The bot goes on beside it, and a later backup is whole."""
        await self._site.start()
        first, second = str(next(self._archives)), str(next(self._archives))
        wrong = []
        bot = self._site.bot
        if await bot.command("backup", first, failpoint="during_backup:kill") != -signal.SIGKILL:
            wrong.append("the backup did not reach its failpoint")
        if _is_there(first):
            wrong.append("half a backup has its name")
        if await bot.command("backup", second) != 0 or not _is_there(second):
            wrong.append("no second backup")
        await bot.kill()
        return wrong


def _is_there(archive: str) -> bool:
    return Path(archive).exists()


async def _run(n: int, folder: Path, transport: str, url: str | None) -> Outcome:
    names = [*SELDOM, *sorted(NAMES - ELSEWHERE - set(SELDOM))]
    dice = random.Random(n)
    async with BotApi(time_factor=TIME_FACTOR) as api:
        site = Site(folder, api, transport, url)
        work = Workload(site, RECIPIENTS_PER_KILL)
        lives = Lives()
        async with asyncio.TaskGroup() as group:
            group.create_task(work.run())
            deaths = Deaths(site, work, dice, folder)
            for name in itertools.islice(itertools.cycle(names), n):
                lives.broken += await deaths.die(name)
                lives.ends.append((len(api.calls), True))
                work.next_moment()
            await lives.start(site)
            work.end()
        return await settled(n, site, work, lives)


def on_sqlite(n: int, folder: Path) -> Outcome:
    return asyncio.run(_run(n, folder, "polling", None))


def on_postgres(n: int, folder: Path) -> Outcome:
    with own_database() as url:
        return asyncio.run(_run(n, folder, "webhook", url))


FEW, MANY = 2, 10 * len(NAMES - ELSEWHERE)
FAILPOINTS = Proof("failpoints", GOAL, 0, MANY, on_sqlite)
FAILPOINTS_ON_POSTGRES = Proof("failpoints-postgres", GOAL, FEW, MANY, on_postgres, postgres=True)
