"""Bringing the schema to this program's version. Alembic is imported only when there is something to do."""

from pathlib import Path

from sqlalchemy import inspect, text

from storage.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """The database was written by a newer release than this one."""


def head() -> str:
    """The newest revision: files are named by their revision, which sorts."""
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(database: Database, target: str | None = None) -> bool:
    """Bring the schema to ``target`` (the newest by default). Gives back whether anything was done.

    Raises NewerDatabase rather than touching what it does not know.
    """
    current, wanted = revision(database), target or head()
    if current == wanted:
        return False
    if current is not None and current > head():
        raise NewerDatabase(current)
    from alembic import command

    config = _config(database)
    if target is not None and current is not None and target < current:
        command.downgrade(config, target)
    elif target == "base":
        command.downgrade(config, "base")
    else:
        command.upgrade(config, wanted)
    return True


def write_revision(database: Database, number: str, slug: str) -> None:
    """A new migration from what the tables in the code have and the database has not."""
    from alembic import command

    config = _config(database)
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    command.revision(config, slug, autogenerate=True, rev_id=number)


def _config(database: Database):  # type: ignore[no-untyped-def]  # alembic is not imported at module level
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = database.engine
    return config
