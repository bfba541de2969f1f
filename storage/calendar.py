"""The organisation's days off and make-up workdays, and what it decided once for all."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Boolean, Column, Date, String, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from domain.workdays import DAY_END, DAY_START, WorkCalendar
from storage.base import insert_once, metadata
from storage.engine import kept
from storage.prepared import Prepared

HOURS = "working_hours"
"""The key under which the organisation's own working hours are kept, as two times."""

RESTORED = "restored_at"
"""The key under which stands when this database was brought back from a backup."""

special_day = Table(
    "special_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("name", String(80), nullable=False),
)

organisation = Table(
    "organisation",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
)

# Asked wherever a deadline is shown and in every round of the sender, and therefore built once.
_SPECIAL_DAYS = Prepared(select(special_day.c.day, special_day.c.working))
_SETTING = Prepared(select(organisation.c.value).where(organisation.c.key == bindparam("of")))


class Calendar:
    def __init__(self, session: Session) -> None:
        self._session = session

    def work_calendar(self, zone: ZoneInfo) -> WorkCalendar:
        return kept(self._session, f"calendar of {zone.key}", lambda: self._work_calendar(zone))

    def _work_calendar(self, zone: ZoneInfo) -> WorkCalendar:
        rows = _SPECIAL_DAYS.rows(self._session)
        hours = [time.fromisoformat(at) for at in self.setting(HOURS) or ()] or [DAY_START, DAY_END]
        return WorkCalendar(
            zone=zone,
            day_start=hours[0],
            day_end=hours[1],
            days_off=frozenset(row.day for row in rows if not row.working),
            make_up_workdays=frozenset(row.day for row in rows if row.working),
        )

    def special_days(self, first: date, last: date) -> list[tuple[date, bool, str]]:
        """Days off and make-up workdays from ``first`` to ``last``, in order, with their names."""
        query = select(special_day).where(special_day.c.day.between(first, last)).order_by(special_day.c.day)
        return [(row.day, row.working, row.name) for row in self._session.execute(query)]

    def add_missing(self, days: list[tuple[date, bool, str]]) -> int:
        """Add days that nobody has decided on yet; what an admin edited stays. Gives back how many were added."""
        rows = [{"day": day, "working": working, "name": name} for day, working, name in days]
        return insert_once(self._session, special_day, rows)

    def put(self, day: date, *, working: bool, name: str) -> None:
        self.remove(day)
        self._session.execute(insert(special_day).values(day=day, working=working, name=name))

    def remove(self, day: date) -> None:
        self._session.execute(delete(special_day).where(special_day.c.day == day))

    def setting(self, key: str) -> Any:
        """What the organisation decided under ``key``, or None."""
        found = _SETTING.first(self._session, of=key)
        return found.value if found is not None else None

    def decide_once(self, key: str, value: Any) -> Any:
        """What was decided under ``key`` before, else ``value`` from now on."""
        insert_once(self._session, organisation, [{"key": key, "value": value}])
        return self.setting(key)

    def decide(self, key: str, value: Any) -> None:
        """From now on it is this. Whoever decides the same at the same time waits, and comes after."""
        insert_once(self._session, organisation, [{"key": key, "value": value}])
        self._session.execute(update(organisation).where(organisation.c.key == key).values(value=value))
