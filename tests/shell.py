"""Commands as a person gives them, on a machine that lacks what a test takes away."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


def machine_without(*names: str, folder: Path) -> dict[str, str]:
    """The environment of a machine that has the everyday tools, but not the named ones."""
    folder.mkdir()
    everyday = ("sh", "cat", "cksum", "dirname", "make", "rm", "sed", "tail", "uname", "python3")
    for tool in set(everyday) - set(names):
        (folder / tool).symlink_to(sys.executable if tool == "python3" else str(shutil.which(tool)))
    return {**bare_environment(), "PATH": str(folder)}


def bare_environment() -> dict[str, str]:
    """This machine's environment without what belongs to this run of the tests."""
    ours = ("BOT_", "CI", "PYTEST_", "VIRTUAL_ENV", "PYTHON", "MAKE", "MFLAGS")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def started(*command: str | Path, cwd: Path, env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on until it is stopped, with whatever it began."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=out, stderr=out, start_new_session=True)
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def is_healthy(process: subprocess.Popen[bytes], port: int, seconds: float) -> bool:
    """Whether the program says so before the time is over, or before it has ended."""
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
            except OSError:
                time.sleep(0.1)
    return False
