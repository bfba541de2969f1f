"""Deliveries: everything said unasked and every fact told once is a row first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Lane(StrEnum):
    """Queues in the order they are drained: an answer to a person outranks every bulk message."""

    FACTS = "facts"
    CONTEST = "contest"
    REMINDERS = "reminders"
    ESCALATIONS = "escalations"
    NOTICES = "notices"


LANE_ORDER = tuple(Lane)


class Stream(StrEnum):
    """What is sent beside each other, so that a notice to thousands keeps nobody waiting for a number."""

    FACTS = "facts"
    BULK = "bulk"

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Its queues, in the order in which they are drained."""
        return (Lane.FACTS,) if self is Stream.FACTS else LANE_ORDER[1:]


class DeliveryState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPPRESSED = "suppressed"
    HELD = "held"
    """Due before the database was brought back from a backup: it may have been sent then, so somebody decides."""


LEASE = timedelta(seconds=30)
"""How long a sender owns a row it took; a row of a dead sender is free again after that."""

MAX_ATTEMPTS = 300
"""With the waits below, about a day: a messenger that is out of reach for hours loses nothing by it."""

UNREACHABLE = "unreachable"
"""The error of a row whose person has no account that can be written to."""


def key(kind: str, subject: str | int, due: datetime | str, recipient: int) -> str:
    """The identity of a delivery: the same thing is said to the same person once for one due instant."""
    instant = due if isinstance(due, str) else due.isoformat()
    return f"{kind}:{subject}:{instant}:{recipient}"


def retry_after(attempts: int) -> timedelta:
    """The wait before the next try: 1, 2, 4 … at most 300 seconds."""
    return timedelta(seconds=min(300, 2 ** max(0, attempts - 1)))


@dataclass(eq=False)
class Delivery:
    """One message to one person. ``payload`` holds plain values and a version; the words come when it is sent.

    ``account_id`` is set when it must go to one account (a guest has no person), else the account last used is taken.
    """

    dedupe_key: str
    kind: str
    lane: Lane
    payload: dict[str, Any]
    not_before: datetime
    created_at: datetime
    person_id: int | None = None
    account_id: int | None = None
    expires_at: datetime | None = None
    state: DeliveryState = DeliveryState.PENDING
    subject: str = ""
    lease_by: str | None = None
    lease_until: datetime | None = None
    attempts: int = 0
    error: str | None = None
    message_id: int | None = None
    sent_at: datetime | None = None
    id: int = field(init=False)


@dataclass(frozen=True, slots=True)
class Leased:
    """Of a row that a sender took, what it needs to say it."""

    id: int
    kind: str
    payload: dict[str, Any]
    person_id: int | None
    account_id: int | None
    expires_at: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Address:
    """An account as somebody writes to it. ``language`` is the owner's, else the account's own; ``may_write`` is false
    where the bot was blocked; ``left`` says that the owner has left the organisation; until ``paused_until`` the
    messenger wants to be left alone."""

    id: int
    platform: str
    external_id: str
    person_id: int | None
    language: str | None
    may_write: bool
    left: bool
    paused_until: datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """That a row was said, where, and under which number there."""

    id: int
    account_id: int
    message_id: int | None
