"""Updates a second: a command that reads and two steps that write durably, beside the bare echoes of two frameworks.
The bot has one core, the messenger and the people the other; what is told are ratios within one run."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crowd import answers, commands, confirmations, settle_in
from benchmarks.messenger import TOKEN, Load, Messenger, Raw
from benchmarks.page import ROOT, free_port
from benchmarks.row import Row
from platforms.telegram.webhook import PATH, SECRET_HEADER

SECRET = "s3cret-of-the-benchmarks-32-characters"
WARM, MEASURED = 200, 1500
READY_SECONDS = 60
READ_GOAL, WRITE_GOAL, TWICE = 0.65, 0.45, 2.0


def measure() -> list[Row]:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return asyncio.run(_measured())


async def _measured() -> list[Row]:
    async with Messenger() as messenger:
        aiogram = await _echo(messenger, "benchmarks.echo_of_aiogram")
        ptb = await _echo(messenger, "benchmarks.echo_of_ptb")
        read, confirmed, answered = await _ours(messenger)
    reading, writing = read / aiogram, min(confirmed, answered) / aiogram
    twice = min(confirmed, answered) / ptb
    return [
        Row("updates/s, bare aiogram echo", aiogram, "", True),
        Row("updates/s, python-telegram-bot echo", ptb, "", True),
        Row("updates/s, /due", read, "", True),
        Row("updates/s, confirming a report", confirmed, "", True),
        Row("updates/s, an answer in a contest", answered, "", True),
        Row("a command that reads, of the aiogram echo", reading, f">= {READ_GOAL}", reading >= READ_GOAL),
        Row("a step that writes durably, of the aiogram echo", writing, f">= {WRITE_GOAL}", writing >= WRITE_GOAL),
        Row("a step that writes durably, of the other echo", twice, f">= {TWICE}", twice >= TWICE),
    ]


async def _echo(messenger: Messenger, module: str) -> float:
    port = free_port()
    with _on_the_first_core([sys.executable, "-m", module, str(port), messenger.url], {}):
        await _open(port)
        return (await _driven(messenger, f"http://127.0.0.1:{port}/webhook", list(commands()))).rate


async def _ours(messenger: Messenger) -> tuple[float, float, float]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        contest = settle_in(Path(folder))
        settings = {
            "BOT_MODE": "webhook",
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": messenger.url,
            "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "BOT_WEBHOOK_SECRET": SECRET,
            "BOT_DATA_DIR": folder,
            "BOT_HTTP_PORT": str(port),
        }
        with _on_the_first_core([sys.executable, "-m", "bot", "run"], settings):
            await _open(port)
            address = f"http://127.0.0.1:{port}{PATH}"
            kinds = (list(commands()), list(confirmations()), list(answers(contest)))
            loads = [await _driven(messenger, address, updates) for updates in kinds]
    return loads[0].rate, loads[1].rate, loads[2].rate


async def _driven(messenger: Messenger, address: str, updates: list[Raw]) -> Load:
    headers = {SECRET_HEADER: SECRET}
    await messenger.drive(address, headers, updates[:WARM])
    return await messenger.drive(address, headers, updates[WARM : WARM + MEASURED])


@contextmanager
def _on_the_first_core(command: list[str], settings: dict[str, str]) -> Iterator[None]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    pinned = ["taskset", "-c", "0", *command]
    process = subprocess.Popen(pinned, cwd=ROOT, env={**inherited, **settings}, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


async def _open(port: int) -> None:
    ends = time.perf_counter() + READY_SECONDS
    while not await asyncio.to_thread(_answers, port):
        if time.perf_counter() > ends:
            raise RuntimeError("the bot did not open")
        await asyncio.sleep(0.1)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
