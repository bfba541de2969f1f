"""A bot by webhook for a crowd at work: one process on SQLite, or replicas of it on one PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from tests.faults.botapi.server import BotApi
from tests.faults.proofs.kills import TIME_FACTOR
from tests.faults.running import Running
from tests.faults.site import Site
from tests.postgres import own_database


@asynccontextmanager
async def installed(folder: Path, replicas: int) -> AsyncIterator[tuple[Site, Sequence[Running]]]:
    """The processes are not started yet: the crowd is brought in first."""
    with own_database() if replicas > 1 else nullcontext() as url:
        async with BotApi(time_factor=TIME_FACTOR) as api:
            site = Site(folder, api, "webhook", url)
            bots = [site.bot, *(site.process(f"replica-{place}") for place in range(1, replicas))]
            try:
                yield site, bots
            finally:
                for bot in bots:
                    if bot.is_alive:
                        await bot.kill()
