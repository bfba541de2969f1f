"""The audit trail, sealed: every seal is a hash over the one before it and over the entries since."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

SETTLED = timedelta(minutes=1)
"""An entry younger than this is not sealed yet: another one with a smaller number may still be on its way."""

SLICE = 1000


@dataclass(frozen=True)
class Entry:
    id: int
    at: datetime
    person_id: int | None
    action: str
    subject: str
    details: Mapping[str, Any]

    def as_bytes(self) -> bytes:
        """The same for the same entry, on whichever database it stands."""
        at = self.at.astimezone(UTC).isoformat()
        parts = [self.id, at, self.person_id, self.action, self.subject, self.details]
        return json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Seal:
    """``number`` counts from 1; ``up_to`` is the last entry's number, ``count`` how many entries it covers."""

    number: int
    up_to: int
    count: int
    hash: str

    @property
    def head(self) -> str:
        """What whoever keeps a copy elsewhere writes down: with it even a trail that was written anew is found out."""
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True)
class Verdict:
    """What a look at the whole trail found: ``broken`` is the first seal that does not fit, ``unsealed`` counts the
    newest entries."""

    seals: int
    entries: int
    unsealed: int
    head: str
    broken: Seal | None = None


NOTHING = Seal(0, 0, 0, hashlib.sha256(b"").hexdigest())
"""What the first seal follows."""


def settled(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Those at the beginning that are old enough to be sealed."""
    found = []
    for entry in entries:
        if entry.at > now - SETTLED:
            break
        found.append(entry)
    return found


def sealed(before: Seal, entries: list[Entry]) -> Seal:
    """The seal over some entries, which follow those that ``before`` ends with."""
    chain = hashlib.sha256(before.hash.encode())
    for entry in entries:
        chain.update(len(entry.as_bytes()).to_bytes(8, "big") + entry.as_bytes())
    return Seal(before.number + 1, entries[-1].id, len(entries), chain.hexdigest())
