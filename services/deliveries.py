"""Deliveries: what the sender takes, where it goes, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.deliveries import MAX_ATTEMPTS, UNREACHABLE, Delivery, DeliveryState, Lane, key, retry_after
from domain.notices import NOTICE
from domain.people import Account
from services.clock import Clock
from services.notices.outgoing import Outgoing
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

EDITS = "edits"
"""In a payload, the key of the delivery whose message this one takes the place of."""

EDIT_WAIT = timedelta(seconds=5)
"""So long an edit waits for what it edits before it looks again."""


REPLY = "reply"
REPLY_KEPT = timedelta(minutes=10)
"""An answer that comes later than this answers nothing any more; and what it says need not be kept longer."""


@dataclass(frozen=True)
class Parcel:
    """A leased delivery with the account it goes to and the reader's language. ``edits`` is the number of the message
    that it takes the place of; ``words`` are what its payload leaves to be looked up."""

    delivery: Delivery
    account: Account
    language: str
    edits: int | None = None
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, Any]:
        return {**self.delivery.payload, **self.words}


class Deliveries:
    def __init__(self, work: Work, clock: Clock, language: str, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._language = language
        self._zone = zone

    def claim(self, worker: str, limit: int) -> list[Parcel]:
        """Lease what is due. A row past its time is suppressed, one without a way to the person fails."""
        now = self._clock.now()
        with self._work() as work:
            parcels: list[Parcel] = []
            outgoing = Outgoing(work, now, self._zone)
            for row in work.deliveries.claim(worker, now, limit):
                if row.expires_at is not None and row.expires_at <= now:
                    work.deliveries.mark(row.id, worker, state=DeliveryState.SUPPRESSED, error="expired")
                    continue
                if (told := row.payload.get(EDITS)) is not None:
                    parcels += self._edit(work, row, worker, told)
                    continue
                if row.kind == NOTICE and not outgoing.may_go(row, worker):
                    continue
                account = _account(work, row)
                if account is None:
                    work.deliveries.mark(row.id, worker, state=DeliveryState.FAILED, error=UNREACHABLE)
                    continue
                words = outgoing.words_of(row) if row.kind == NOTICE else {}
                parcels.append(Parcel(row, account, self._reader_language(work, account), words=words))
            return parcels

    def delivered(self, parcel: Parcel, worker: str, message_id: int | None) -> bool:
        with self._work() as work:
            return _sent(work, parcel, worker, message_id, self._clock.now())

    def put_in_chat(self, parcel: Parcel, worker: str, body: dict[str, Any]) -> int | None:
        """On the chat page saying it and marking it are one commit. None when the lease was lost meanwhile."""
        now = self._clock.now()
        with self._work() as work:
            message_id = parcel.edits
            if message_id is None:
                message_id = work.chat.append(parcel.account.id, {"date": int(now.timestamp()), **body})
            else:
                work.chat.rewrite(parcel.account.id, message_id, body)
            if not _sent(work, parcel, worker, message_id, now):
                raise LeaseLost
            return message_id

    def postpone(self, parcel: Parcel, worker: str, error: str, seconds: int | None = None) -> None:
        """Try again later; after too many tries the row fails and stays for an admin to see.

        ``seconds`` is a wait the messenger demanded, which is no failed try of ours.
        """
        row, now = parcel.delivery, self._clock.now()
        wait = timedelta(seconds=seconds) if seconds is not None else retry_after(row.attempts)
        dead = seconds is None and row.attempts >= MAX_ATTEMPTS
        with self._work() as work:
            work.deliveries.mark(
                row.id,
                worker,
                state=DeliveryState.FAILED if dead else DeliveryState.PENDING,
                not_before=now + wait,
                error=error,
                attempts=row.attempts if seconds is None else row.attempts - 1,
                lease_by=None,
                lease_until=None,
            )

    def refused(self, parcel: Parcel, worker: str, error: str) -> None:
        """It will never be accepted as it is."""
        with self._work() as work:
            work.deliveries.mark(parcel.delivery.id, worker, state=DeliveryState.FAILED, error=error)

    def blocked(self, parcel: Parcel, worker: str) -> None:
        """The person blocked the bot there: remember it, and let the row look for another of their accounts."""
        now = self._clock.now()
        with self._work() as work:
            account = work.people.account_by_id(parcel.account.id)
            if account is not None:
                account.blocked_at = now
            work.deliveries.mark(
                parcel.delivery.id, worker, state=DeliveryState.PENDING, account_id=None, error="blocked", lease_by=None
            )

    def reply_later(self, platform: str, external_id: str, said: dict[str, Any], seconds: int) -> None:
        """Say in so many seconds what a messenger had no room for now. ``said`` is a message as Bot API JSON. Somebody
        without an account is a stranger of whom nothing is kept: they ask again."""
        now = self._clock.now()
        with self._work() as work:
            account = work.people.account(platform, external_id)
            if account is None:
                return
            row = Delivery(
                dedupe_key=key(REPLY, account.id, now, account.id),
                kind=REPLY,
                lane=Lane.FACTS,
                payload={"v": 1, **said},
                not_before=now + timedelta(seconds=seconds),
                created_at=now,
                expires_at=now + REPLY_KEPT,
                account_id=account.id,
                person_id=account.person_id,
            )
            work.deliveries.record(row)

    def purge(self) -> None:
        """Forget the replies that came late: they hold what cards say."""
        with self._work() as work:
            work.deliveries.forget(REPLY, self._clock.now() - REPLY_KEPT)

    def release(self, worker: str | None = None) -> int:
        """Give leased rows back: a worker's own when it stops, everybody's when the only process starts."""
        with self._work() as work:
            return work.deliveries.release(worker)

    @reads
    def next_due(self) -> datetime | None:
        with self._work() as work:
            return work.deliveries.next_due()

    def _edit(self, work: UnitOfWork, row: Delivery, worker: str, told: str) -> list[Parcel]:
        """The parcel that edits what the delivery with the key ``told`` said, in the account where it was said. Until
        that is sent the edit waits; what never arrived is not edited."""
        first = work.deliveries.by_key(told)
        if first is not None and first.state in {DeliveryState.PENDING, DeliveryState.LEASED}:
            later = self._clock.now() + EDIT_WAIT
            work.deliveries.mark(row.id, worker, state=DeliveryState.PENDING, not_before=later, attempts=0)
            return []
        sent = first is not None and first.message_id is not None and first.account_id is not None
        account = work.people.account_by_id(first.account_id or 0) if sent and first is not None else None
        if first is None or account is None or not _may_hear(account, row):
            work.deliveries.mark(row.id, worker, state=DeliveryState.SUPPRESSED, error="nothing to edit")
            return []
        return [Parcel(row, account, self._reader_language(work, account), first.message_id)]

    def _reader_language(self, work: UnitOfWork, account: Account) -> str:
        person = work.people.person(account.person_id) if account.person_id is not None else None
        return (person.language if person else None) or account.language or self._language


class LeaseLost(Exception):
    """Another sender took the row over; whatever this one did for it is rolled back."""


def _account(work: UnitOfWork, row: Delivery) -> Account | None:
    """The account the row names while it can be written to, else the one the person used last. Nobody writes to a
    person who has left."""
    person = work.people.person(row.person_id) if row.person_id is not None else None
    if person is not None and person.left_at is not None:
        return None
    named = work.people.account_by_id(row.account_id) if row.account_id is not None else None
    if named is not None and _may_hear(named, row):
        return named
    if row.person_id is None:
        return None
    return next(iter(work.people.accounts_of(row.person_id)), None)


def _may_hear(account: Account, row: Delivery) -> bool:
    """What is said to a person goes to no account that has ceased to be theirs."""
    return account.blocked_at is None and row.person_id in {None, account.person_id}


def _sent(work: UnitOfWork, parcel: Parcel, worker: str, message_id: int | None, now: datetime) -> bool:
    return work.deliveries.mark(
        parcel.delivery.id,
        worker,
        state=DeliveryState.SENT,
        account_id=parcel.account.id,
        message_id=message_id,
        sent_at=now,
        error=None,
    )
