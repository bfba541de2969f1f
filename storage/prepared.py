"""Statements that nearly every message asks, made ready once and handed to the driver as they are.

SQLAlchemy writes them and says how values go in and come out. What it does anew with each execution (looking the
statement up, a context, a result) takes 20 µs around what SQLite answers in one or two.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.orm import Session

Statement = Select[Any] | Insert | Update | Delete
Entity = TypeVar("Entity")
Convert = Callable[[Any], Any] | None


class Prepared:
    """``statement`` may be made for a kind of database by its name. What an ``INSERT`` fills in is named, and every
    value has a name; lists of any length cannot be made ready."""

    def __init__(self, statement: Statement | Callable[[str], Statement], columns: Iterable[str] | None = None) -> None:
        self._statement = statement
        self._columns = None if columns is None else list(columns)
        self._ready: dict[str, _Ready] = {}

    def rows(self, session: Session, /, **values: Any) -> list[Any]:
        """The rows, whose columns are attributes."""
        ready, cursor = self._opened(session)
        cursor.execute(ready.sql, ready.filled(values))
        return ready.read(cursor)

    def first(self, session: Session, /, **values: Any) -> Any:
        """The first row, or None."""
        rows = self.rows(session, **values)
        return rows[0] if rows else None

    def scalars(self, session: Session, /, **values: Any) -> list[Any]:
        """The first column."""
        return [row[0] for row in self.rows(session, **values)]

    def entities(self, session: Session, kind: type[Entity], /, **values: Any) -> list[Entity]:
        """Each row as an entity of this kind, which has an attribute for each column. The session does not follow
        them: they are only looked at."""
        found = []
        for row in self.rows(session, **values):
            entity = kind.__new__(kind)
            # Past the descriptors, which would tell the session of every value.
            vars(entity).update(row._asdict())
            found.append(entity)
        return found

    def change(self, session: Session, /, **values: Any) -> int:
        """Run it for what it does; gives back how many rows it was done to."""
        ready, cursor = self._opened(session)
        cursor.execute(ready.sql, ready.filled(values))
        return int(cursor.rowcount)

    def change_each(self, session: Session, rows: Iterable[Mapping[str, Any]], /, **same: Any) -> None:
        """Run it once for each of the rows; ``same`` are values that are the same for all of them."""
        ready, cursor = self._opened(session)
        cursor.executemany(ready.sql, ready.filled_each(rows, same))

    def _opened(self, session: Session) -> tuple["_Ready", Any]:
        """It sees what the session has changed so far, as every other statement of the session's does."""
        session.flush()
        connection = session.connection()
        dialect = connection.dialect
        ready = self._ready.get(dialect.name)
        if ready is None:
            made = self._statement(dialect.name) if callable(self._statement) else self._statement
            ready = self._ready[dialect.name] = _Ready(made, dialect, self._columns)
        driver: Any = connection.connection.dbapi_connection
        return ready, driver.cursor()


class _Ready:
    """A statement as the driver wants it: its text, how each value goes in and how each column comes out."""

    def __init__(self, statement: Statement, dialect: Dialect, columns: list[str] | None) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        bound = {name: value for value, name in compiled.bind_names.items()}
        if any(value.expanding for value in bound.values()):
            raise ValueError("a list of any length is written into the statement each time")
        self.sql = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._inward = {name: value.type.dialect_impl(dialect).bind_processor(dialect) for name, value in bound.items()}
        self._fixed = {
            name: _converted(value.value, self._inward[name]) for name, value in bound.items() if not value.required
        }
        self._dialect = dialect
        self._columns: list[Any] = list(statement.exported_columns)
        self._outward: list[Convert] | None = None
        row: Any = namedtuple("Row", [column.key for column in self._columns], rename=True)  # type: ignore[misc]
        self._make = row._make

    def filled(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them. Raises KeyError for one that is missing."""
        return self._in_order(self._fixed | self._inwards(values))

    def filled_each(self, rows: Iterable[Mapping[str, Any]], same: Mapping[str, Any]) -> list[Any]:
        known = self._fixed | self._inwards(same)
        return [self._in_order(known | self._inwards(row)) for row in rows]

    def _inwards(self, values: Mapping[str, Any]) -> dict[str, Any]:
        inward = self._inward
        return {name: _converted(value, inward[name]) for name, value in values.items()}

    def _in_order(self, values: dict[str, Any]) -> Any:
        return values if self._order is None else [values[name] for name in self._order]

    def read(self, cursor: Any) -> list[Any]:
        if self._outward is None:
            # Some conversions depend on what the driver says of a column.
            self._outward = [
                column.type.dialect_impl(self._dialect).result_processor(self._dialect, described[1])
                for column, described in zip(self._columns, cursor.description, strict=True)
            ]
        make, outward = self._make, self._outward
        if not any(outward):
            return [make(found) for found in cursor.fetchall()]
        return [make(map(_converted, found, outward)) for found in cursor.fetchall()]


def _converted(value: Any, convert: Convert) -> Any:
    return value if convert is None else convert(value)
