"""Numbers that people read aloud: one counter per kind and year, raised in the commit that files the thing."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Table, select, update
from sqlalchemy.orm import Session

from storage.base import insert_once, metadata

counter = Table(
    "counter",
    metadata,
    Column("kind", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "year"),
)


class Counters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next(self, kind: str, year: int) -> int:
        """Raise the counter and give back its new value; the row stays locked until the commit."""
        insert_once(self._session, counter, [{"kind": kind, "year": year, "value": 0}])
        where = (counter.c.kind == kind) & (counter.c.year == year)
        self._session.execute(update(counter).where(where).values(value=counter.c.value + 1))
        return int(self._session.execute(select(counter.c.value).where(where)).scalar_one())
