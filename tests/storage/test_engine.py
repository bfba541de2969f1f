"""What SQLite must be told so that a commit is a commit."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.engine import Database


def pragma(database: Database, name: str, *, reading: bool) -> object:
    with database.reading() if reading else database.writing() as session:
        return session.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.parametrize(("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_the_writer_is_durable_and_strict(sqlite: Database, name: str, value: object) -> None:
    assert pragma(sqlite, name, reading=False) == value


def test_a_reader_cannot_write(sqlite: Database) -> None:
    with sqlite.reading() as session, pytest.raises(OperationalError):
        session.execute(text("DELETE FROM unit"))


def test_a_writing_transaction_holds_the_lock_from_its_first_statement(sqlite: Database) -> None:
    with sqlite.writing() as session:
        session.execute(text("SELECT 1"))
        path = sqlite.url.database
        assert path is not None
        with (
            closing(sqlite3.connect(path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
