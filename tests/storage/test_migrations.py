"""The schema: what the migrations make is what the code maps, and every step goes up, down and up again."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import storage.tables
from storage.base import metadata
from storage.engine import Database, sqlite_url
from storage.migrate import MIGRATIONS, head, migrate, revision

assert storage.tables is not None


def test_the_migrated_schema_is_the_mapped_one(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_migration_goes_up_down_and_up_again(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "stairs.sqlite3"))
    for path in sorted((MIGRATIONS / "versions").glob("[0-9]*.py")):
        step = path.stem.partition("_")[0]
        migrate(database, step)
        migrate(database, "base")
        migrate(database, step)
        assert revision(database) == step
    assert revision(database) == head()
    database.close()


def test_nothing_is_left_after_the_way_down(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "down.sqlite3"))
    migrate(database)
    migrate(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.close()


def test_a_database_that_is_up_to_date_is_left_alone(database: Database) -> None:
    assert migrate(database) is False
