"""Killed at any moment, with everybody at work: nothing that was confirmed is lost, and nothing happens twice."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from schedules.sender import WINDOW
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work import books
from tests.faults.proofs.work.workload import Workload
from tests.faults.site import Site
from tests.postgres import own_database

UNDER_WAY = sum(WINDOW.values())
"""So many messages a bot has under way at most."""

RECIPIENTS_PER_KILL, MOST_RECIPIENTS = 20, 2000
FIRST, LAST = 0.1, 3.0
"""A life lasts so many seconds, any time in between."""

GENTLE = 10
"""So many kills lie between two stops by SIGTERM."""

DAY = 8
"""So many lives are a day of the bot's own."""

READY_SECONDS, STOP_SECONDS = 10, 25
TIME_FACTOR = 0.02


@dataclass
class Lives:
    """``ends`` holds, for each life, where the ledger stood at its end and whether it was killed."""

    ends: list[tuple[int, bool]] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    async def start(self, site: Site) -> None:
        began = time.monotonic()
        await site.start()
        self.starts.append(time.monotonic() - began)
        self.broken += books.broken(site)

    async def stop(self, site: Site) -> None:
        began = time.monotonic()
        await site.bot.stop()
        self.stops.append(time.monotonic() - began)

    def copies(self, places: list[int]) -> tuple[int, int]:
        """The most copies that one kill brought, and how many the gentle stops brought."""
        of_end = [0] * len(self.ends)
        for place in places:
            of_end[next((life for life, (end, _) in enumerate(self.ends) if end > place), len(self.ends) - 1)] += 1
        of_kills = [count for count, (_, killed) in zip(of_end, self.ends, strict=True) if killed]
        return max(of_kills, default=0), sum(of_end) - sum(of_kills)


async def live_and_die(site: Site, work: Workload, kills: int, dice: random.Random) -> Lives:
    lives = Lives()
    killed = 0
    life = 0
    while killed < kills:
        life += 1
        await lives.start(site)
        await asyncio.sleep(dice.uniform(FIRST, LAST))
        gentle = life % (GENTLE + 1) == 2
        if gentle:
            await lives.stop(site)
        else:
            await site.bot.kill()
            killed += 1
        lives.ends.append((len(site.api.calls), not gentle))
        work.next_moment()
        if life % DAY == 0:
            work.next_day()
    await lives.start(site)
    return lives


async def _run(n: int, folder: Path, transport: str, url: str | None) -> Outcome:
    async with BotApi(time_factor=TIME_FACTOR) as api:
        site = Site(folder, api, transport, url)
        work = Workload(site, min(MOST_RECIPIENTS, RECIPIENTS_PER_KILL * n))
        async with asyncio.TaskGroup() as group:
            group.create_task(work.run())
            lives = await live_and_die(site, work, n, random.Random(n))
            work.end()
        return await settled(n, site, work, lives)


async def settled(n: int, site: Site, work: Workload, lives: Lives) -> Outcome:
    """Let the bot say what it still has to say, and judge."""
    await books.all_said(site)
    await lives.stop(site)
    found = books.close(site, work)
    most, gentle = lives.copies(found.copies)
    lost = [*found.lost, *lives.broken, *site.api.complaints]
    acknowledged = sum(len(one.acknowledged) for one in (*work.reporters, *work.sitters, *work.dispatchers))
    held = not lost and not found.doubled and most <= UNDER_WAY and gentle == 0
    held = held and max(lives.starts) <= READY_SECONDS and max(lives.stops) <= STOP_SECONDS
    value = (
        f"{acknowledged} acknowledged, {len(lost)} lost, {len(found.doubled)} doubled; {len(found.copies)} messages "
        f"twice by {n} kills (at most {most} by one), {gentle} by {len(lives.stops)} stops; "
        f"ready in {max(lives.starts):.1f} s, stopped in {max(lives.stops):.1f} s"
    )
    return Outcome("; ".join([value, *lost[:3], *found.doubled[:3]]), held)


def on_sqlite(n: int, folder: Path) -> Outcome:
    return asyncio.run(_run(n, folder, "polling", None))


def on_postgres(n: int, folder: Path) -> Outcome:
    with own_database() as url:
        return asyncio.run(_run(n, folder, "webhook", url))


GOAL = (
    f"0 lost, 0 doubled, at most {UNDER_WAY} messages twice by a kill and 0 by a stop, ready in 10 s, stopped in 25 s"
)
KILLS = Proof("kills", GOAL, few=2, many=100, run=on_sqlite)
KILLS_ON_POSTGRES = Proof("kills-postgres", GOAL, few=1, many=100, run=on_postgres, postgres=True)
