"""The demo's clock, which runs ahead of the machine's by the seconds in a file."""

from datetime import datetime, timedelta
from pathlib import Path

MORNING = timedelta(minutes=90)
ROOM = timedelta(hours=1)
"""So much of the working day is wanted to try things in."""


def move_on(file: Path, seconds: float) -> None:
    """Let the clock run ahead by so much more. It never goes back."""
    moved = float(file.read_text(encoding="utf-8")) if file.exists() else 0.0
    file.write_text(str(moved + max(0.0, seconds)), encoding="utf-8")


def into_working_hours(file: Path, now: datetime, opens: datetime) -> None:
    """Nothing is said unasked outside working hours, and whoever tries the demo at night shall not have to wait: its
    clock goes on to mid-morning of the next working day."""
    if opens > now:
        move_on(file, (opens + MORNING - now).total_seconds())
