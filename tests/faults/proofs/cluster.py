"""A PostgreSQL server of a proof's own, which may be stopped: never the one that others use."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
"""The server refuses to run as root."""


class Cluster:
    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self.url = f"postgresql://{OWNER}@localhost:{port}/postgres"

    def create(self) -> None:
        _as_owner("initdb", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "-D", str(self._folder / "data"))
        self.start()

    def start(self) -> None:
        options = f"-p {self._port} -c listen_addresses=localhost -c unix_socket_directories={self._folder}"
        self._control("start", "-o", options, "-l", str(self._folder / "log"))

    def stop(self, mode: str = "immediate") -> None:
        """``fast`` ends all connections, ``immediate`` is as good as a crash."""
        self._control("stop", "-m", mode)

    def _control(self, deed: str, *arguments: str) -> None:
        _as_owner("pg_ctl", deed, "-w", "-D", str(self._folder / "data"), *arguments)


@contextmanager
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    server = Cluster(folder, _free_port())
    try:
        server.create()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder)


def _as_owner(program: str, *arguments: str) -> None:
    found = shutil.which(program) or str(next(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))
    before = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*before, found, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
