"""How the program is doing: what is counted, what beats, and what of it somebody should look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.deliveries import Lane

WINDOW = timedelta(days=7)
"""Failures older than this no longer count: what could be done about them was done or is past."""

LATE = timedelta(minutes=2)
"""Something due that has waited longer than this is stuck, not queued."""

LOW_DISK = 500 * 2**20
"""With fewer bytes free than this, photos and backups are about to fail."""

MISSED_BEATS = 3
LEAST_SILENCE = timedelta(minutes=1)


class Worry(StrEnum):
    """What an administrator should look at, the most urgent first."""

    DISK_LOW = "disk-low"
    STUCK = "stuck"
    TELEGRAM_SILENT = "telegram-silent"
    TICKS_SILENT = "ticks-silent"
    UPDATES_LOST = "updates-lost"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    HELD = "held"


@dataclass(frozen=True)
class Vitals:
    """What the rows and the disk tell. ``failed`` messages were refused, ``unreachable`` people have no way in,
    ``lost`` updates could not be handled; all three within ``WINDOW``. ``held`` messages were due before the database
    was brought back from a backup."""

    waiting: int
    oldest_due: datetime | None
    failed: int
    unreachable: int
    lost: int
    free_bytes: int
    held: int = 0


@dataclass(frozen=True)
class Beat:
    """Something that should happen ``every`` so often, and when it last did."""

    every: timedelta
    last: datetime

    def is_missed(self, now: datetime) -> bool:
        return now - self.last > max(MISSED_BEATS * self.every, LEAST_SILENCE)


TELEGRAM = "telegram"
"""The beat of an answer from Telegram, expected where it is polled."""


@dataclass
class Pulse:
    """What this process does regularly, by name, kept in memory: its ticks, and hearing from Telegram."""

    beats: dict[str, Beat] = field(default_factory=dict)

    def expect(self, name: str, every: timedelta, now: datetime) -> None:
        self.beats[name] = Beat(every, now)

    def beat(self, name: str, now: datetime) -> None:
        self.beats[name] = Beat(self.beats[name].every, now)

    def missed(self, now: datetime) -> set[str]:
        """The names of what did not happen in time."""
        return {name for name, beat in self.beats.items() if beat.is_missed(now)}


class Fate(StrEnum):
    """What can become of an update: ``failed`` counts tries, the others updates."""

    HANDLED = "handled"
    SEEN = "seen"
    FAILED = "failed"
    DEAD = "dead"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Backlog:
    """Deliveries that are due and wait, queue by queue, and since when the oldest does; and updates given up."""

    waiting: Mapping[Lane, int]
    oldest_due: datetime | None
    dead_letters: int


def worries(vitals: Vitals, pulse: Pulse, now: datetime) -> tuple[Worry, ...]:
    """Everything that somebody should look at; empty when all is well."""
    missed = pulse.missed(now)
    held = {
        Worry.DISK_LOW: vitals.free_bytes < LOW_DISK,
        Worry.STUCK: vitals.oldest_due is not None and now - vitals.oldest_due > LATE,
        Worry.TELEGRAM_SILENT: TELEGRAM in missed,
        Worry.TICKS_SILENT: bool(missed - {TELEGRAM}),
        Worry.UPDATES_LOST: vitals.lost > 0,
        Worry.FAILED: vitals.failed > 0,
        Worry.UNREACHABLE: vitals.unreachable > 0,
        Worry.HELD: vitals.held > 0,
    }
    return tuple(worry for worry, is_held in held.items() if is_held)
