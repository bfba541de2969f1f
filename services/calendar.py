"""The organisation's days off and make-up workdays: read from a package once, then its own table."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from domain.people import Actor, require_admin
from domain.workdays import Month
from services.clock import Clock
from storage.lanes import heavy, reads
from storage.unit_of_work import Work

SOURCE = "holidays"
_A_MONTH = timedelta(days=31)
_READ = "holidays_read"
_LANGUAGES = {"zh": "zh_CN", "en": "en_US"}

SpecialDay = tuple[date, bool, str]
"""A day, whether it is worked, and what it is called."""


class Calendar:
    """``language`` is the one in which the days are named."""

    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo, language: str) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone
        self._language = language

    @reads
    def wanted(self) -> tuple[int, ...]:
        """The years to read: last year to next year; none when this release of the package was read for them. Reading
        is slow and takes memory, so it is done once."""
        year = self._clock.now().astimezone(self._zone).year
        with self._work() as work:
            known = work.calendar.setting(_READ)
        return () if known == _mark(year) else (year - 1, year, year + 1)

    @reads
    def next_open(self, at: datetime) -> datetime:
        """The next instant inside working hours; ``at`` itself when it is one."""
        with self._work() as work:
            return work.calendar.work_calendar(self._zone).next_open(at)

    @reads
    def month(self, actor: Actor, day: date) -> Month:
        """The month that the day is in. Anybody but an administrator gets DomainError ``admins-only``."""
        require_admin(actor)
        with self._work() as work:
            around = work.calendar.special_days(day - _A_MONTH, day + _A_MONTH)
            names = {special: name for special, _, name in around}
            return work.calendar.work_calendar(self._zone).month(day, names)

    def decide(self, actor: Actor, day: date, working: bool) -> None:
        """From now on this day is worked, or off, whatever the package says. Deadlines already set stay.

        Raises DomainError ``admins-only``.
        """
        require_admin(actor)
        with self._work() as work:
            work.calendar.put(day, working=working, name="")
            work.audit.record(self._clock.now(), actor.person_id, "calendar.decide", day.isoformat(), working=working)

    @heavy
    def read(self, years: Sequence[int]) -> list[SpecialDay]:
        """The days off of these years, and the weekend days worked in exchange where they were announced."""
        # Imported here: only the one start that reads it pays for it.
        from holidays.countries.china import China

        language = _LANGUAGES.get(self._language, "en_US")
        found = China(years=tuple(years), language=language)  # type: ignore[no-untyped-call]  # the package's own lack
        off = [(day, False, name[:80]) for day, name in found.items() if day.year in years]
        worked = [(day, True, "") for day in found.weekend_workdays if day.year in years]
        return sorted([*off, *worked])

    def add(self, days: Sequence[SpecialDay]) -> int:
        """Add the days that nobody has decided on; what somebody edited stays. Gives back how many were new."""
        year = self._clock.now().astimezone(self._zone).year
        with self._work() as work:
            added = work.calendar.add_missing(list(days))
            work.calendar.decide(_READ, _mark(year))
            return added


def _mark(year: int) -> str:
    return f"{version(SOURCE)}:{year}"
