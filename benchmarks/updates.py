"""Updates a second: a command that reads and two steps that write durably, beside the bare echoes of two frameworks.
The bot has one core, the messenger and the people the other; what is told are ratios within one run."""

import asyncio
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from benchmarks.crowd import answers, commands, confirmations, settle_in
from benchmarks.messenger import Messenger, Raw
from benchmarks.page import free_port
from benchmarks.row import Row
from benchmarks.running import HEADERS, keep_to_the_other_core, on_the_first_core, running

WARM, EACH, ROUNDS = 200, 360, 5
"""So many updates before anything is measured, then so many in each round."""

EACH_OF_AN_ECHO = 1200
"""It is through with few of them before it is worth looking at."""

READY_SECONDS = 60
READ_GOAL, WRITE_GOAL, TWICE = 0.65, 0.45, 2.0

Rates = list[float]


def measure() -> list[Row]:
    keep_to_the_other_core()
    return asyncio.run(_measured())


async def _measured() -> list[Row]:
    """In turn, several times: one short sample says as much about what else the machine was doing as about the bot."""
    async with Messenger() as messenger, AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        contest = settle_in(folder)
        echo = await stack.enter_async_context(_echo("benchmarks.echo_of_aiogram", messenger.url))
        other = await stack.enter_async_context(_echo("benchmarks.echo_of_ptb", messenger.url))
        ours = (await stack.enter_async_context(running(folder, messenger.url))).address
        loads = [
            (echo, cycle(commands()), EACH_OF_AN_ECHO),
            (other, cycle(commands()), EACH_OF_AN_ECHO),
            (ours, commands(), EACH),
            (ours, confirmations(), EACH),
            (ours, answers(contest), EACH),
        ]
        for address, updates, _ in loads:
            await messenger.drive(address, HEADERS, islice(updates, WARM))
        rounds = [[await _rate(messenger, *load) for load in loads] for _ in range(ROUNDS)]
    aiogram, ptb, read, confirmed, answered = ([rates[place] for rates in rounds] for place in range(len(loads)))
    written = [min(pair) for pair in zip(confirmed, answered, strict=True)]
    reading, writing, twice = _share(read, aiogram), _share(written, aiogram), _share(written, ptb)
    return [
        _told("updates/s, bare aiogram echo", aiogram),
        _told("updates/s, python-telegram-bot echo", ptb),
        _told("updates/s, /due", read),
        _told("updates/s, confirming a report", confirmed),
        _told("updates/s, an answer in a contest", answered),
        Row("a command that reads, of the aiogram echo", reading, f">= {READ_GOAL}", reading >= READ_GOAL),
        Row("a step that writes durably, of the aiogram echo", writing, f">= {WRITE_GOAL}", writing >= WRITE_GOAL),
        Row("a step that writes durably, of the other echo", twice, f">= {TWICE}", twice >= TWICE),
    ]


def _told(what: str, rates: Rates) -> Row:
    return Row(f"{what} ({min(rates):.0f} to {max(rates):.0f})", median(rates), "", True)


def _share(ours: Rates, theirs: Rates) -> float:
    return median(one / other for one, other in zip(ours, theirs, strict=True))


async def _rate(messenger: Messenger, address: str, updates: Iterator[Raw], many: int) -> float:
    return (await messenger.drive(address, HEADERS, list(islice(updates, many)))).rate


@asynccontextmanager
async def _echo(module: str, messenger_url: str) -> AsyncIterator[str]:
    port = free_port()
    process = on_the_first_core([sys.executable, "-m", module, str(port), messenger_url], {})
    try:
        ends = time.perf_counter() + READY_SECONDS
        while not await asyncio.to_thread(_answers, port):
            if time.perf_counter() > ends:
                raise RuntimeError("the echo did not open")
            await asyncio.sleep(0.1)
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
