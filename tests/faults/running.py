"""The bot as a process of its own, which a test may kill, and start again over the same data."""

import asyncio
import atexit
import json
import os
import re
import signal
import socket
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.faults.seed import sow

READY_SECONDS = 30


class Running:
    """One bot over one folder (and perhaps one database), through as many lives as the test gives it. A demo has the
    small organisation in it, unless ``living`` asks for the campaign that people see."""

    def __init__(self, folder: Path, *, living: bool = False, **settings: str) -> None:
        self._living = living
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        self._settings = {"BOT_DATA_DIR": str(folder / "data"), "BOT_HTTP_PORT": str(self.port), **settings}
        self._process: int | None = None

    def set_up(self, **settings: str) -> None:
        """More settings, for all lives."""
        self._settings |= settings

    async def start(self, failpoint: str = "", **settings: str) -> None:
        """Start a life that may end at a failpoint, and wait until the page opens (or until it has died of it)."""
        environment = self._environment(settings) | {"BOT_FAILPOINT": failpoint}
        self.folder.mkdir(parents=True, exist_ok=True)
        if environment.get("BOT_MODE", "demo") == "demo" and not self._living and "BOT_TOKEN" not in environment:
            language = environment.get("BOT_LOCALE", "zh")
            sow(Path(environment["BOT_DATA_DIR"]) / "demo" / language, language)
        self._process = int(_ask({"start": environment, "log": str(self.log)}))
        async with asyncio.timeout(READY_SECONDS):
            while self.is_alive and not await self._answers():
                await asyncio.sleep(0.02)

    async def command(self, *arguments: str, failpoint: str = "", **settings: str) -> int:
        """Run another command of the program beside the bot, to its end; gives back its exit code."""
        environment = self._environment(settings) | {"BOT_FAILPOINT": failpoint}
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *arguments, env=environment, stdout=log, stderr=log
            )
            return await process.wait()

    async def died(self) -> int:
        """Wait for the end of this life; gives back its exit code (negative: the signal)."""
        async with asyncio.timeout(READY_SECONDS):
            while (code := self._ended()) is None:
                await asyncio.sleep(0.02)
            return code

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.died()

    async def stop(self) -> int:
        """SIGTERM, and wait."""
        self.signal(signal.SIGTERM)
        return await self.died()

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        return {**inherited, **self._settings, **settings}

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._ended() is None

    def _ended(self) -> int | None:
        code = _ask({"poll": self._process})
        return None if code is None else int(code)

    def signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._ended() is None:
            os.kill(self._process, number)

    def logged(self) -> str:
        return self.log.read_text(encoding="utf-8")

    async def _answers(self) -> bool:
        try:
            async with ClientSession() as client, client.get(f"{self.url}/healthz") as response:
                return response.status == 200
        except (ClientError, OSError):
            return False


@lru_cache
def _nursery() -> subprocess.Popen[str]:
    """One process that has imported the program, for all bots of this run; it ends with the run."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.preloaded"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_close, server)
    return server


def _close(server: subprocess.Popen[str]) -> None:
    if server.stdin is not None and server.stdout is not None:
        server.stdin.close()
        server.stdout.close()
    server.wait(10)


def _ask(request: dict[str, Any]) -> Any:
    server = _nursery()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(request) + "\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline())


def numbers(texts: list[str]) -> list[str]:
    """The problem numbers that stand in what people were told."""
    return re.findall(r"WT-\d{4}-\d{6}", "\n".join(texts))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
