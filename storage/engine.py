"""The database: one writer and query-only readers on SQLite, two small pools on PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

WRITERS_ON_POSTGRESQL = 4
READERS = 4
"""Threads that read, each with a connection; one more is the event loop's own, which must never wait for one."""

BUSY_SECONDS = 5


class _Reading(Session):
    """What was read stays with the session to its end: by itself it forgets what nobody holds, and reads it again. A
    writing one must read again what it locks."""


@event.listens_for(_Reading, "loaded_as_persistent")
def _keep(session: Session, entity: object) -> None:
    session.info.setdefault("kept", []).append(entity)


class Database:
    """Where the rows live. ``writers`` is how many transactions may write at once."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.writers = 1
            self._writer = _sqlite(self.url, writing=True)
            self._reader = _sqlite(self.url, writing=False)
        else:
            self.writers = WRITERS_ON_POSTGRESQL
            self.url = self.url.set(drivername="postgresql+psycopg")
            self._writer = _postgresql(self.url, WRITERS_ON_POSTGRESQL)
            self._reader = _postgresql(self.url, READERS)

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations."""
        return self._writer

    def session(self, *, reading: bool) -> Session:
        if reading:
            return _Reading(self._reader, expire_on_commit=False)
        return Session(self._writer, expire_on_commit=False)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Everything as it stands at one instant, however long one reads."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._reader.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


def sqlite_url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def _sqlite(url: URL, *, writing: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1 if writing else READERS + 1,
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
            # The writer alone moves the log into the file: two connections doing so is a known way to corruption.
            connection.execute("PRAGMA wal_autocheckpoint = 0")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A transaction that starts as a reader and then writes may fail with "locked" at once, whatever the timeout.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgresql(url: URL, size: int) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"options": "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=30000"},
    )
