"""The database: one writer and query-only readers on SQLite, two small pools on PostgreSQL."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from storage.lanes import asked, reading
from storage.writing import Apart, Then, Together, Writing

WRITERS_ON_POSTGRESQL = 4
READERS = 4
"""Threads that read, each with a connection; one more is the event loop's own, which must never wait for one."""

BUSY_SECONDS = 5

READER_KIB = 256
"""So much a reader keeps of the file. It forgets all of it with every commit of the writer's, and the system keeps the
file as well."""

KEPT = 1000
"""So many rows the event loop's session keeps at most."""

T = TypeVar("T")


class _Reading(Session):
    """What was read stays with the session: by itself it forgets what nobody holds, and reads it again. A writing one
    must read again what it locks."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.loaded: list[object] = []
        self.known: dict[str, Any] = {}

    def forget(self) -> None:
        self.expunge_all()
        self.loaded.clear()
        self.known.clear()


@event.listens_for(_Reading, "loaded_as_persistent")
def _keep(session: _Reading, entity: object) -> None:
    session.loaded.append(entity)


def kept(session: Session, name: str, read: Callable[[], T]) -> T:
    """What ``read`` gives, read once where nothing can change meanwhile: in a reading session."""
    if not isinstance(session, _Reading):
        return read()
    if name not in session.known:
        session.known[name] = read()
    return cast("T", session.known[name])


class Database:
    """Where the rows live. ``writers`` is how many transactions may write at once."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.writers = 1
            self._writer = _sqlite(self.url, writing=True)
            self.together: Together | None = Together(self._writer, _begin_to_write)
            self._writing: Writing = self.together
            self._reader = _sqlite(self.url, writing=False)
            self._kept_open = _Reading(self._reader)
            self._state_known = 0
        else:
            self.writers = WRITERS_ON_POSTGRESQL
            self.url = self.url.set(drivername="postgresql+psycopg")
            self._writer = _postgresql(self.url, WRITERS_ON_POSTGRESQL)
            self.together, self._writing = None, Apart(self._writer)
            self._reader = _postgresql(self.url, READERS)

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations."""
        return self._writer

    def writing(self, then: Then = lambda: None) -> AbstractContextManager[Session]:
        """A transaction: committed at its end, after which ``then`` is called; nothing is left of it after an error."""
        return self._writing.transaction(then)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The session of the reading use case that runs here; where none runs, one for as long as this lasts."""
        running = reading.get()
        if running is not None:
            yield running
            return
        with _Reading(self._reader) as session:
            yield session

    @contextmanager
    def reading_at_once(self) -> Iterator[Session]:
        """The event loop's own session of SQLite. It keeps its connection, for to open both and to begin takes longer
        than to read a few rows; and what it has read, for as long as nobody writes. The session believes in one long
        transaction; the database has a short one each time."""
        session = self._kept_open
        begun = session.in_transaction()
        raw: Any = session.connection().connection.dbapi_connection
        if begun:
            raw.execute("BEGIN")
        # The number changes with every commit of somebody else's; to ask for it fixes the instant that is read.
        state = raw.execute("PRAGMA data_version").fetchone()[0]
        if not begun or state != self._state_known or len(session.loaded) > KEPT:
            session.forget()
            self._state_known = state
        try:
            yield session
        except BaseException:
            session.close()
            raise
        raw.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Everything as it stands at one instant, however long one reads."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._reader.connect().execution_options(**level) as connection, connection.begin():
            if not self.is_sqlite:
                # Whoever copies it away may write elsewhere for long between two statements here.
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield connection

    def close(self) -> None:
        if self.is_sqlite:
            self._kept_open.close()
        self._writing.close()
        self._reader.dispose()
        self._writer.dispose()


def _json(value: Any) -> str:
    # As in all JSON, a key that is a number is kept as its digits.
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        # A number with more digits than any of ours: somebody made it up.
        return json.dumps(value)


def _value(stored: Any) -> Any:
    """SQLite keeps JSON that is only a number as that number."""
    if not isinstance(stored, str | bytes):
        return stored
    try:
        return orjson.loads(stored)
    except orjson.JSONDecodeError:
        # What Python's own JSON wrote and no other reads, such as a number that is none.
        return json.loads(stored)


def sqlite_url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def _sqlite(url: URL, *, writing: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=_json,
        json_deserializer=_value,
        poolclass=QueuePool,
        # The writer's own is kept; the other one is for migrations and copies.
        pool_size=2 if writing else READERS + 1,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        if writing:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if not writing:
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{READER_KIB}")
            # The writer alone moves the log into the file: two connections doing so is a known way to corruption.
            connection.execute("PRAGMA wal_autocheckpoint = 0")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if writing:
            _begin_to_write(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_to_write(connection: Connection) -> None:
    _be_patient(connection)
    # A transaction that starts as a reader and then writes may fail with "locked" at once, whatever the timeout.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _be_patient(connection: Connection) -> None:
    """Whoever waited in the lane behind one that waits for a lock has waited for it too. Without this twenty people
    would wait for it one after the other, and be told minutes later that nothing is saved."""
    since = asked.get()
    waited = 0.0 if since is None else time.monotonic() - since
    patience = BUSY_SECONDS if waited < 1 else max(0.0, BUSY_SECONDS - waited)
    if connection.info.get("patience", BUSY_SECONDS) != patience:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(1000 * patience)}")
        connection.info["patience"] = patience


def _postgresql(url: URL, size: int) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        json_serializer=_json,
        json_deserializer=_value,
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"options": "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=10000"},
    )
