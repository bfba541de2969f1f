"""The outbox: rows recorded in the commit of what they tell, claimed by leases, marked one by one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    func,
    literal,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from domain.deliveries import LEASE, UNREACHABLE, Arrival, Delivery, DeliveryState, Lane, Leased, Stream
from storage.base import EnumText, Id, UtcDateTime, insert_once, mapper, metadata
from storage.calendar import RESTORED, Calendar
from storage.prepared import Prepared

delivery = Table(
    "delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedupe_key", String(200), nullable=False, unique=True),
    Column("kind", String(60), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("lane", EnumText(Lane), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("person_id", BigInteger),
    Column("account_id", BigInteger),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("state", EnumText(DeliveryState), nullable=False),
    Column("lease_by", String(40)),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("error", String(120)),
    Column("message_id", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index("ix_delivery_state_not_before", "state", "not_before"),
    Index("ix_delivery_waiting", "state", "lane", "not_before", "id"),
    Index("ix_delivery_kind_subject", "kind", "subject"),
    Index("ix_delivery_person_id", "person_id"),
)

mapper.map_imperatively(Delivery, delivery)

messenger_pause = Table(
    "messenger_pause",
    metadata,
    Column("stream", EnumText(Stream), primary_key=True),
    Column("platform", String(20), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)


def _constant(state: DeliveryState) -> ColumnElement[Any]:
    """In the statement itself: a value beside it is converted again for each of many rows."""
    return literal_column(f"'{state}'")


def _claim(lanes: Sequence[Lane]) -> ReturningUpdate[Any]:
    """Lease what is due, in the order of ``lanes``. Each is looked into by itself, since only so the index gives the
    rows in their order: a million may wait behind them. What comes back is in no order; lane and time come along as
    they are stored, to put it into one."""
    waiting = [
        select(delivery.c.id, delivery.c.not_before, literal(place).label("place"))
        .where(delivery.c.state == DeliveryState.PENDING, delivery.c.lane == lane)
        .where(delivery.c.not_before <= bindparam("by"))
        .order_by(delivery.c.not_before, delivery.c.id)
        .limit(bindparam("room"))
        .with_for_update(skip_locked=True)
        .subquery()
        for place, lane in enumerate(lanes)
    ]
    due = union_all(*(select(lane) for lane in waiting)).order_by("place", "not_before", "id")
    return (
        update(delivery)
        .where(delivery.c.id.in_(select(due.limit(bindparam("room")).cte("due").c.id)))
        .values(
            state=DeliveryState.LEASED,
            lease_by=bindparam("worker"),
            lease_until=bindparam("ends"),
            attempts=delivery.c.attempts + 1,
        )
        .returning(
            type_coerce(delivery.c.lane, String),
            type_coerce(delivery.c.not_before, String),
            delivery.c.id,
            delivery.c.kind,
            delivery.c.payload,
            delivery.c.person_id,
            delivery.c.account_id,
            delivery.c.expires_at,
            delivery.c.attempts,
        )
    )


# What a sender says in every round, built once: to build such a statement costs more than to run it.
_CLAIM = {stream: Prepared(_claim(stream.lanes)) for stream in Stream}
_ARRIVED = Prepared(
    update(delivery)
    .where(delivery.c.id == bindparam("row"), delivery.c.lease_by == bindparam("worker"))
    .where(delivery.c.state == _constant(DeliveryState.LEASED))
    .values(
        state=_constant(DeliveryState.SENT),
        account_id=bindparam("to"),
        message_id=bindparam("told_as"),
        sent_at=bindparam("at"),
        error=null(),
    )
)


_RECORDED = tuple(column.name for column in delivery.columns if column.name != "id")


def _failed(since: datetime) -> ColumnElement[bool]:
    return (delivery.c.state == DeliveryState.FAILED) & (delivery.c.not_before >= since)


class Deliveries:
    """``recorded`` are the lanes in which this transaction has something for the senders."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.recorded: set[Lane] = set()

    def record(self, *rows: Delivery) -> int:
        """Add what is to be said; what was recorded before under the same key stays as it is. Gives back how many
        were new."""
        self._hold_late(rows)
        count = insert_once(self._session, delivery, [{name: getattr(row, name) for name in _RECORDED} for row in rows])
        if count:
            self.recorded.update(row.lane for row in rows)
        return count

    def hold_due(self, now: datetime) -> int:
        """Send nothing of what is due until somebody says so; gives back how much that is."""
        where = self._waiting() & (delivery.c.not_before <= now)
        return self._set(where, state=DeliveryState.HELD, lease_by=None, lease_until=None)

    def held(self) -> int:
        query = select(func.count()).select_from(delivery).where(delivery.c.state == DeliveryState.HELD)
        return int(self._session.execute(query).scalar_one())

    def let_go(self, state: DeliveryState) -> int:
        """What was held is sent after all, or never; gives back how much that is."""
        count = self._set(delivery.c.state == DeliveryState.HELD, state=state)
        if count:
            self.recorded.update(Lane)
        return count

    def still_due(self, lane: Lane, subject: str, due: datetime, enough: int) -> int:
        """How many rows about one thing wait for this instant; counted up to ``enough``."""
        where = (
            (delivery.c.state == DeliveryState.PENDING) & (delivery.c.lane == lane) & (delivery.c.subject == subject)
        )
        some = select(delivery.c.id).where(where, delivery.c.not_before == due).limit(enough).subquery()
        return int(self._session.execute(select(func.count()).select_from(some)).scalar_one())

    def _hold_late(self, rows: Sequence[Delivery]) -> None:
        """Whatever is recorded after its time may have been sent already, where the database was brought back since."""
        late = [row for row in rows if row.not_before < row.created_at]
        restored = Calendar(self._session).setting(RESTORED) if late else None
        for row in late:
            if restored is not None and row.not_before <= datetime.fromisoformat(restored):
                row.state = DeliveryState.HELD

    def cancel(self, kind: str, subject: str) -> int:
        """Take back what was not yet sent, as when a deadline moves."""
        return self.cancel_any([kind], subject)

    def cancel_any(self, kinds: Sequence[str], subject: str) -> int:
        """The same for several kinds."""
        where = delivery.c.kind.in_(kinds) & (delivery.c.subject == subject) & self._unsent()
        return self._set(where, state=DeliveryState.CANCELLED, lease_by=None, lease_until=None)

    def cancel_to(self, person_id: int) -> int:
        """Take back everything that waits to be said to a person."""
        where = (delivery.c.person_id == person_id) & self._unsent()
        return self._set(where, state=DeliveryState.CANCELLED, lease_by=None, lease_until=None)

    def cancel_unsent(self, kind: str, subject: str) -> int:
        """Take back what no sender holds; what one holds at this moment arrives. Gives back how many that were."""
        where = (delivery.c.kind == kind) & (delivery.c.subject == subject)
        return self._set(where & (delivery.c.state == DeliveryState.PENDING), state=DeliveryState.CANCELLED)

    def claim(self, worker: str, now: datetime, limit: int, stream: Stream) -> list[Leased]:
        """Lease up to ``limit`` due rows to ``worker``, in the order of the stream's lanes."""
        values = {"by": now, "room": limit, "worker": worker, "ends": now + LEASE}
        rows: Sequence[Any] = _CLAIM[stream].rows(self._session, **values)
        places = {lane.value: place for place, lane in enumerate(stream.lanes)}
        rows = sorted(rows, key=lambda row: (places[row[0]], *row[1:3]))
        return [Leased(*row[2:]) for row in rows]

    def abandoned(self, now: datetime, held: Collection[int]) -> bool:
        """Whether there are rows whose sender has died."""
        return self._session.execute(select(delivery.c.id).where(self._lost(now, held)).limit(1)).first() is not None

    def take_over(self, now: datetime, held: Collection[int]) -> int:
        """Free the rows of dead senders."""
        count = self._set(self._lost(now, held), state=DeliveryState.PENDING, lease_by=None, lease_until=None)
        if count:
            self.recorded.update(Lane)
        return count

    def holds(self, delivery_id: int, worker: str) -> bool:
        """Whether the row is still this worker's to say; nobody takes it over before the commit."""
        query = select(delivery.c.id).where(self._leased(delivery_id, worker)).with_for_update()
        return self._session.execute(query).first() is not None

    def pause(self, stream: Stream, platform: str, until: datetime) -> None:
        """A messenger wants to hear nothing of this stream until then, whoever sends and however often it restarts."""
        insert_once(self._session, messenger_pause, [{"stream": stream, "platform": platform, "until": until}])
        where = (messenger_pause.c.stream == stream) & (messenger_pause.c.platform == platform)
        later = where & (messenger_pause.c.until < until)
        self._session.execute(update(messenger_pause).where(later).values(until=until))

    def arrived(self, worker: str, arrivals: Iterable[Arrival], at: datetime) -> None:
        """Mark leased rows as said, those whose lease is still this worker's."""
        rows = [{"row": one.id, "to": one.account_id, "told_as": one.message_id} for one in arrivals]
        if rows:
            _ARRIVED.change_each(self._session, rows, worker=worker, at=at)

    def mark(self, delivery_id: int, worker: str, **values: Any) -> bool:
        """Change a leased row, if the lease is still this worker's."""
        return self._set(self._leased(delivery_id, worker), **values) == 1

    def release(self, worker: str | None = None) -> int:
        """Free leased rows: a worker's own when it stops, all of them when the only process starts."""
        where = delivery.c.state == DeliveryState.LEASED
        if worker is not None:
            where = where & (delivery.c.lease_by == worker)
        return self._set(where, state=DeliveryState.PENDING, lease_by=None, lease_until=None)

    def forget(self, kind: str, before: datetime) -> None:
        """Delete what was recorded of this kind before then, whatever became of it."""
        self._session.execute(delete(delivery).where(delivery.c.kind == kind, delivery.c.created_at < before))

    def of_person(self, person_id: int, limit: int) -> list[Delivery]:
        """What was sent to a person, newest first."""
        query = (
            select(Delivery)
            .where(delivery.c.person_id == person_id, delivery.c.state == DeliveryState.SENT)
            .order_by(delivery.c.sent_at.desc())
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def find(self, kind: str, subject: str) -> list[Delivery]:
        query = select(Delivery).where(delivery.c.kind == kind, delivery.c.subject == subject).order_by(delivery.c.id)
        return list(self._session.scalars(query))

    def about(self, subject: str) -> list[Delivery]:
        """Everything recorded about one thing, in its order."""
        query = select(Delivery).where(delivery.c.subject == subject).order_by(delivery.c.id)
        return list(self._session.scalars(query))

    def newest(self, kinds: Collection[str], subject: str) -> Delivery | None:
        """What was recorded last about one thing, of what was not taken back."""
        told = delivery.c.kind.in_(list(kinds)) & (delivery.c.subject == subject)
        query = select(Delivery).where(told, delivery.c.state != DeliveryState.CANCELLED)
        return self._session.scalars(query.order_by(delivery.c.id.desc()).limit(1)).first()

    def by_key(self, dedupe_key: str) -> Delivery | None:
        return self._session.scalars(select(Delivery).where(delivery.c.dedupe_key == dedupe_key)).first()

    def known_keys(self, keys: Iterable[str]) -> set[str]:
        query = select(delivery.c.dedupe_key).where(delivery.c.dedupe_key.in_(list(keys)))
        return set(self._session.execute(query).scalars())

    def next_due(self) -> datetime | None:
        """When the sender has something to do next, or None."""
        query = select(delivery.c.not_before).where(delivery.c.state == DeliveryState.PENDING)
        return self._session.execute(query.order_by(delivery.c.not_before).limit(1)).scalar()

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many rows are due and not yet sent, and since when the oldest is."""
        query = select(func.count(), func.min(delivery.c.not_before)).where(
            self._waiting(), delivery.c.not_before <= now
        )
        count, oldest = self._session.execute(query).one()
        return int(count), oldest

    def overdue_by_lane(self, now: datetime) -> dict[Lane, int]:
        """How many rows are due and not yet sent, queue by queue."""
        query = select(delivery.c.lane, func.count()).where(self._waiting(), delivery.c.not_before <= now)
        return {lane: int(count) for lane, count in self._session.execute(query.group_by(delivery.c.lane))}

    def failures(self, since: datetime) -> int:
        """How many rows due since then were given up although there was an account to send to."""
        query = select(func.count()).select_from(delivery).where(_failed(since), delivery.c.error != UNREACHABLE)
        return int(self._session.execute(query).scalar_one())

    def unreachable(self, since: datetime) -> list[int]:
        """The people for whom no account could be found for something due since then."""
        query = select(delivery.c.person_id).where(_failed(since), delivery.c.error == UNREACHABLE).distinct()
        return [person_id for person_id in self._session.execute(query).scalars() if person_id is not None]

    def _leased(self, delivery_id: int, worker: str) -> ColumnElement[bool]:
        mine = (delivery.c.id == delivery_id) & (delivery.c.lease_by == worker)
        return mine & (delivery.c.state == DeliveryState.LEASED)

    def _lost(self, now: datetime, held: Collection[int]) -> ColumnElement[bool]:
        over = (delivery.c.state == DeliveryState.LEASED) & (delivery.c.lease_until <= now)
        return over & delivery.c.id.not_in(list(held))

    def _waiting(self) -> Any:
        return delivery.c.state.in_([DeliveryState.PENDING, DeliveryState.LEASED])

    def _unsent(self) -> Any:
        return self._waiting() | (delivery.c.state == DeliveryState.HELD)

    def _set(self, where: Any, **values: Any) -> int:
        result: Any = self._session.execute(update(delivery).where(where).values(**values))
        return int(result.rowcount)
