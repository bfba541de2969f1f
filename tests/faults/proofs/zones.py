"""Deadlines, reminders and sessions in five zones, at the days that clocks make strange."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import services as use_cases
from bot.services import Services
from domain.dates import parse_when
from domain.deliveries import Delivery
from domain.people import Actor
from domain.reminders import PROBLEM_LADDER
from domain.studies import Plan, SessionKind
from services.digests import DIGEST
from services.studies.telling import HOUR
from storage.deliveries import delivery
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests import sample
from tests.conftest import FixedClock
from tests.services.problems import Story

GAP, FOLD, YEAR_END, LEAP_DAY = "gap", "fold", "year end", "29 February"
DAYS: dict[str, dict[str, str]] = {
    "Asia/Kolkata": {},
    "Europe/Berlin": {GAP: "2030-03-31 02:30", FOLD: "2030-10-27 02:30"},
    "America/New_York": {GAP: "2030-03-10 02:30", FOLD: "2030-11-03 01:30"},
    "Australia/Lord_Howe": {GAP: "2030-10-06 02:15", FOLD: "2030-04-07 01:45"},
    "Pacific/Apia": {GAP: "2011-12-30 10:00", FOLD: "2021-04-04 03:30"},
}
"""A wall-clock time that does not exist, and one that exists twice. Apia left out a whole Friday. Kolkata has neither,
and has to get through the days of the others unharmed."""

EVERYWHERE = {
    GAP: "2030-03-31 02:30",
    FOLD: "2030-10-27 02:30",
    YEAR_END: "2030-12-31 23:30",
    LEAP_DAY: "2032-02-29 09:30",
}
LEAD = timedelta(days=6)
AFTER = timedelta(days=5)
STEP = timedelta(hours=1)
OPENS, CLOSES, ENDS = time(8, 30), time(18), time(18)


@dataclass(frozen=True)
class Moment:
    zone: ZoneInfo
    what: str
    wall: datetime

    def __str__(self) -> str:
        return f"{self.zone.key}, {self.what}"


def moments() -> Iterator[Moment]:
    for name, own in DAYS.items():
        for what, wall in (EVERYWHERE | own).items():
            yield Moment(ZoneInfo(name), what, datetime.strptime(wall, "%Y-%m-%d %H:%M"))  # noqa: DTZ007 - a wall clock


def instant(zone: ZoneInfo, wall: datetime) -> datetime:
    """What a wall clock means, found by looking at it every minute: the first at which it shows this time or is past
    it. That is the rule, in a way that shares nothing with the program's."""
    now = wall.replace(tzinfo=UTC) - timedelta(days=2)
    while now.astimezone(zone).replace(tzinfo=None) < wall:
        far = now.astimezone(zone).replace(tzinfo=None) < wall - timedelta(hours=30)
        now += timedelta(hours=1) if far else timedelta(minutes=1)
    return now


def wrong_about(moment: Moment, folder: Path) -> list[str]:
    """What goes otherwise than it should around this moment, with the ticks once an hour."""
    zone = moment.zone
    folder.mkdir(parents=True)
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    try:
        migrate(database)
        clock = FixedClock(instant(zone, datetime.combine(_workday_before(moment.wall.date()), time(10))))
        services = use_cases.build(Store(database).work, clock, zone, "zh", FileStore(folder / "files"))
        services.people.found(sample.organisation("zh"))
        return [f"{moment}: {one}" for one in _lived(moment, services, database, clock)]
    finally:
        database.close()


def _lived(moment: Moment, services: Services, database: Database, clock: FixedClock) -> Iterator[str]:
    zone, begins = moment.zone, clock.now()
    store = Store(database)
    story = Story(services, clock, lambda staff_number: _by_number(store, staff_number))
    card = story.signed(5)
    deadline = card.deadline
    expected = instant(zone, datetime.combine(_later(begins.astimezone(zone).date(), 5), ENDS))
    if deadline != expected:
        yield f"the deadline is {deadline}, not {expected}"
    starts = parse_when(f"{moment.wall:%Y-%m-%d %H:%M}", begins, zone)
    if starts != instant(zone, moment.wall):
        yield f"the session starts at {starts}, not {instant(zone, moment.wall)}"
    day_after = instant(zone, datetime.combine(_later(moment.wall.date(), 1), time(10)))
    for title, at in (("那一刻", starts), ("次日", day_after)):
        plan = Plan(SessionKind.THEORY, title, at, "三楼", (_branch(store),))
        services.studies.plan(story.secretary, plan)
    ticks = []
    while clock.now() < instant(zone, moment.wall) + AFTER:
        services.digests.record()
        services.studies.record_hour_before()
        ticks.append(clock.now())
        clock.at += STEP
    yield from _unlike("digests", _digests(database, story.owner, card.number), _due(zone, ticks, expected))
    hours = [(title, at) for title, at in (("那一刻", starts), ("次日", day_after)) if _within_hours(zone, ticks, at)]
    yield from _unlike("hours before", _hours_before(database, story.reporter), sorted(hours, key=lambda one: one[1]))


def _unlike(what: str, said: object, expected: object) -> Iterator[str]:
    if said != expected:
        yield f"{what} {said}, not {expected}"


def _due(zone: ZoneInfo, ticks: list[datetime], deadline: datetime) -> list[tuple[date, int]]:
    """On which days the owner hears of the problem, and with how many working days left, by counting on one's
    fingers."""
    said: list[tuple[date, int]] = []
    looked: set[date] = set()
    last = deadline.astimezone(zone).date()
    for tick in ticks:
        day = tick.astimezone(zone).date()
        if day in looked or not _is_open(zone, tick):
            continue
        looked.add(day)
        left = _workdays(day, last) if day <= last else -_workdays(last, day)
        rungs = [rung for rung in PROBLEM_LADDER if left <= rung]
        if rungs and min(rungs) not in {rung for _, rung in said}:
            said.append((day, min(rungs)))
    return said


def _within_hours(zone: ZoneInfo, ticks: list[datetime], at: datetime) -> bool:
    return any(at - timedelta(hours=1) <= tick < at and _is_open(zone, tick) for tick in ticks)


def _digests(database: Database, owner: Actor, number: str) -> list[tuple[date, int]]:
    return [
        (date.fromisoformat(row.dedupe_key.split(":")[2]), item["rung"])
        for row in _rows(database, DIGEST)
        for item in row.payload["items"]
        if row.person_id == owner.person_id and item["subject"] == number
    ]


def _hours_before(database: Database, member: Actor) -> list[tuple[str, datetime]]:
    rows = [row for row in _rows(database, HOUR) if row.person_id == member.person_id]
    return [(row.payload["title"], datetime.fromisoformat(row.payload["at"])) for row in rows]


def _rows(database: Database, kind: str) -> list[Delivery]:
    with database.reading() as session:
        return list(session.scalars(select(Delivery).where(delivery.c.kind == kind).order_by(delivery.c.id)))


def _by_number(store: Store, staff_number: str) -> Actor:
    with store.work() as work:
        person = work.people.person_by_staff_number(staff_number)
        assert person is not None
        return work.actors.of(person.id)


def _branch(store: Store) -> int:
    with store.work() as work:
        unit = work.people.unit_by_code("branch-1")
        assert unit is not None
        return unit.id


def _is_open(zone: ZoneInfo, now: datetime) -> bool:
    local = now.astimezone(zone)
    return local.weekday() < 5 and OPENS <= local.time() < CLOSES


def _workdays(first: date, last: date) -> int:
    """Those after the first day, up to the last."""
    return sum((first + timedelta(days=step)).weekday() < 5 for step in range(1, (last - first).days + 1))


def _later(day: date, workdays: int) -> date:
    while workdays:
        day += timedelta(days=1)
        workdays -= day.weekday() < 5
    return day


def _workday_before(day: date) -> date:
    day -= LEAD
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
