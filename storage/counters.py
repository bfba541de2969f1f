"""Numbers that people read aloud: one counter per kind and year, raised in the commit that files the thing."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Table, bindparam, update
from sqlalchemy.orm import Session

from storage.base import insert_once, metadata
from storage.prepared import Prepared

counter = Table(
    "counter",
    metadata,
    Column("kind", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "year"),
)


_RAISE = Prepared(
    update(counter)
    .where(counter.c.kind == bindparam("of"), counter.c.year == bindparam("in_year"))
    .values(value=counter.c.value + 1)
    .returning(counter.c.value)
)


class Counters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next(self, kind: str, year: int) -> int:
        """Raise the counter and give back its new value; the row stays locked until the commit."""
        value = self._raised(kind, year)
        if value is None:
            insert_once(self._session, counter, [{"kind": kind, "year": year, "value": 0}])
            value = self._raised(kind, year)
        if value is None:
            raise LookupError(kind)
        return value

    def _raised(self, kind: str, year: int) -> int | None:
        found = _RAISE.first(self._session, of=kind, in_year=year)
        return int(found.value) if found is not None else None
