"""What an update leaves behind: the mark that it was seen, the dialogue it changed, and the dead letters."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    CursorResult,
    Date,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from domain.failpoints import reach
from domain.turn import AlreadySeen, DialogueMoved, Turn
from storage.base import Id, UtcDateTime, insert_once, metadata
from storage.engine import Database
from storage.lanes import reads
from storage.people import account

SEEN_KEPT = timedelta(hours=48)
DIALOGUE_KEPT = timedelta(days=7)
USED_STEP = timedelta(hours=1)
"""When an account was used last is known this exactly: somebody who only looks costs a write an hour and no more."""

seen_update = Table(
    "seen_update",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    # A day and no person: the row must not tell who was here when.
    Column("day", Date, nullable=False),
    PrimaryKeyConstraint("bot_id", "update_id"),
)

dialogue = Table(
    "dialogue",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(80)),
    Column("data", JSON, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("bot_id", "chat_id"),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("reason", String(120), nullable=False),
    Column("reference", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)


def record_turn(session: Session, turn: Turn) -> None:
    """Write the turn's mark and its dialogue into the transaction that is about to commit.

    Raises AlreadySeen when the update had its effect elsewhere, DialogueMoved when the dialogue is not as it was read.
    """
    mark = {"bot_id": turn.bot_id, "update_id": turn.update_id, "day": turn.at.date()}
    if insert_once(session, seen_update, [mark]) == 0:
        raise AlreadySeen
    _used(session, turn)
    if not turn.changed:
        return
    values = {"state": turn.state, "data": turn.data, "changed_at": turn.at, "version": turn.version + 1}
    if turn.version == 0:
        row = {"bot_id": turn.bot_id, "chat_id": turn.chat_id, **values}
        moved = insert_once(session, dialogue, [row]) == 0
    else:
        where = (
            (dialogue.c.bot_id == turn.bot_id)
            & (dialogue.c.chat_id == turn.chat_id)
            & (dialogue.c.version == turn.version)
        )
        result = cast("CursorResult[Any]", session.execute(update(dialogue).where(where).values(values)))
        moved = result.rowcount == 0
    if moved:
        raise DialogueMoved


def _used(session: Session, turn: Turn) -> None:
    """The account a person used last is where they are written to."""
    session.execute(update(account).where(_of(turn)).values(last_used_at=turn.at, blocked_at=None))


def _is_returning(session: Session, turn: Turn) -> bool:
    row = session.execute(select(account.c.last_used_at, account.c.blocked_at).where(_of(turn))).first()
    if row is None:
        return False
    return row.blocked_at is not None or row.last_used_at is None or turn.at - row.last_used_at > USED_STEP


def _of(turn: Turn) -> ColumnElement[bool]:
    return (account.c.platform == turn.platform) & (account.c.external_id == str(turn.chat_id))


class DeadLetters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def count_since(self, since: datetime) -> int:
        query = select(func.count()).select_from(dead_letter).where(dead_letter.c.at >= since)
        return int(self._session.execute(query).scalar_one())


class Inbox:
    """The look before dispatch, the commit of a dialogue that no use case took along, and the dead letters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @reads
    def open(self, turn: Turn) -> Turn:
        """Fill in what is known: whether the update was seen, and the dialogue it meets."""
        with self._database.session(reading=True) as session:
            mark = select(seen_update.c.day).where(
                seen_update.c.bot_id == turn.bot_id, seen_update.c.update_id == turn.update_id
            )
            turn.seen = session.execute(mark).first() is not None
            row = session.execute(
                select(dialogue.c.version, dialogue.c.state, dialogue.c.data).where(
                    dialogue.c.bot_id == turn.bot_id, dialogue.c.chat_id == turn.chat_id
                )
            ).first()
            turn.returning = _is_returning(session, turn)
        if row is not None:
            turn.version, turn.state, turn.data = row.version, row.state, dict(row.data)
        return turn

    def settle(self, turn: Turn) -> None:
        """Commit what the update changed in its dialogue, unless a use case has done so. Nothing changed, no write."""
        if turn.committed or not (turn.changed or turn.returning):
            return
        with self._database.session(reading=False) as session:
            record_turn(session, turn)
            reach("before_commit")
            session.commit()
        reach("after_commit")
        turn.committed = True

    def bury(self, bot_id: int, update_id: int, reason: str, reference: str, at: datetime) -> None:
        """Keep the number and the kind of error of an update that cannot be handled, and mark it seen."""
        with self._database.session(reading=False) as session:
            mark = {"bot_id": bot_id, "update_id": update_id, "day": at.date()}
            if insert_once(session, seen_update, [mark]):
                row = {"bot_id": bot_id, "update_id": update_id, "reason": reason, "reference": reference, "at": at}
                session.execute(insert(dead_letter).values(row))
            session.commit()

    def purge(self, now: datetime) -> None:
        """Forget marks after 48 hours and dialogues (with the drafts in them) after seven idle days."""
        with self._database.session(reading=False) as session:
            session.execute(delete(seen_update).where(seen_update.c.day < (now - SEEN_KEPT).date()))
            session.execute(delete(dialogue).where(dialogue.c.changed_at < now - DIALOGUE_KEPT))
            session.commit()
