"""All rows of one database in another one: for a backup, for bringing it back, and for moving to PostgreSQL."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update

import storage.tables
from storage.audit import audit, audit_seal
from storage.base import metadata
from storage.engine import Database
from storage.people import person

assert storage.tables is not None  # noqa: S101 - imported so that every table is known

SLICE = 1000


class NotTheSame(Exception):
    """What was written is not what was read."""


class NotEmpty(Exception):
    """There are people in the target already, or somebody has done something there."""


def copy_rows(source: Database, target: Database) -> dict[str, int]:
    """Copy every row of a database, as it stands at one instant, into one with the same tables and without people, and
    compare them all; gives back how many rows each table has. Raises NotEmpty, NotTheSame: then nothing was written."""
    with source.snapshot() as reading, target.engine.begin() as writing:
        tables = metadata.sorted_tables
        if _count(writing, person) or _count(writing, audit):
            raise NotEmpty
        # What a start writes into a new database by itself; from the trail nothing can be deleted.
        for table in reversed(tables):
            if table not in {audit, audit_seal}:
                writing.execute(table.delete())
        for table in tables:
            _copy(reading, writing, table)
        different = [table.name for table in tables if not _is_same(reading, writing, table)]
        if different:
            raise NotTheSame(", ".join(different))
        return {table.name: _count(writing, table) for table in tables}


def _copy(reading: Connection, writing: Connection, table: Table) -> None:
    """A row may name another one of its own table that comes after it, so such names are filled in at the end."""
    own = [column.name for column in table.columns for key in column.foreign_keys if key.column.table is table]
    later: list[tuple[Any, dict[str, Any]]] = []
    for rows in _slices(reading, table):
        if own:
            later += [(row["id"], {name: row[name] for name in own}) for row in rows]
        writing.execute(insert(table), [{**row, **dict.fromkeys(own)} for row in rows])
    for number, names in later:
        writing.execute(update(table).where(table.c.id == number).values(names))
    _count_on(writing, table)


def _count_on(writing: Connection, table: Table) -> None:
    """PostgreSQL gives out numbers by a counter that knows nothing of rows that brought their own."""
    if writing.dialect.name != "postgresql" or "id" not in table.c:
        return
    sequence = writing.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
    if sequence is not None:
        newest = writing.execute(select(func.max(table.c.id))).scalar()
        writing.execute(
            text("SELECT setval(:sequence, :at, :used)"),
            {
                "sequence": sequence,
                "at": newest or 1,
                "used": newest is not None,
            },
        )


def _is_same(one: Connection, other: Connection, table: Table) -> bool:
    pairs = zip(_slices(one, table), _slices(other, table), strict=False)
    return _count(one, table) == _count(other, table) and all(left == right for left, right in pairs)


def _slices(connection: Connection, table: Table) -> Iterator[Sequence[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=SLICE).execute(query)
    for rows in found.mappings().partitions(SLICE):
        yield [dict(row) for row in rows]


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
