"""Ways in: links and codes, and whoever asks to join by one."""

import hashlib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from domain.errors import DomainError, Outdated
from domain.people import Actor, Duty, RoleKind


class InvitationKind(StrEnum):
    """``UNIT`` lets its people ask to join; ``PERSON`` is bound to one person at once; ``ADMIN`` makes the first
    administrator; ``PAGE`` is a joined person's own way to the chat page; ``SHEET`` shows a unit's code to be
    printed and lets nobody in."""

    UNIT = "unit"
    PERSON = "person"
    ADMIN = "admin"
    PAGE = "page"
    SHEET = "sheet"


LASTS: Mapping[InvitationKind, timedelta] = {
    InvitationKind.UNIT: timedelta(days=7),
    InvitationKind.PERSON: timedelta(days=7),
    InvitationKind.ADMIN: timedelta(hours=1),
    InvitationKind.PAGE: timedelta(minutes=10),
    InvitationKind.SHEET: timedelta(hours=1),
}

AT_HAND_LASTS = timedelta(minutes=10)
"""A person's own code that they take off somebody's screen: they stand beside it."""

CODE_BYTES = 16
"""128 bits: nobody finds one by trying."""

ON_PAPER = "0123456789abcdefghjkmnpqrstvwxyz"
"""Characters that nobody takes for one another on paper: 32 of them, without i, l, o and u."""

ON_PAPER_LENGTH = 26
"""So many of them carry 128 bits."""

CARD_SHOWS = 40
"""So many of those who wait one card names, and lets in at once: nobody confirms whom the card did not show."""

UNDO_LISTED = timedelta(days=7)
"""How long a confirmation stays in the list of those that can be undone."""

MAX_WRONG = 5
WRONG_WITHIN = timedelta(hours=1)
MAX_WRONG_LINKS = 50
"""From one address, which a whole house may share; a link is too long to be guessed, so this only ends the trying."""


def hash_of(secret: str) -> str:
    """What is kept of a code or a session. They are random throughout, so a plain hash cannot be turned back."""
    return hashlib.sha256(as_made(secret).encode()).hexdigest()


def unit_code(sheet: str) -> str:
    """The unit's code that a sheet's secret stands for: whoever has the secret can work it out, and nobody the other
    way round. So a sheet can be shown for a while although of both only the hash is kept."""
    number = int.from_bytes(hashlib.sha256(f"unit {sheet}".encode()).digest()[:CODE_BYTES], "big")
    return "".join(ON_PAPER[number >> 5 * place & 31] for place in reversed(range(ON_PAPER_LENGTH)))


def as_made(code: str) -> str:
    """A code as it was made, from what somebody sent: of one typed from paper neither case, spaces, hyphens nor
    letters that look like digits matter."""
    typed = _folded(code).replace("-", "").translate(_LOOK_ALIKE)
    return typed if len(typed) == ON_PAPER_LENGTH and set(typed) <= set(ON_PAPER) else code.strip()


_LOOK_ALIKE = str.maketrans("oil", "011")


def same_words(one: str, other: str) -> bool:
    """Whether two people mean the same by what they typed: width, case and spaces do not matter."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(eq=False)
class Invitation:
    """A code, of which only the hash is kept. ``uses`` never exceeds ``max_uses``: a unit's code is used by everybody
    who has said by it who they are and was not refused, each person once."""

    code_hash: str
    kind: InvitationKind
    created_at: datetime
    expires_at: datetime
    max_uses: int = 1
    unit_id: int | None = None
    person_id: int | None = None
    created_by_id: int | None = None
    uses: int = 0
    revoked_at: datetime | None = None
    id: int = field(init=False)

    def lasts(self, now: datetime) -> bool:
        """Whether whom it served already may come by it again."""
        return self.revoked_at is None and now < self.expires_at

    def is_open(self, now: datetime) -> bool:
        return self.lasts(now) and self.uses < self.max_uses

    def require_open(self, now: datetime) -> None:
        """Refuse a code that is spent, expired or taken back as a wrong one is: DomainError ``code-wrong``."""
        if not self.is_open(now):
            raise DomainError("code-wrong")

    def hold(self, others: Collection[int], person_id: int) -> None:
        """Keep a place of a unit's code for this person beside the others. Raises DomainError ``join-full``."""
        places = {*others, person_id}
        if len(places) > self.max_uses:
            raise DomainError("join-full")
        self.uses = len(places)

    def spend(self, now: datetime) -> None:
        """Count one use. A code that is spent, expired or taken back is refused as a wrong one is."""
        self.require_open(now)
        self.uses += 1


class JoinState(StrEnum):
    """``DROPPED``: whoever asked came in by another way meanwhile."""

    BEGUN = "begun"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNDONE = "undone"
    DROPPED = "dropped"


OPEN_REQUESTS = frozenset({JoinState.BEGUN, JoinState.WAITING})


@dataclass(eq=False)
class JoinRequest:
    """Somebody who came by a unit's code. ``known_as`` is what the messenger calls them, for the secretary to
    recognise, and is kept until that is decided; ``person_id`` is whom they say they are. ``version`` counts what they
    said, so that nobody confirms one name on a card that showed another. ``replaced_account_id`` is the account that a
    confirmation took the place of."""

    invitation_id: int
    unit_id: int
    account_id: int
    begun_at: datetime
    state: JoinState = JoinState.BEGUN
    person_id: int | None = None
    known_as: str = ""
    version: int = 0
    asked_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    replaced_account_id: int | None = None
    id: int = field(init=False)

    def ask(self, person_id: int, known_as: str, now: datetime) -> None:
        self.state, self.person_id, self.known_as, self.asked_at = JoinState.WAITING, person_id, known_as, now
        self.version += 1

    def decide(self, *, confirmed: bool, seen: int, by_id: int, by_name: str, now: datetime) -> None:
        """Raises as ``require_waiting`` does, and DomainError ``not-now`` when the one who asks has said something else
        since."""
        self.require_waiting(by_name)
        if seen != self.version:
            raise DomainError("not-now")
        self.state = JoinState.CONFIRMED if confirmed else JoinState.REFUSED
        self.decided_at, self.decided_by_id, self.known_as = now, by_id, ""

    def require_waiting(self, by_name: str) -> None:
        """Raises Outdated when somebody decided first (``by_name`` is whoever did), DomainError ``not-now`` when nobody
        asks any more."""
        if self.state is not JoinState.WAITING and self.decided_at is not None:
            raise Outdated(by_name, self.decided_at)
        if self.state is not JoinState.WAITING:
            raise DomainError("not-now")

    def drop(self) -> None:
        self.state, self.known_as = JoinState.DROPPED, ""

    def undo(self, by_id: int, by_name: str, now: datetime) -> None:
        """Take back a wrong confirmation. Raises Outdated when that was done already, DomainError ``not-now`` where
        there is none."""
        if self.state is JoinState.UNDONE and self.decided_at is not None:
            raise Outdated(by_name, self.decided_at)
        if self.state is not JoinState.CONFIRMED:
            raise DomainError("not-now")
        self.state, self.decided_at, self.decided_by_id = JoinState.UNDONE, now, by_id


@dataclass(eq=False)
class Guesses:
    """What was guessed wrong within the hour that began with the first of it. ``key`` says where or about whom: a
    chat, an address, a staff number."""

    key: str
    wrong: int
    since: datetime

    def blocked_until(self, now: datetime, most: int = MAX_WRONG) -> datetime | None:
        end = self.since + WRONG_WITHIN
        return end if self.wrong >= most and now < end else None

    def refuse_too_many(self, now: datetime, most: int = MAX_WRONG) -> None:
        """Raises DomainError ``codes-too-many``; then even the right code is not looked at."""
        until = self.blocked_until(now, most)
        if until is not None:
            raise DomainError("codes-too-many", until=until)

    def count(self, now: datetime) -> None:
        if now >= self.since + WRONG_WITHIN:
            self.wrong, self.since = 0, now
        self.wrong += 1

    def give_back(self) -> None:
        """What was counted beforehand turned out right."""
        self.wrong = max(0, self.wrong - 1)


@dataclass(frozen=True)
class Leads:
    """Where a code leads that still works; ``unit_name`` is empty for a person's own."""

    kind: InvitationKind
    unit_name: str


@dataclass(frozen=True)
class Invited:
    """A code just made, the only time it can be read, and what it is for. ``sheet`` is the secret of the sheet to be
    printed, which only a unit's code has."""

    code: str
    name: str
    expires_at: datetime
    uses: int
    sheet: str = ""


@dataclass(frozen=True)
class JoiningSheet:
    """What is printed for a unit: its code, and whom to ask. ``language`` is that of whoever made it, or empty."""

    unit_name: str
    code: str
    uses: int
    expires_at: datetime
    ask: tuple[str, ...]
    language: str


def may_vouch(actor: Actor, path: str, duties: Collection[Duty]) -> bool:
    """Whether the actor may let somebody of the unit with ``path`` in who holds these duties: an admin anybody, a
    secretary the own people, and nobody who may do more than the secretary may."""
    if actor.has(RoleKind.ADMIN):
        return True
    held = all(duty.role is RoleKind.MEMBER or actor.has(duty.role, duty.path) for duty in duties)
    return actor.has(RoleKind.SECRETARY, path) and held


@dataclass(frozen=True)
class RequestCard:
    """Somebody who waits, as the one who decides sees it. ``twice`` says that two accounts ask to be this person."""

    request_id: int
    version: int
    name: str
    staff_number: str
    unit_name: str
    known_as: str
    platform: str
    has_account: bool
    twice: bool = False

    @property
    def needs_a_look(self) -> bool:
        """Whether confirming many at once leaves this one out: it would take somebody's account away."""
        return self.has_account or self.twice

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "RequestCard":
        return cls(**kept)


def mark_of(cards: Sequence[RequestCard]) -> int:
    """The same as long as the same people wait in the same order and say the same."""
    said = ",".join(f"{card.request_id}:{card.version}:{card.needs_a_look}" for card in cards)
    return int(hashlib.sha256(said.encode()).hexdigest()[:8], 16)


@dataclass(frozen=True)
class Confirmed:
    """Somebody who was let in, which can be undone."""

    request_id: int
    name: str
    unit_name: str
    staff_number: str


@dataclass(frozen=True)
class FirstNames:
    """What the first unit and the first administrator are called until a roster is imported."""

    office: str
    admin: str


class Links(Protocol):
    """Addresses that carry a code; empty where there is no such way in."""

    def page(self, code: str) -> str: ...

    def messenger(self, code: str) -> str: ...

    def sheet(self, secret: str) -> str: ...
