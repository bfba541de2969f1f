"""How Alembic reaches the database it was handed, in one transaction and under one lock."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import text

import storage.tables
from domain.failpoints import reach
from storage.base import EnumText, FrozenJson, UtcDateTime, metadata

LOCK = 726_001
"""Two processes starting at once must not migrate at once."""


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration names the database's own types, so that it stays readable when ours change."""
    if kind == "type" and isinstance(item, EnumText):
        return f"sa.String(length={item.impl.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, FrozenJson):
        return "sa.JSON()"
    return False


def _applied(*_: Any, **_step: Any) -> None:
    reach("mid_migration")


def run() -> None:
    with context.config.attributes["engine"].begin() as connection:
        if connection.dialect.name == "postgresql":
            # A large table takes its time, also for whoever waits until another process is done with it.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
            render_item=_render,
            on_version_apply=_applied,
        )
        context.run_migrations()


assert storage.tables is not None  # noqa: S101 - imported so that every table is known
run()
