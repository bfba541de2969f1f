"""One process on an SQLite file: a second one would answer people twice and corrupt the file."""

import fcntl
from pathlib import Path
from typing import IO


class AlreadyRunning(Exception):
    """Another process holds the folder."""


class FolderLock:
    """Held as long as the process lives; the system lets go of it whatever way the process ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises AlreadyRunning when somebody else has it."""
        self._file = self._path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise AlreadyRunning(
                f"BOT_DATA_DIR: another bot is running on the data in {self._path.parent}: "
                "stop it, or name another folder"
            ) from None

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
