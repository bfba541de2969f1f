"""A PostgreSQL database of a test's own, on the server that this machine has."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from storage.engine import Database
from storage.migrate import migrate
from tests import machine


@contextmanager
def own_database(*, lasting: bool = True) -> Iterator[str]:
    """The address of an empty database, dropped at the end. Without ``lasting`` nobody waits for the server's disk:
    whether it is reached is not for every test to prove."""
    server = machine.postgres_url()
    assert server is not None
    name = f"biaoshuai_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        if not lasting:
            connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def own_migrated_database() -> Iterator[str]:
    """The same with every table in it, and without waiting for the disk."""
    with own_database(lasting=False) as url:
        database = Database(url)
        migrate(database)
        database.close()
        yield url
