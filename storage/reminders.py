"""Which rung of which reminder was said to whom, so that each is said once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, String, Table, delete, select
from sqlalchemy.orm import Session

from storage.base import UtcDateTime, insert_once, metadata

reminded = Table(
    "reminded",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)


class Reminded:
    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, keys: Collection[str]) -> set[str]:
        query = select(reminded.c.key).where(reminded.c.key.in_(list(keys)))
        return set(self._session.execute(query).scalars())

    def add(self, keys: Collection[str], at: datetime) -> None:
        insert_once(self._session, reminded, [{"key": key, "at": at} for key in keys])

    def purge(self, before: datetime) -> None:
        self._session.execute(delete(reminded).where(reminded.c.at < before))
