"""Notices and their recipients: tables and repository. What became of a recipient's message stands in the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from domain.deliveries import DeliveryState
from domain.notices import ENDED, NOTICE, Audience, Missing, Notice, Outgoing, Received, Recipient, State, Tally, Unread
from storage.base import EnumText, Id, UtcDateTime, locked, mapper, metadata
from storage.deliveries import delivery
from storage.people import account, person, role, unit
from storage.prepared import Prepared
from storage.unopened import is_unopened, with_page

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(80), nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("audience", JSON, nullable=False),
    Column("urgent_reason", String(200), nullable=False),
    Column("file_id", BigInteger, ForeignKey("file.id")),
    Column("sender_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("sender_unit_id", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("undo_until", UtcDateTime, nullable=False),
    Column("opens_at", UtcDateTime, nullable=False),
    Column("state", EnumText(State), nullable=False),
    Column("recipients", Integer, nullable=False),
    Column("recorded", Integer, nullable=False),
    Column("cursor", BigInteger, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by_id", BigInteger),
    Column("shown", String(64), nullable=False),
    Column("shown_at", UtcDateTime),
    Index("ix_notice_state_created_at", "state", "created_at"),
)

recipient = Table(
    "recipient",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice_id", BigInteger, ForeignKey("notice.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("acknowledged_at", UtcDateTime),
    UniqueConstraint("notice_id", "person_id"),
)

mapper.map_imperatively(Notice, notice)
mapper.map_imperatively(Recipient, recipient)

# The key of a recipient's delivery, put together in the database: its unique index finds the one row.
_OWN_KEY = (
    literal(f"{NOTICE}:")
    + cast(recipient.c.notice_id, String)
    + literal(":once:")
    + cast(recipient.c.person_id, String)
)
_WITH_DELIVERY = recipient.join(notice, notice.c.id == recipient.c.notice_id).outerjoin(
    delivery, delivery.c.dedupe_key == _OWN_KEY
)
_ARRIVED = delivery.c.state.in_([DeliveryState.SENT, DeliveryState.FAILED])
"""What reached its recipient, or could not: it is there to be read, while a notice still to come is not."""

_SENT = delivery.c.state == DeliveryState.SENT
_UNREACHABLE = delivery.c.state.in_([DeliveryState.FAILED, DeliveryState.SUPPRESSED])
_LEFT_OUT = or_(
    delivery.c.state == DeliveryState.CANCELLED,
    delivery.c.id.is_(None) & notice.c.state.in_(list(ENDED)),
)


# Asked in every round of the sender, and therefore built once.
_OUTGOING = Prepared(
    select(
        notice.c.state,
        notice.c.urgent_reason != "",
        notice.c.title,
        notice.c.body,
        unit.c.name,
        notice.c.opens_at,
        notice.c.file_id.is_not(None),
    )
    .select_from(notice.join(unit, unit.c.id == notice.c.sender_unit_id))
    .where(notice.c.id == bindparam("notice_id"))
)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


class Notices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entity: Notice) -> Notice:
        self._session.add(entity)
        self._session.flush()
        return entity

    def find(self, notice_id: int) -> Notice | None:
        return self._session.get(Notice, notice_id)

    def take(self, notice_id: int) -> Notice | None:
        """The notice, locked until the commit."""
        return self._session.scalars(locked(select(Notice).where(notice.c.id == notice_id))).first()

    # The audience

    def size(self, audience: Audience) -> tuple[int, int]:
        """How many people it has, and how many of them have an account that can be written to."""
        has_account = exists().where(account.c.person_id == person.c.id, account.c.blocked_at.is_(None))
        query = select(func.count(), _count(has_account)).select_from(person).where(_of(audience))
        total, reachable = self._session.execute(query).one()
        return int(total), int(reachable)

    def fix_audience(self, notice_id: int, audience: Audience) -> int:
        """Make everybody of the audience a recipient; gives back how many they are."""
        found = select(literal(notice_id), person.c.id, person.c.unit_id).where(_of(audience)).order_by(person.c.id)
        self._session.execute(insert(recipient).from_select(["notice_id", "person_id", "unit_id"], found))
        query = select(func.count()).select_from(recipient).where(recipient.c.notice_id == notice_id)
        return int(self._session.execute(query).scalar_one())

    def same_text_at(self, text_digest: str, since: datetime, audience: Audience) -> datetime | None:
        """When this text last went to somebody of the audience."""
        query = (
            select(func.max(notice.c.created_at))
            .select_from(notice.join(recipient, recipient.c.notice_id == notice.c.id))
            .join(person, person.c.id == recipient.c.person_id)
            .where(notice.c.digest == text_digest, notice.c.created_at >= since, notice.c.state != State.UNDONE)
            .where(_of(audience))
        )
        return self._session.execute(query).scalar()

    def next_recipients(self, notice_id: int, cursor: int, limit: int) -> list[tuple[int, int]]:
        """The next rows after ``cursor``, each with its person."""
        query = (
            select(recipient.c.id, recipient.c.person_id)
            .where(recipient.c.notice_id == notice_id, recipient.c.id > cursor)
            .order_by(recipient.c.id)
            .limit(limit)
        )
        return [(row.id, row.person_id) for row in self._session.execute(query)]

    def outgoing(self, notice_id: int) -> Outgoing | None:
        row = _OUTGOING.first(self._session, notice_id=notice_id)
        return Outgoing(*row) if row is not None else None

    # What goes on

    def unfinished(self) -> list[Notice]:
        query = select(Notice).where(notice.c.state == State.STARTING).order_by(notice.c.id)
        return list(self._session.scalars(query))

    def since(self, instant: datetime) -> list[Notice]:
        query = select(Notice).where(notice.c.created_at >= instant).order_by(notice.c.id)
        return list(self._session.scalars(query))

    def newest(self, limit: int, sender_id: int | None = None) -> list[Notice]:
        """Those that go or went out last, of one sender or of all."""
        query = select(Notice).order_by(notice.c.opens_at.desc(), notice.c.id.desc()).limit(limit)
        if sender_id is not None:
            query = query.where(notice.c.sender_id == sender_id)
        return list(self._session.scalars(query))

    def tallies(self, notice_id: int) -> list[tuple[str, Tally]]:
        """The recipients counted by unit, in roster order."""
        query = (
            select(
                unit.c.name,
                _count(_SENT),
                _count(_UNREACHABLE),
                _count(_LEFT_OUT),
                _count(recipient.c.acknowledged_at.is_not(None)),
                _count(_SENT & is_unopened()),
                func.count(),
            )
            .select_from(with_page(_WITH_DELIVERY).join(unit, unit.c.id == recipient.c.unit_id))
            .where(recipient.c.notice_id == notice_id)
            .group_by(unit.c.id, unit.c.name, unit.c.position)
            .order_by(unit.c.position, unit.c.id)
        )
        return [
            (name, Tally(sent, total - sent - unreachable - left_out, unreachable, left_out, acknowledged, unopened))
            for name, sent, unreachable, left_out, acknowledged, unopened, total in self._session.execute(query)
        ]

    def may_show(self, notice_id: int, mark: str, now: datetime, before: datetime) -> bool:
        """Claim the sender's card for one edit, unless somebody edited it after ``before``."""
        free = or_(notice.c.shown_at.is_(None), notice.c.shown_at <= before)
        return self._changed(update(notice).where(notice.c.id == notice_id, free).values(shown=mark, shown_at=now))

    def forget_shown(self, notice_id: int) -> None:
        self._session.execute(update(notice).where(notice.c.id == notice_id).values(shown=""))

    # Recipients

    def acknowledge(self, notice_id: int, person_id: int, at: datetime) -> bool:
        """Note the first press; tells whether this was it."""
        where = (recipient.c.notice_id == notice_id) & (recipient.c.person_id == person_id)
        first = where & recipient.c.acknowledged_at.is_(None)
        return self._changed(update(recipient).where(first).values(acknowledged_at=at))

    def received(self, person_id: int, notice_id: int | None = None, limit: int = 50) -> list[Received]:
        """What a person has got (of one notice, when one is named): what waits for them first, then the newest."""
        query = (
            select(notice, recipient.c.acknowledged_at, unit.c.name)
            .select_from(_WITH_DELIVERY.join(unit, unit.c.id == notice.c.sender_unit_id))
            .where(recipient.c.person_id == person_id, _ARRIVED)
            .order_by(recipient.c.acknowledged_at.is_not(None), notice.c.opens_at.desc(), notice.c.id.desc())
            .limit(limit)
        )
        if notice_id is not None:
            query = query.where(recipient.c.notice_id == notice_id)
        return [
            Received(row.id, row.title, row.body, row.name, row.opens_at, row.file_id is not None, row.acknowledged_at)
            for row in self._session.execute(query)
        ]

    def recipient(self, notice_id: int, person_id: int) -> Recipient | None:
        where = (recipient.c.notice_id == notice_id, recipient.c.person_id == person_id)
        return self._session.scalars(select(Recipient).where(*where)).first()

    def unread(self, person_id: int) -> int:
        """How many notices wait for this person's acknowledgement."""
        query = (
            select(func.count())
            .select_from(_WITH_DELIVERY)
            .where(recipient.c.person_id == person_id, _ARRIVED, recipient.c.acknowledged_at.is_(None))
        )
        return int(self._session.execute(query).scalar_one())

    def missing_in(self, paths: Sequence[str], since: datetime) -> list[Unread]:
        """The notices of this time that went to these units or to those below, with how many have not acknowledged."""
        arrived = _WITH_DELIVERY.join(unit, unit.c.id == recipient.c.unit_id)
        missing = _count(recipient.c.acknowledged_at.is_(None))
        query = (
            select(notice.c.id, notice.c.title, notice.c.opens_at, missing, func.count())
            .select_from(arrived)
            .where(_below(paths), _ARRIVED, notice.c.created_at >= since)
            .group_by(notice.c.id, notice.c.title, notice.c.opens_at)
            .order_by(notice.c.opens_at.desc(), notice.c.id.desc())
        )
        return [Unread(*row) for row in self._session.execute(query)]

    def names_missing(self, notice_id: int, paths: Sequence[str]) -> list[Missing]:
        """Who of these units or those below has not acknowledged, in roster order."""
        query = (
            select(
                person.c.name,
                unit.c.name.label("unit"),
                person.c.left_at,
                delivery.c.state,
                is_unopened().label("lies"),
            )
            .select_from(
                with_page(_WITH_DELIVERY)
                .join(unit, unit.c.id == recipient.c.unit_id)
                .join(person, person.c.id == recipient.c.person_id)
            )
            .where(recipient.c.notice_id == notice_id, _below(paths), _ARRIVED, recipient.c.acknowledged_at.is_(None))
            .order_by(unit.c.position, unit.c.id, recipient.c.id)
        )
        return [
            Missing(row.name, row.unit, row.left_at is None and row.state is DeliveryState.SENT, bool(row.lies))
            for row in self._session.execute(query)
        ]

    def went_to(self, notice_id: int, paths: Sequence[str]) -> bool:
        """Whether somebody of these units or those below has got it."""
        query = (
            select(recipient.c.id)
            .select_from(_WITH_DELIVERY.join(unit, unit.c.id == recipient.c.unit_id))
            .where(recipient.c.notice_id == notice_id, _below(paths), _ARRIVED)
            .limit(1)
        )
        return self._session.execute(query).first() is not None

    def _changed(self, statement: Any) -> bool:
        result: Any = self._session.execute(statement)
        return int(result.rowcount) == 1


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(unit.c.path.startswith(path) for path in paths))


def _of(audience: Audience) -> ColumnElement[bool]:
    """Whether a person belongs to the audience. Whoever has left belongs to none."""
    own = person.c.left_at.is_(None) & person.c.unit_id.in_(list(audience.units))
    if audience.everyone:
        return own
    holds = exists().where(role.c.person_id == person.c.id, role.c.role.in_(list(audience.roles)))
    return own & holds
