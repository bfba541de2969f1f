"""A migrated PostgreSQL database of a proof's own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from storage.engine import Database
from storage.migrate import migrate
from tests import machine


@contextmanager
def own_database() -> Iterator[str]:
    """Its address, for as long as it is needed. Whether the server reaches its disk is not for a proof to say."""
    server = machine.postgres_url()
    assert server is not None
    name = f"biaoshuai_proof_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    url = f"{server.rpartition('/')[0]}/{name}"
    try:
        database = Database(url)
        migrate(database)
        database.close()
        yield url
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
