"""Which of several processes leads: one row, held for a while by whoever renews it."""

from datetime import datetime

from sqlalchemy import Column, String, Table, or_, update
from sqlalchemy.orm import Session

from domain.leadership import LASTS
from storage.base import UtcDateTime, insert_once, metadata

leader = Table(
    "leader",
    metadata,
    Column("of", String(20), primary_key=True),
    Column("holder", String(40), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

BOT = "bot"


class Leadership:
    def __init__(self, session: Session) -> None:
        self._session = session

    def hold(self, holder: str, now: datetime) -> bool:
        """Lead from now on for as long as a lease lasts, if nobody else does; tells whether that is so."""
        if insert_once(self._session, leader, [{"of": BOT, "holder": holder, "until": now + LASTS}]):
            return True
        free = or_(leader.c.holder == holder, leader.c.until <= now)
        renewed = update(leader).where(leader.c.of == BOT, free).values(holder=holder, until=now + LASTS)
        return bool(self._session.execute(renewed.returning(leader.c.of)).all())

    def resign(self, holder: str, now: datetime) -> None:
        """Let another one lead at once."""
        self._session.execute(update(leader).where(leader.c.of == BOT, leader.c.holder == holder).values(until=now))
