"""The audit trail: who did what to which thing and when. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, String, Table, insert
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

    def record(self, at: datetime, person_id: int | None, action: str, subject: str, **details: Any) -> None:
        """Add one line. ``details`` hold plain values and never a text somebody wrote."""
        row = {"at": at, "person_id": person_id, "action": action, "subject": subject, "details": details}
        self._session.execute(insert(audit).values(row))
