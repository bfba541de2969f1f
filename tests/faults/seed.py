"""The database of a demo that has only the small organisation in it, made once and copied."""

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import services as use_cases
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
    path = folder / "bot.sqlite3"
    database = Database(sqlite_url(path))
    migrate(database)
    files = FileStore(folder / "files")
    services = use_cases.build(Store(database).work, SystemClock(), ZoneInfo("Asia/Shanghai"), language, files)
    services.people.found(sample.organisation(language))
    database.close()
    return path
