"""A bot on the first core; the messenger and the people are on the other."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.messenger import TOKEN
from benchmarks.page import ROOT, free_port
from platforms.telegram.webhook import PATH, SECRET_HEADER

SECRET = "s3cret-of-the-benchmarks-32-characters"
HEADERS = {SECRET_HEADER: SECRET}
READY_SECONDS = 120
PROGRAM = ("-m", "bot", "run")


@dataclass
class Running:
    """``seconds`` is how long it took from its start until it said that it is ready."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"

    def megabytes(self) -> float:
        return status_of(self.process.pid, "VmRSS") / 1024

    def handles(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


@asynccontextmanager
async def running(
    folder: Path, messenger_url: str, program: Sequence[str] = PROGRAM, **settings: str
) -> AsyncIterator[Running]:
    """A bot behind a webhook on the data in this folder, from ready to gone."""
    port = free_port()
    given = {
        "BOT_MODE": "webhook",
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": messenger_url,
        "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "BOT_WEBHOOK_SECRET": SECRET,
        "BOT_DATA_DIR": str(folder),
        "BOT_HTTP_PORT": str(port),
        **settings,
    }
    began = time.perf_counter()
    process = on_the_first_core([sys.executable, *program], given)
    try:
        while not await asyncio.to_thread(_is_ready, port):
            if process.poll() is not None or time.perf_counter() - began > READY_SECONDS:
                raise RuntimeError("the bot did not become ready")
            await asyncio.sleep(0.02)
        yield Running(process, port, time.perf_counter() - began)
    finally:
        process.terminate()
        # Waited for beside the loop: until it is gone it may still want an answer from the messenger here.
        await asyncio.to_thread(process.wait, 60)


def on_the_first_core(command: Sequence[str], settings: dict[str, str]) -> subprocess.Popen[bytes]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return subprocess.Popen(
        ["taskset", "-c", "0", *command], cwd=ROOT, env={**inherited, **settings}, stderr=subprocess.DEVNULL
    )


def keep_to_the_other_core() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def status_of(pid: int, name: str) -> int:
    """A number that the kernel tells of a process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
