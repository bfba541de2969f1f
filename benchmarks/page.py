"""The first page, the memory of an idle bot, and how long a reply on the chat page takes: as a newcomer gets them, in a
copy of this folder with the packages of running alone."""

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.row import Row

ROOT = Path(__file__).parents[1]
FRESH_PAGE_SECONDS = 60
FIRST_PAGE_SECONDS = 6
IDLE_MEGABYTES = 120
REPLY_MILLISECONDS = 200
REPLIES = 200
SETTLES_SECONDS = 4
FILLS_SECONDS = 120


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        copy = _copied(Path(folder) / "copy")
        with _running(["make", "run"], copy, copy / "data") as (_, fresh_seconds, _):
            pass
        data, command = copy / "data-of-a-bot", [".venv/bin/python", "-m", "bot", "run"]
        with _running(command, copy, data) as (_, first_seconds, process):
            _filled(data)
            time.sleep(SETTLES_SECONDS)
            first_megabytes = _resident(process.pid)
        with _running(command, copy, data) as (port, seconds, process):
            replies = _replies(port)
            time.sleep(SETTLES_SECONDS)
            megabytes = _resident(process.pid)
    p95 = statistics.quantiles(replies, n=20)[-1] * 1000
    most = max(megabytes, first_megabytes)
    first = max(seconds, first_seconds)
    return [
        Row(
            "first page of `make run`, fresh copy, packages cached (s)",
            fresh_seconds,
            f"<= {FRESH_PAGE_SECONDS}",
            fresh_seconds <= FRESH_PAGE_SECONDS,
        ),
        Row("first page after start, installed (s)", first, f"<= {FIRST_PAGE_SECONDS}", first <= FIRST_PAGE_SECONDS),
        Row("memory of an idle bot, first life or later (MB)", most, f"<= {IDLE_MEGABYTES}", most <= IDLE_MEGABYTES),
        Row(f"reply on the chat page, p95 of {REPLIES} (ms)", p95, f"< {REPLY_MILLISECONDS}", p95 < REPLY_MILLISECONDS),
    ]


def _copied(copy: Path) -> Path:
    """The files a clone would have, as they stand here."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    return copy


@contextmanager
def _running(command: list[str], house: Path, data: Path) -> Iterator[tuple[int, float, subprocess.Popen[bytes]]]:
    port = free_port()
    settings = {"BOT_MODE": "demo", "BOT_DATA_DIR": str(data), "BOT_HTTP_PORT": str(port)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=house, env={**os.environ, **settings}, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _page_opens(port):
            if process.poll() is not None:
                raise RuntimeError("the bot ended before its page opened")
            time.sleep(0.02)
        yield port, time.perf_counter() - started, process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _filled(folder: Path) -> None:
    """Wait until the demo is filled: a bot that does so is not idle."""
    ends = time.perf_counter() + FILLS_SECONDS
    while any(folder.glob("demo/*/filling")):
        if time.perf_counter() > ends:
            raise RuntimeError("the demo was not filled in time")
        time.sleep(0.1)


def _replies(port: int) -> list[float]:
    """Seconds from sending a command to its answer being in the page's stream."""
    waiting, sending = HTTPConnection("127.0.0.1", port), HTTPConnection("127.0.0.1", port)
    seq, times = 0, []
    for _ in range(REPLIES):
        started = time.perf_counter()
        _say(sending, "/menu")
        while True:
            news = _get(waiting, f"/as/member/events?after={seq}")
            seq = news["seq"]
            if any(not message["mine"] for message in news["messages"]):
                break
        times.append(time.perf_counter() - started)
    return times


def _say(connection: HTTPConnection, text: str) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": text})
    connection.request("POST", "/as/member/say", body, {"X-Chat": "1", "Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the page answered {answer.status}")


def _get(connection: HTTPConnection, path: str) -> dict:  # type: ignore[type-arg]  # plain JSON of the page
    connection.request("GET", path)
    return dict(json.loads(connection.getresponse().read()))


def _page_opens(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/as/member/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
