"""The audit trail: who did what to which thing and when. Rows are only ever added, and the database itself refuses
anything else."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Integer, String, Table, func, insert, select
from sqlalchemy.orm import Session

from domain.audit import NOTHING, Entry, Seal
from storage.base import Id, UtcDateTime, insert_once, metadata
from storage.prepared import Prepared

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("person_id", BigInteger),
    Column("action", String(60), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("details", JSON, nullable=False),
)


audit_seal = Table(
    "audit_seal",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("up_to", BigInteger, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)


_LINE = Prepared(insert(audit), ("at", "person_id", "action", "subject", "details"))


class AuditTrail:
    def __init__(self, session: Session) -> None:
        self._session = session

    def done_since(self, since: datetime) -> set[tuple[int | None, str]]:
        """Who did what since then, each once."""
        query = select(audit.c.person_id, audit.c.action).where(audit.c.at >= since).distinct()
        return {(person_id, action) for person_id, action in self._session.execute(query)}

    def record(self, at: datetime, person_id: int | None, action: str, subject: str, **details: Any) -> None:
        """Add one line. ``details`` hold plain values and never a text somebody wrote."""
        _LINE.change(self._session, at=at, person_id=person_id, action=action, subject=subject, details=details)

    def entries(self, after: int, limit: int, up_to: int | None = None) -> list[Entry]:
        """The next entries in the order of their numbers, perhaps not beyond one of them."""
        query = select(audit).where(audit.c.id > after)
        if up_to is not None:
            query = query.where(audit.c.id <= up_to)
        rows = self._session.execute(query.order_by(audit.c.id).limit(limit))
        return [Entry(row.id, row.at, row.person_id, row.action, row.subject, row.details) for row in rows]

    def count_after(self, number: int) -> int:
        query = select(func.count()).select_from(audit).where(audit.c.id > number)
        return int(self._session.execute(query).scalar_one())

    def last_seal(self) -> Seal:
        row = self._session.execute(select(audit_seal).order_by(audit_seal.c.number.desc()).limit(1)).first()
        return Seal(row.number, row.up_to, row.entries, row.hash) if row is not None else NOTHING

    def seals(self) -> list[Seal]:
        rows = self._session.execute(select(audit_seal).order_by(audit_seal.c.number))
        return [Seal(row.number, row.up_to, row.entries, row.hash) for row in rows]

    def seal(self, seal: Seal, at: datetime) -> bool:
        """Add the next seal, unless somebody else has; tells whether it was added."""
        row = {"number": seal.number, "up_to": seal.up_to, "entries": seal.count, "hash": seal.hash, "at": at}
        return insert_once(self._session, audit_seal, [row]) == 1
