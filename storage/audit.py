"""The audit trail: who did what to which thing and when. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, String, Table, insert, select
from sqlalchemy.orm import Session

from storage.base import Id, UtcDateTime, metadata

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


class AuditTrail:
    def __init__(self, session: Session) -> None:
        self._session = session

    def done_since(self, since: datetime) -> set[tuple[int | None, str]]:
        """Who did what since then, each once."""
        query = select(audit.c.person_id, audit.c.action).where(audit.c.at >= since).distinct()
        return {(person_id, action) for person_id, action in self._session.execute(query)}

    def record(self, at: datetime, person_id: int | None, action: str, subject: str, **details: Any) -> None:
        """Add one line. ``details`` hold plain values and never a text somebody wrote."""
        row = {"at": at, "person_id": person_id, "action": action, "subject": subject, "details": details}
        self._session.execute(insert(audit).values(row))
