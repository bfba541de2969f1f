"""What every table stands on: one metadata, one registry, and column types that keep times and enums honest."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Select, String, Table
from sqlalchemy.orm import Session, registry
from sqlalchemy.types import TypeDecorator

from storage.prepared import Prepared

Q = TypeVar("Q", bound=Select[Any])
Entity = TypeVar("Entity")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapper = registry(metadata=metadata)

# SQLite counts rows by themselves only in a column declared INTEGER; it holds 64 bits all the same.
Id = BigInteger().with_variant(Integer(), "sqlite")

E = TypeVar("E", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times only, kept in UTC: SQLite would drop the offset without a word."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[E]):
    """An enum as its text, so that a dump can be read and a new member needs no migration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self.kind(value)


class FrozenJson(TypeDecorator[Any]):
    """JSON whose lists come back as tuples: a value in a column is replaced, never changed in place."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return _frozen(value)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


def locked(query: Q) -> Q:
    """The same rows, locked, and read again where the session knows them: what was seen before the lock may be old."""
    return query.with_for_update().execution_options(populate_existing=True)


def get_locked(session: Session, kind: type[Entity], key: int | str) -> Entity | None:
    """The same for one entity by its key."""
    return session.get(kind, key, with_for_update=True, populate_existing=True)


def insert_once(session: Session, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert the rows whose unique keys are new and give back how many those were. All name the same columns."""
    values = [dict(row) for row in rows]
    if len(values) == 1:
        return len(_one(table, tuple(values[0])).rows(session, **values[0]))
    return len(session.execute(_once(table, session.get_bind().dialect.name), values).all()) if values else 0


@cache
def _one(table: Table, columns: tuple[str, ...]) -> Prepared:
    """Nearly every update that writes has some of these."""
    return Prepared(partial(_once, table), columns)


@cache
def _once(table: Table, database: str) -> Any:
    """The statement, built once for each table."""
    # Imported by name: the dialect that is not used is megabytes of an idle bot.
    dialect: Any = import_module(f"sqlalchemy.dialects.{database}")
    # What comes back is counted: a driver's row count of such a statement means different things. The rows are handed
    # over beside the statement, which is compiled once and sent in batches that it has room for.
    return dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
