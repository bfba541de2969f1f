"""Deliveries: what the senders take, where it goes, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.deliveries import (
    MAX_ATTEMPTS,
    UNREACHABLE,
    Address,
    Arrival,
    Delivery,
    DeliveryState,
    Lane,
    Leased,
    Stream,
    key,
    retry_after,
)
from domain.messenger import Answer
from domain.notices import NOTICE
from services.clock import Clock
from services.notices.outgoing import Departures
from storage.addresses import Found
from storage.lanes import reads, shares
from storage.unit_of_work import UnitOfWork, Work

EDITS = "edits"
"""In a payload, the key of the delivery whose message this one takes the place of."""

EDIT_WAIT = timedelta(seconds=5)
"""So long an edit waits for what it edits before it looks again."""

REPLY = "reply"
REPLY_KEPT = timedelta(minutes=10)
"""An answer that comes later than this answers nothing any more; and what it says need not be kept longer."""

TOO_FAST = "429"


@dataclass(frozen=True)
class Parcel:
    """A leased delivery with the account it goes to and the reader's language. ``edits`` is the number of the message
    that it takes the place of; ``words`` are what its payload leaves to be looked up."""

    delivery: Leased
    account: Address
    language: str
    edits: int | None = None
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, Any]:
        return {**self.delivery.payload, **self.words}


@dataclass(frozen=True)
class Outcome:
    """What became of a parcel: what its messenger said; or the ``body`` that is to be put into its chat on the page; or
    ``unworded``, why there are no words for it; or only that it has to ``wait`` so long."""

    parcel: Parcel
    answer: Answer | None = None
    body: dict[str, Any] | None = None
    unworded: str = ""
    wait: timedelta = timedelta(0)
    why: str = ""


class Deliveries:
    def __init__(self, work: Work, clock: Clock, language: str, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._language = language
        self._zone = zone

    @shares
    def exchange(self, worker: str, outcomes: Sequence[Outcome], limit: int, stream: Stream) -> list[Parcel]:
        """Note what became of some parcels and lease up to ``limit`` others, in one commit. On the chat page that is
        where it is said. What is no longer this worker's to say is left to whoever took it over."""
        now = self._clock.now()
        with self._work() as work:
            arrivals = [arrival for outcome in outcomes if (arrival := _arrival(outcome)) is not None]
            work.deliveries.arrived(worker, arrivals, now)
            # By account, since every message takes its chat's number: two who do so must not wait for each other.
            others = [outcome for outcome in outcomes if _arrival(outcome) is None]
            for outcome in sorted(others, key=lambda one: one.parcel.account.id):
                self._settle(work, worker, outcome, stream, now)
            return self._lease(work, worker, limit, stream, now) if limit > 0 else []

    def _lease(self, work: UnitOfWork, worker: str, limit: int, stream: Stream, now: datetime) -> list[Parcel]:
        """A row past its time is suppressed, one without a way to the person fails, one for a messenger that wants to
        be left alone waits."""
        rows = work.deliveries.claim(worker, now, limit, stream)
        if not rows:
            return []
        parcels: list[Parcel] = []
        departures = Departures(work, now, self._zone)
        found = work.addresses.of(rows, stream, now)
        for row in rows:
            if row.expires_at is not None and row.expires_at <= now:
                work.deliveries.mark(row.id, worker, state=DeliveryState.SUPPRESSED, error="expired")
                continue
            if row.kind == NOTICE and not departures.may_go(row, worker):
                continue
            if (told := row.payload.get(EDITS)) is not None:
                parcel = self._edit(work, row, worker, told, stream, now)
            else:
                parcel = self._parcel(work, row, worker, found, departures)
            if parcel is None:
                continue
            if parcel.account.paused_until is not None:
                _put_back(work, row, worker, parcel.account.paused_until, TOO_FAST)
                continue
            parcels.append(parcel)
        return parcels

    def _parcel(
        self, work: UnitOfWork, row: Leased, worker: str, found: Found, departures: Departures
    ) -> Parcel | None:
        account = _account(row, found)
        if account is None:
            work.deliveries.mark(row.id, worker, state=DeliveryState.FAILED, error=UNREACHABLE)
            return None
        words = departures.words_of(row) if row.kind == NOTICE else {}
        return Parcel(row, account, account.language or self._language, words=words)

    def _settle(self, work: UnitOfWork, worker: str, outcome: Outcome, stream: Stream, now: datetime) -> None:
        parcel, answer = outcome.parcel, outcome.answer
        row = parcel.delivery
        if outcome.unworded:
            work.deliveries.mark(row.id, worker, state=DeliveryState.FAILED, error=outcome.unworded)
        elif outcome.body is not None:
            _put_in_chat(work, parcel, worker, outcome.body, now)
        elif answer is None:
            _put_back(work, row, worker, now + outcome.wait, outcome.why)
        elif answer.retry_after:
            until = now + timedelta(seconds=answer.retry_after)
            work.deliveries.pause(stream, parcel.account.platform, until)
            _put_back(work, row, worker, until, TOO_FAST)
        elif answer.blocked:
            _blocked(work, parcel, worker, now)
        elif answer.may_pass:
            # Nobody knows whether it arrived. A duplicate is better than a gap.
            _try_again(work, row, worker, answer.description[:120] or "unknown", now)
        else:
            work.deliveries.mark(row.id, worker, state=DeliveryState.FAILED, error=f"{answer.error_code}")

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

    def take_over(self, held: Collection[int] = ()) -> int:
        """Give back the rows of senders that died: nobody heard of them for longer than a lease lasts. Those ``held``
        are still somebody's."""
        with self._work() as work:
            return work.deliveries.take_over(self._clock.now(), held)

    @reads
    def abandoned(self, held: Collection[int] = ()) -> bool:
        """Whether there are such rows."""
        with self._work() as work:
            return work.deliveries.abandoned(self._clock.now(), held)

    def _edit(
        self, work: UnitOfWork, row: Leased, worker: str, told: str, stream: Stream, now: datetime
    ) -> Parcel | None:
        """The parcel that edits what the delivery with the key ``told`` said, in the account where it was said. Until
        that is sent the edit waits; what never arrived is not edited."""
        first = work.deliveries.by_key(told)
        if first is not None and first.state in {DeliveryState.PENDING, DeliveryState.LEASED}:
            _put_back(work, row, worker, now + EDIT_WAIT, "")
            return None
        sent = first is not None and first.message_id is not None and first.account_id is not None
        account = work.addresses.named(first.account_id or 0, stream, now) if sent and first is not None else None
        if first is None or account is None or not _may_hear(account, row):
            work.deliveries.mark(row.id, worker, state=DeliveryState.SUPPRESSED, error="nothing to edit")
            return None
        return Parcel(row, account, account.language or self._language, first.message_id)


def _account(row: Leased, found: Found) -> Address | None:
    """The account the row names while it can be written to, else the one the person used last. Nobody writes to a
    person who has left."""
    own = found.of_person.get(row.person_id or 0, ())
    if any(one.left for one in own):
        return None
    named = found.named.get(row.account_id or 0)
    if named is not None and _may_hear(named, row):
        return named
    return next((one for one in own if one.may_write), None)


def _may_hear(account: Address, row: Leased) -> bool:
    """What is said to a person goes to no account that has ceased to be theirs."""
    return account.may_write and row.person_id in {None, account.person_id}


def _arrival(outcome: Outcome) -> Arrival | None:
    """What has become of a parcel that its messenger took, which is what becomes of nearly all."""
    parcel, answer = outcome.parcel, outcome.answer
    if answer is None or not (answer.ok or (parcel.edits is not None and "not modified" in answer.description)):
        return None
    return Arrival(parcel.delivery.id, parcel.account.id, answer.message_id or parcel.edits)


def _put_in_chat(work: UnitOfWork, parcel: Parcel, worker: str, body: dict[str, Any], now: datetime) -> None:
    """On the chat page saying it and marking it are one commit."""
    if not work.deliveries.holds(parcel.delivery.id, worker):
        return
    message_id = parcel.edits
    if message_id is None:
        message_id = work.chat.append(parcel.account.id, {"date": int(now.timestamp()), **body})
    else:
        work.chat.rewrite(parcel.account.id, message_id, body)
    work.deliveries.arrived(worker, [Arrival(parcel.delivery.id, parcel.account.id, message_id)], now)


def _put_back(work: UnitOfWork, row: Leased, worker: str, until: datetime, why: str) -> None:
    """It waits, and that is no failed try of ours."""
    work.deliveries.mark(
        row.id,
        worker,
        state=DeliveryState.PENDING,
        not_before=until,
        error=why or None,
        attempts=row.attempts - 1,
        lease_by=None,
        lease_until=None,
    )


def _try_again(work: UnitOfWork, row: Leased, worker: str, error: str, now: datetime) -> None:
    """Later; after too many tries the row fails and stays for an admin to see."""
    work.deliveries.mark(
        row.id,
        worker,
        state=DeliveryState.FAILED if row.attempts >= MAX_ATTEMPTS else DeliveryState.PENDING,
        not_before=now + retry_after(row.attempts),
        error=error,
        lease_by=None,
        lease_until=None,
    )


def _blocked(work: UnitOfWork, parcel: Parcel, worker: str, now: datetime) -> None:
    """The person blocked the bot there: remember it, and let the row look for another of their accounts."""
    account = work.people.account_by_id(parcel.account.id)
    if account is not None:
        account.blocked_at = now
    work.deliveries.mark(
        parcel.delivery.id, worker, state=DeliveryState.PENDING, account_id=None, error="blocked", lease_by=None
    )
