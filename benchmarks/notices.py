"""A notice to a few thousand people: how fast it goes without a limit, and how well a limit is used and kept."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.listening import Heard, Listening
from benchmarks.page import ROOT
from benchmarks.row import Row
from benchmarks.running import keep_to_the_other_core, running
from benchmarks.town import Town
from domain.deliveries import Stream
from schedules.sender import WIDE_WINDOW

ROUNDS = 3
UNLIMITED = 5000
LIMITED = {30: 600, 1000: 10_000}
"""How many messages at which limit."""

READY_WITHIN = timedelta(seconds=12)
OF_BARE, OF_ALLOWED = 0.6, 0.98


def measure() -> list[Row]:
    keep_to_the_other_core()
    return asyncio.run(_measured())


async def _measured() -> list[Row]:
    """In turn, several times, both heard by the same messenger: one short sample says as much about what else the
    machine was doing as about either of them."""
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(await _bare())
        ours.append((await sent(UNLIMITED, 0)).rate)
    share = median(one / other for one, other in zip(ours, bare, strict=True))
    rows = [
        Row(f"messages/s, a bare loop ({_spread(bare)})", median(bare), "", True),
        Row(f"messages/s, a notice without a limit ({_spread(ours)})", median(ours), "", True),
        Row("a notice without a limit, of the bare loop", share, f">= {OF_BARE}", share >= OF_BARE),
    ]
    for limit, many in LIMITED.items():
        heard = [await sent(many, limit) for _ in range(ROUNDS)]
        shares = [one.rate / limit for one in heard]
        refused = sum(one.refused for one in heard)
        rows += [
            Row(
                f"a notice at {limit}/s, of what is allowed ({_spread(shares)})",
                median(shares),
                f">= {OF_ALLOWED}",
                median(shares) >= OF_ALLOWED,
            ),
            Row(f"a notice at {limit}/s, refused as too fast", refused, "0", refused == 0),
        ]
    return rows


def _spread(values: Sequence[float]) -> str:
    return f"{min(values):.3g} to {max(values):.3g}"


async def _bare() -> float:
    async with Listening() as messenger:
        in_flight = WIDE_WINDOW[Stream.BULK]
        command = ["taskset", "-c", "0", sys.executable, "-m", "benchmarks.bare_messages", messenger.url]
        process = await asyncio.create_subprocess_exec(*command, str(UNLIMITED), str(in_flight), cwd=ROOT)
        await process.wait()
        if len(messenger.heard.told) != UNLIMITED:
            raise RuntimeError(f"only {len(messenger.heard.told)} of {UNLIMITED} bare messages came")
        return messenger.heard.rate


async def sent(many: int, limit: int) -> Heard:
    """A notice to so many people, and what the messenger heard of it."""
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), many)
        town.set_clock(town.start_notice() - READY_WITHIN)
        async with (
            Listening(limit) as messenger,
            running(town.folder, messenger.url, BOT_MESSAGE_RATE=str(limit), **town.settings),
        ):
            if not await messenger.until(many, 60 + many / (limit or 100)):
                raise RuntimeError(f"only {len(messenger.heard.told)} of {many} messages came")
            return messenger.heard
