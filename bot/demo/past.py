"""What happened before the demo began: the services of the program under a clock that is set, saying nothing."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import services as use_cases
from bot.demo.organisation import AWAY, NEWCOMERS
from domain.deliveries import UNREACHABLE, Delivery, DeliveryState
from domain.notices import NOTICE
from domain.people import Actor
from domain.workdays import WorkCalendar
from storage.deliveries import Deliveries
from storage.files import FileStore
from storage.unit_of_work import Store, UnitOfWork

SAMPLE = "sample"
"""The error of a delivery that nobody was to get."""

EVERYBODY = 10**6


class SetClock:
    """Stands where it was set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class Unsaid(Deliveries):
    """Keeps what was said in the past without saying it: notices as they arrived on their day, all else as left out.
    What is to be said after ``now`` waits for it; nothing reaches those ``away``, and nothing was sent to newcomers.
    Of a notice's messages the first ``reach`` were under way, the others still waited."""

    def __init__(
        self, said: Deliveries, now: datetime, away: Collection[int], newcomers: Collection[int], reach: int
    ) -> None:
        super().__init__(said._session)  # noqa: SLF001 - it takes the place of what it is made from
        self._now = now
        self._reach = reach
        self._away = away
        self._newcomers = newcomers

    def record(self, *rows: Delivery) -> int:
        for place, row in enumerate(rows):
            if row.kind == NOTICE and (row.not_before > self._now or place >= self._reach):
                continue
            if row.kind != NOTICE or row.person_id in self._newcomers:
                row.state, row.error = DeliveryState.SUPPRESSED, SAMPLE
            elif row.person_id in self._away:
                row.state, row.error = DeliveryState.FAILED, UNREACHABLE
            else:
                row.state, row.sent_at = DeliveryState.SENT, row.not_before
        count = super().record(*rows)
        self.recorded.clear()
        return count


class Past:
    """The use cases as they were called then. ``now`` is when the demo begins."""

    def __init__(self, store: Store, files: FileStore, zone: ZoneInfo, language: str, now: datetime) -> None:
        self.store = store
        self.zone = zone
        self.now = now
        self._language = language
        self.clock = SetClock(now)
        self.reach = EVERYBODY
        self.services = use_cases.build(self._work, self.clock, zone, language, files)
        with store.work() as work:
            self.calendar: WorkCalendar = work.calendar.work_calendar(zone)
            everybody = work.people.people_below("/")
            self._away = {person.id for person in everybody if person.staff_number in AWAY}
            self._newcomers = {person.id for person in everybody if person.staff_number in NEWCOMERS}
        self._units: dict[str, int] = {}
        self._actors: dict[str, Actor] = {}

    @contextmanager
    def _work(self) -> Iterator[UnitOfWork]:
        with self.store.work() as work:
            work.deliveries = Unsaid(work.deliveries, self.now, self._away, self._newcomers, self.reach)
            yield work

    def actor(self, staff_number: str) -> Actor:
        """Anybody by staff number, as if they acted."""
        if staff_number not in self._actors:
            with self.store.work() as work:
                person = work.people.person_by_staff_number(staff_number)
                if person is None:
                    raise LookupError(staff_number)
                self._actors[staff_number] = work.actors.of(person.id)
        return self._actors[staff_number]

    def person(self, staff_number: str) -> int:
        return self.actor(staff_number).person_id or 0

    def name(self, staff_number: str) -> str:
        return self.actor(staff_number).name

    def newcomer(self) -> Actor:
        """Somebody who has opened the page and whom nobody knows."""
        with self.store.work() as work:
            account = work.people.add_account("web", None, self.clock.at, None)
        return self._at(account.id)

    def guest(self) -> Actor:
        """The demo's guest."""
        return self._at(self.services.people.personas()["guest"])

    def _at(self, account_id: int) -> Actor:
        return self.services.people.acting("web", account_id, self._language)

    def unit(self, code: str) -> int:
        if not self._units:
            with self.store.work() as work:
                self._units = {unit.code: unit.id for unit in work.people.units()}
        return self._units[code]

    def day(self, workdays: int) -> date:
        """The day so many working days from today; before it when negative."""
        day = self.now.astimezone(self.zone).date()
        step = timedelta(days=1 if workdays > 0 else -1)
        for _ in range(abs(workdays)):
            day += step
            while not self.calendar.is_workday(day):
                day += step
        return day

    def at(self, workdays: int, hour: int = 10, minute: int = 0) -> datetime:
        return self.calendar.local(self.day(workdays), time(hour, minute))

    def go_to(self, workdays: int, hour: int = 10, minute: int = 0) -> None:
        """Set the clock, never beyond the moment at which the demo begins."""
        self.clock.at = min(self.at(workdays, hour, minute), self.now - timedelta(minutes=1))

    def then(self, case: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """A use case a few minutes after the one before it."""
        self.clock.at = min(self.clock.at + timedelta(minutes=7), self.now - timedelta(seconds=30))
        return case(*values, **named)
