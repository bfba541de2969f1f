"""Working days: an immutable value built from the organisation's days off and make-up workdays."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DomainError

DAY_START = time(8, 30)
DAY_END = time(18, 0)
"""The working hours of an organisation that decided on no others."""

END_OF_DAY = time(18, 0)
"""When a deadline ends on its day, whatever the working hours are."""

SHORTEST_DAY = timedelta(hours=1)

_HOURS = re.compile(r"(\d{1,2})[:.](\d{2})(?:-|–|—|~|至|到|to)(\d{1,2})[:.](\d{2})")


def read_hours(text: str) -> tuple[time, time]:
    """Working hours as people write them, such as 8:30-17:30. Raises DomainError ``hours-unreadable``."""
    match = _HOURS.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if match is not None:
        numbers = [int(part) for part in match.groups()]
        if numbers[0] < 24 and numbers[2] < 24 and numbers[1] < 60 and numbers[3] < 60:
            start, end = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
            if _minutes(start) + SHORTEST_DAY <= _minutes(end):
                return start, end
    raise DomainError("hours-unreadable")


def _minutes(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


HORIZON = 370
"""A year without a single working day is a mistake in the table, not a calendar."""


@dataclass(frozen=True)
class Month:
    """The working days of the month that begins on ``first``, and what its days off are called."""

    first: date
    working: frozenset[date]
    names: dict[date, str]

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return _month_after(self.first)


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class WorkCalendar:
    """Monday to Friday, less ``days_off``, plus ``make_up_workdays``; hours are local to ``zone``."""

    zone: ZoneInfo
    days_off: frozenset[date] = frozenset()
    make_up_workdays: frozenset[date] = frozenset()
    day_start: time = DAY_START
    day_end: time = DAY_END

    def is_workday(self, day: date) -> bool:
        if day in self.make_up_workdays:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def month(self, day: date, names: dict[date, str]) -> Month:
        """The month that ``day`` is in; ``names`` may tell of days off around it."""
        first = day.replace(day=1)
        after = _month_after(first)
        days = [first + timedelta(days=step) for step in range((after - first).days)]
        kept = {day: name for day, name in names.items() if first <= day < after and name}
        return Month(first, frozenset(filter(self.is_workday, days)), kept)

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; day 1 is the first one after it."""
        for _ in range(count):
            day = self._next(day, 1)
        return day

    def before(self, due: datetime, count: int) -> date:
        """The day ``count`` working days before the one the deadline falls on."""
        day = self.date_of(due)
        for _ in range(count):
            day = self._next(day, -1)
        return day

    def deadline(self, assigned_at: datetime, workdays: int) -> datetime:
        """The end of the ``workdays``-th working day after the day of assignment, in UTC."""
        return self.local(self.add_workdays(self.date_of(assigned_at), workdays), END_OF_DAY)

    def workdays_left(self, now: datetime, due: datetime) -> int:
        """Working days from today to the due day: 0 on the day itself, negative once it is past."""
        today, last = self.date_of(now), self.date_of(due)
        first, end, sign = (today, last, 1) if today <= last else (last, today, -1)
        span = (end - first).days
        count = sum(self.is_workday(first + timedelta(days=step)) for step in range(1, span + 1))
        if sign == 1 and now > due:
            return -1
        return sign * count if sign == 1 or count else -1

    def is_quiet(self, now: datetime) -> bool:
        """Whether nothing unasked may be said: outside working hours or on a day off."""
        local = now.astimezone(self.zone)
        return not self.is_workday(local.date()) or not self.day_start <= local.time() < self.day_end

    def next_open(self, now: datetime) -> datetime:
        """The next instant inside working hours; ``now`` itself when it is one."""
        if not self.is_quiet(now):
            return now
        today = self.date_of(now)
        if self.is_workday(today) and now < self.local(today, self.day_start):
            return self.local(today, self.day_start)
        return self.local(self._next(today, 1), self.day_start)

    def date_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def local(self, day: date, at: time) -> datetime:
        """A wall-clock time in UTC. One that the clocks skip is the first instant after the gap; of one that they
        repeat it is the first."""
        wall = datetime.combine(day, at, self.zone).replace(fold=0)
        instant = wall.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            return instant
        later = wall.replace(fold=1).astimezone(UTC)
        start, end = min(instant, later), max(instant, later)
        while end - start > timedelta(seconds=1):
            middle = start + (end - start) / 2
            if middle.astimezone(self.zone).utcoffset() == start.astimezone(self.zone).utcoffset():
                start = middle
            else:
                end = middle
        return end.replace(microsecond=0)

    def _next(self, day: date, step: int) -> date:
        for _ in range(HORIZON):
            day += timedelta(days=step)
            if self.is_workday(day):
                return day
        raise ValueError("the calendar has no working day within a year")
