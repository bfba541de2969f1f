"""The folder of the data, tried out before anything begins: one that cannot be used is told in one line."""

import errno
from pathlib import Path

from bot.settings import SettingsError

ROOM = 1024 * 1024
"""Bytes that must fit onto the disk: the least with which a start is of any use."""


def make_usable(folder: Path) -> None:
    """Make the folder and write into it. Raises SettingsError."""
    trial = folder / "trial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(bytes(ROOM))
        trial.unlink()
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            trial.unlink(missing_ok=True)
            raise SettingsError(f"BOT_DATA_DIR: the disk with {folder} is full: make room, then start again") from None
        raise SettingsError(
            f"BOT_DATA_DIR: nothing can be written to {folder} ({error.strerror}): "
            "name a folder that belongs to the user who runs the program"
        ) from None
