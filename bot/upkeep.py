"""Commands that work on the database without running the bot."""

import contextlib
import os
import re
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError

import storage.tables
from bot.demo.filling import remove_half_filled
from bot.folder import make_usable
from bot.lock import FolderLock
from bot.settings import Mode, Settings, SettingsError
from services.calendar import Calendar
from services.clock import SystemClock
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import NewerDatabase, head, write_revision
from storage.migrate import migrate as bring_up
from storage.unit_of_work import Store

assert storage.tables is not None  # noqa: S101 - imported so that every table is known

HALF_WRITTEN_KEPT = timedelta(hours=1)
"""Longer than any process takes to write a file."""


def open_database(settings: Settings) -> Database:
    """The database, brought up to date. Raises SettingsError where none answers or it is a newer release's."""
    url = settings.database_url.get_secret_value() if settings.database_url is not None else None
    database = Database(url or sqlite_url(settings.folder / "bot.sqlite3"))
    try:
        bring_up(database)
    except OperationalError:
        database.close()
        if url is None:
            raise
        raise SettingsError(
            "BOT_DATABASE_URL: no database answers there: is it running, and may this user in?"
        ) from None
    except NewerDatabase:
        database.close()
        raise SettingsError("the database was written by a newer release than this one") from None
    return database


def prepare(settings: Settings) -> None:
    """Do in a child process what is done once: its imports weigh as much as a sixth of an idle bot, and go with it.

    The start does again, in its own process, whatever could not be done here, and says why not. Raises SettingsError
    when the folder of the data is of no use.
    """
    make_usable(settings.folder)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    with contextlib.suppress(Exception):
        _prepare(settings)
    # Without the exit handlers and buffers of the program this is a copy of.
    os._exit(0)


def _prepare(settings: Settings) -> None:
    lock = FolderLock(settings.folder)
    if settings.database_url is None:
        lock.take()
    if settings.run_mode is Mode.DEMO:
        remove_half_filled(settings.folder)
    FileStore(settings.folder / "files").sweep(SystemClock().now() - HALF_WRITTEN_KEPT)
    database = open_database(settings)
    clock = SystemClock(settings.clock_offset_file)
    calendar = Calendar(Store(database).work, clock, settings.zone, settings.locale)
    if years := calendar.wanted():
        calendar.add(calendar.read(years))
    database.close()


def migrate(settings: Settings) -> None:
    make_usable(settings.folder)
    open_database(settings).close()


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
