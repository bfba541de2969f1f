"""What an update leaves behind: the mark that it was seen, the dialogue it changed, and the dead letters."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from domain.failpoints import reach
from domain.turn import AlreadySeen, DialogueMoved, Turn
from storage.base import Id, UtcDateTime, insert_once, metadata
from storage.engine import Database
from storage.lanes import reads_at_once
from storage.people import account
from storage.prepared import Prepared

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


# What every update meets, in one statement built once: whether it was seen, the dialogue, and the account's last use.
_ONE = select(literal(1).label("one")).subquery()
_MET = Prepared(
    select(
        seen_update.c.day.label("seen"),
        dialogue.c.version,
        dialogue.c.state,
        dialogue.c.data,
        account.c.id.label("account_id"),
        account.c.last_used_at,
        account.c.blocked_at,
    )
    .select_from(_ONE)
    .outerjoin(
        seen_update, (seen_update.c.bot_id == bindparam("bot")) & (seen_update.c.update_id == bindparam("update"))
    )
    .outerjoin(dialogue, (dialogue.c.bot_id == bindparam("bot")) & (dialogue.c.chat_id == bindparam("chat")))
    .outerjoin(
        account, (account.c.platform == bindparam("platform")) & (account.c.external_id == bindparam("external"))
    )
)


# What every update that writes leaves behind, built once as well.
_USED = Prepared(
    update(account)
    .where(account.c.platform == bindparam("of"), account.c.external_id == bindparam("external"))
    .values(last_used_at=bindparam("at"), blocked_at=None)
)
_MOVED = Prepared(
    update(dialogue)
    .where(
        dialogue.c.bot_id == bindparam("bot"),
        dialogue.c.chat_id == bindparam("chat"),
        dialogue.c.version == bindparam("read"),
    )
    .values(
        state=bindparam("now_at"),
        data=bindparam("filled"),
        changed_at=bindparam("at"),
        version=dialogue.c.version + 1,
    )
)


def record_turn(session: Session, turn: Turn) -> None:
    """Write the turn's mark and its dialogue into the transaction that is about to commit.

    Raises AlreadySeen when the update had its effect elsewhere, DialogueMoved when the dialogue is not as it was read.
    """
    mark = {"bot_id": turn.bot_id, "update_id": turn.update_id, "day": turn.at.date()}
    if insert_once(session, seen_update, [mark]) == 0:
        raise AlreadySeen
    # The account a person used last is where they are written to.
    _USED.change(session, of=turn.platform, external=str(turn.chat_id), at=turn.at)
    if turn.changed and not _moved(session, turn):
        raise DialogueMoved
    turn.written = True
    reach("before_commit")


def settled(turn: Turn) -> None:
    """The turn's transaction is in the database."""
    reach("after_commit")
    turn.committed = True


def _moved(session: Session, turn: Turn) -> bool:
    """Move the dialogue on from where it was read; tells whether it still stood there."""
    if turn.version == 0:
        place = {"bot_id": turn.bot_id, "chat_id": turn.chat_id, "version": 1}
        row = {**place, "state": turn.state, "data": turn.data, "changed_at": turn.at}
        return insert_once(session, dialogue, [row]) == 1
    place = {"bot": turn.bot_id, "chat": turn.chat_id, "read": turn.version}
    return _MOVED.change(session, **place, now_at=turn.state, filled=turn.data, at=turn.at) == 1


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

    @reads_at_once
    def open(self, turn: Turn) -> Turn:
        """Fill in what is known: whether the update was seen, and the dialogue it meets."""
        place = {"bot": turn.bot_id, "update": turn.update_id, "chat": turn.chat_id}
        account_key = {"platform": turn.platform, "external": str(turn.chat_id)}
        with self._database.reading() as session:
            row = _MET.first(session, **place, **account_key)
        turn.seen = row.seen is not None
        if row.version is not None:
            turn.version, turn.state, turn.data = row.version, row.state, dict(row.data)
        if row.account_id is not None:
            stale = row.last_used_at is None or turn.at - row.last_used_at > USED_STEP
            turn.returning = row.blocked_at is not None or stale
        return turn

    def settle(self, turn: Turn) -> None:
        """Commit what the update changed in its dialogue, unless a use case has done so. Nothing changed, no write."""
        if not turn.is_to_settle:
            return
        with self._database.writing(then=partial(settled, turn)) as session:
            record_turn(session, turn)

    def bury(self, bot_id: int, update_id: int, reason: str, reference: str, at: datetime) -> None:
        """Keep the number and the kind of error of an update that cannot be handled, and mark it seen."""
        with self._database.writing() as session:
            mark = {"bot_id": bot_id, "update_id": update_id, "day": at.date()}
            if insert_once(session, seen_update, [mark]):
                row = {"bot_id": bot_id, "update_id": update_id, "reason": reason, "reference": reference, "at": at}
                session.execute(insert(dead_letter).values(row))

    def purge(self, now: datetime) -> None:
        """Forget marks after 48 hours and dialogues (with the drafts in them) after seven idle days."""
        with self._database.writing() as session:
            session.execute(delete(seen_update).where(seen_update.c.day < (now - SEEN_KEPT).date()))
            session.execute(delete(dialogue).where(dialogue.c.changed_at < now - DIALOGUE_KEPT))
