"""Rows in every table there is, whatever they mean: the row of some number names the rows of that number in others."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, MetaData, String, Table, insert

from storage.engine import Database

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


def fill(database: Database, n: int) -> tuple[int, int]:
    """At least so many rows in all. Gives back how many there are, and in how many tables."""
    known = MetaData()
    with database.engine.begin() as connection:
        known.reflect(connection)
        tables = [table for table in known.sorted_tables if table.name != "alembic_version"]
        of_each = -(-n // len(tables))
        for table in tables:
            connection.execute(insert(table), [_row(table, number) for number in range(1, of_each + 1)])
    return of_each * len(tables), len(tables)


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    for key in column.foreign_keys:
        if key.column.table is not column.table:
            return _value(key.column, number)
        # The one before it: a long chain, and nothing that is not there yet.
        return _value(key.column, number - 1) if number > 1 else None
    kind = column.type
    if isinstance(kind, JSON):
        return {column.name: [number, "字"]}
    if isinstance(kind, String):
        return f"{number} {column.name} 字"[: kind.length]
    at = BEGAN + timedelta(days=number)
    by_type: dict[type, Any] = {int: number, float: number / 7, bool: number % 2 == 0, datetime: at, date: at.date()}
    return by_type[kind.python_type]
