"""The database of a demo that has only the small organisation in it, made once and copied."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import services as use_cases
from bot.services import Services
from services.clock import SystemClock
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests import sample


def sow(folder: Path, language: str) -> None:
    """Put it into the demo's folder, unless there is one."""
    target = folder / "bot.sqlite3"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_seed(language), target)


@lru_cache
def _seed(language: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="seed-"))
    with use_cases_over(folder, language) as services:
        services.people.found(sample.organisation(language))
    return folder / "bot.sqlite3"


@contextmanager
def use_cases_over(folder: Path, language: str) -> Iterator[Services]:
    """What people can do, over the data of a bot that does not run."""
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    try:
        migrate(database)
        work, files = Store(database).work, FileStore(folder / "files")
        yield use_cases.build(work, SystemClock(), ZoneInfo("Asia/Shanghai"), language, files)
    finally:
        database.close()
