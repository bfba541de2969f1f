"""Commands that work on the database without running the bot."""

import re
import tempfile
from pathlib import Path

import storage.tables
from bot.settings import Settings
from storage.engine import Database, sqlite_url
from storage.migrate import head, write_revision
from storage.migrate import migrate as bring_up

assert storage.tables is not None  # noqa: S101 - imported so that every table is known


def open_database(settings: Settings) -> Database:
    if settings.database_url is not None:
        return Database(settings.database_url.get_secret_value())
    settings.folder.mkdir(parents=True, exist_ok=True)
    return Database(sqlite_url(settings.folder / "bot.sqlite3"))


def migrate(settings: Settings) -> None:
    database = open_database(settings)
    try:
        bring_up(database)
    finally:
        database.close()


def new_migration(what: str) -> None:
    """Compare the tables in the code with a database at the newest revision and write the difference."""
    slug = re.sub(r"\W+", "_", what.strip().lower()).strip("_")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "compare.sqlite3"))
        try:
            try:
                newest = head()
            except ValueError:
                newest = "0000"
            else:
                bring_up(database)
            write_revision(database, f"{int(newest) + 1:04d}", slug)
        finally:
            database.close()
