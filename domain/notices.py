"""A notice: written once, sent to an audience that is fixed at that moment, acknowledged by each recipient."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.audiences import planning_paths
from domain.deliveries import key
from domain.errors import DomainError
from domain.files import Incoming
from domain.people import Actor, RoleKind, Unit, require_member
from domain.workdays import WorkCalendar

NOTICE = "notice"
"""The kind of the deliveries that carry a notice to its recipients."""

MAX_TITLE = 80
MAX_BODY = 3000
MAX_REASON = 200
UNDO = timedelta(seconds=30)
TYPED_ABOVE = 50
"""For more recipients than this the sender types their number."""

SLICE = 500
"""So many deliveries are recorded in one transaction."""

AHEAD = 20_000
"""So many messages of a notice stand ready to be sent at most: more are recorded as these go, and a stop has no million
rows to take back."""

SAME_WITHIN = timedelta(days=7)
LIVE = timedelta(days=7)
"""How long the sender's card follows the acknowledgements."""

CARD_EVERY = timedelta(seconds=3)


class State(StrEnum):
    """*Waiting* and *running* are never stored: a notice that started is in them by the clock alone."""

    STARTING = "starting"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDONE = "undone"


ENDED = frozenset({State.DONE, State.STOPPED, State.UNDONE})


@dataclass(frozen=True)
class Outgoing:
    """Of a notice what its messages need on their way out; ``sender`` is the name of a unit."""

    state: State
    urgent: bool
    title: str
    body: str
    sender: str
    opens_at: datetime
    has_file: bool


@dataclass(frozen=True)
class Audience:
    """Everybody in one of these units (each listed one alone, without those below it) who holds one of these roles.
    Everybody on the roster is a member."""

    units: tuple[int, ...] = ()
    roles: tuple[RoleKind, ...] = ()

    @property
    def everyone(self) -> bool:
        return RoleKind.MEMBER in self.roles

    def as_json(self) -> dict[str, Any]:
        return {"units": list(self.units), "roles": [role.value for role in self.roles]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Audience":
        return cls(tuple(int(unit) for unit in kept["units"]), tuple(RoleKind(role) for role in kept["roles"]))


@dataclass(frozen=True)
class Plan:
    """What a sender filled in. ``expected`` is the number of recipients that the sender agreed to; ``again`` that the
    same text to the same people is meant; ``at`` when it is to go out, at once without."""

    title: str
    body: str
    audience: Audience
    file: Incoming | None = None
    urgent_reason: str = ""
    expected: int = 0
    again: bool = False
    at: datetime | None = None

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any]) -> "Plan":
        kept = draft.get("file")
        return cls(
            title=draft.get("title", ""),
            body=draft.get("body", ""),
            audience=Audience.from_json(draft),
            file=Incoming.from_draft(kept) if kept else None,
            urgent_reason=draft.get("urgent", ""),
            expected=int(draft.get("count", 0)),
            again=bool(draft.get("again")),
            at=datetime.fromisoformat(draft["at"]) if draft.get("at") else None,
        )


@dataclass(eq=False)
class Notice:
    """``recipients`` is how many there are, ``recorded`` for how many of them a delivery stands, up to the recipient's
    row ``cursor``. ``shown`` tells what the sender's card shows, so that it is edited only when that changed."""

    title: str
    body: str
    digest: str
    audience: dict[str, Any]
    sender_id: int
    sender_unit_id: int
    created_at: datetime
    undo_until: datetime
    opens_at: datetime
    urgent_reason: str = ""
    file_id: int | None = None
    state: State = State.STARTING
    recipients: int = 0
    recorded: int = 0
    cursor: int = 0
    ended_at: datetime | None = None
    ended_by_id: int | None = None
    shown: str = ""
    shown_at: datetime | None = None
    id: int = field(init=False)

    @property
    def urgent(self) -> bool:
        return bool(self.urgent_reason)

    def state_at(self, now: datetime) -> State:
        if self.state is not State.STARTING:
            return self.state
        if now < self.undo_until:
            return State.STARTING
        return State.WAITING if now < self.opens_at else State.RUNNING

    def undo(self, by: int, now: datetime) -> None:
        """Take it back before anybody got it. Raises DomainError ``notice-ended`` or ``notice-undo-late``."""
        self._end(State.UNDONE, by, now)
        if now >= self.undo_until:
            raise DomainError("notice-undo-late", seconds=int(UNDO.total_seconds()))

    def stop(self, by: int, now: datetime) -> None:
        """Send it to nobody else. Raises DomainError ``notice-ended``."""
        self._end(State.STOPPED, by, now)

    def finish(self, now: datetime) -> None:
        """Everybody was reached, or cannot be."""
        self._end(State.DONE, None, now)

    def _end(self, state: State, by: int | None, now: datetime) -> None:
        if self.state in ENDED:
            raise DomainError("notice-ended")
        self.state, self.ended_by_id, self.ended_at = state, by, now


@dataclass(eq=False)
class Recipient:
    """One person of the audience; ``unit_id`` is the unit the person was in when it was fixed."""

    notice_id: int
    person_id: int
    unit_id: int
    acknowledged_at: datetime | None = None
    id: int = field(init=False)


@dataclass(frozen=True)
class Tally:
    """Recipients counted row by row: each is sent to, waiting, unreachable or left out; any of them may have
    acknowledged. Of those sent to, ``unopened`` have it on a page that nobody has opened since."""

    sent: int = 0
    waiting: int = 0
    unreachable: int = 0
    left_out: int = 0
    acknowledged: int = 0
    unopened: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.unreachable + self.left_out

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.sent + other.sent,
            self.waiting + other.waiting,
            self.unreachable + other.unreachable,
            self.left_out + other.left_out,
            self.acknowledged + other.acknowledged,
            self.unopened + other.unopened,
        )


@dataclass(frozen=True)
class Progress:
    """How far a notice is, for who sent it: numbers by unit in roster order, and no names."""

    notice_id: int
    title: str
    state: State
    opens_at: datetime
    created_at: datetime
    urgent_reason: str
    units: tuple[tuple[str, Tally], ...]

    @property
    def total(self) -> Tally:
        return sum((tally for _, tally in self.units), Tally())

    def mark(self) -> str:
        """The same as long as the card would read the same."""
        return hashlib.sha256(repr((self.state, self.units)).encode()).hexdigest()


@dataclass(frozen=True)
class Received:
    """A notice as its recipient has it."""

    notice_id: int
    title: str
    body: str
    sender: str
    at: datetime
    has_file: bool
    acknowledged_at: datetime | None
    unit_name: str = ""


@dataclass(frozen=True)
class Check:
    """What there is to know before a notice starts: how many people, how many of them have a way in, when it would
    be sent, and when the same text last went to some of them."""

    count: int
    reachable: int
    opens_at: datetime
    waits: bool
    same_at: datetime | None


@dataclass(frozen=True)
class Unread:
    """A notice with how many people of the secretary's own units have not acknowledged it."""

    notice_id: int
    title: str
    at: datetime
    missing: int
    total: int


@dataclass(frozen=True)
class Missing:
    """Somebody who has not acknowledged. ``unopened`` says that it lies on a page that nobody has opened since."""

    name: str
    unit_name: str
    reachable: bool
    unopened: bool = False


def sending_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees whose people the actor may write to: an admin all, a secretary the own. Raises DomainError
    ``members-only`` or ``notice-senders-only``."""
    require_member(actor)
    found = planning_paths(actor)
    if not found:
        raise DomainError("notice-senders-only")
    return found


def length(text: str) -> int:
    """Characters as messengers count them: what lies beyond the basic plane, such as most emoji, counts twice."""
    return len(text.encode("utf-16-le")) // 2


def checked(text: str, limit: int) -> str:
    """The trimmed text. Raises DomainError ``notice-empty`` or ``text-too-long``."""
    words = text.strip()
    if not words:
        raise DomainError("notice-empty")
    if length(words) > limit:
        raise DomainError("text-too-long", limit=limit, length=length(words))
    return words


def digest(title: str, body: str) -> str:
    """The same for texts that differ in nothing but spaces and capitals."""
    return hashlib.sha256("\n".join("".join(part.casefold().split()) for part in (title, body)).encode()).hexdigest()


def opening(calendar: WorkCalendar, now: datetime, at: datetime | None, *, urgent: bool) -> datetime:
    """When the first recipient may get it: after the time for undoing, not before ``at``, and within working hours
    unless urgent."""
    first = now + UNDO if at is None else max(now + UNDO, at)
    return first if urgent else calendar.next_open(first)


def delivery_key(notice_id: int, person_id: int) -> str:
    return key(NOTICE, notice_id, "once", person_id)


def in_tree_order(units: Sequence[Unit]) -> list[Unit]:
    """Each unit right after the one above it, brothers in roster order."""
    place = {unit.id: index for index, unit in enumerate(units)}
    return sorted(units, key=lambda unit: [place.get(int(step), -1) for step in unit.path.strip("/").split("/")])


def with_unit_toggled(chosen: Collection[int], pressed: int, units: Sequence[Unit]) -> tuple[int, ...]:
    """The units after one was pressed: it comes or goes with all below it, of which some may be pressed away again."""
    path = next((unit.path for unit in units if unit.id == pressed), None)
    if path is None:
        return tuple(chosen)
    below = {unit.id for unit in units if unit.path.startswith(path)}
    return tuple(sorted(set(chosen) - below if pressed in chosen else set(chosen) | below))


def with_all_toggled(chosen: Collection[int], units: Sequence[Unit]) -> tuple[int, ...]:
    everything = {unit.id for unit in units}
    return () if everything <= set(chosen) else tuple(sorted(everything))


def with_role_toggled(chosen: Sequence[RoleKind], pressed: RoleKind) -> tuple[RoleKind, ...]:
    """Either everybody, or some roles: choosing one of them ends the other."""
    if pressed is RoleKind.MEMBER:
        return () if pressed in chosen else (pressed,)
    some = set(chosen) - {RoleKind.MEMBER}
    return tuple(role for role in RoleKind if role in some ^ {pressed})
