"""Working days: day 1 is the first working day after, the end is 18:00 in the organisation's zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.workdays import WorkCalendar, read_hours

ZONE = ZoneInfo("Asia/Shanghai")
# A long weekend: Thursday and Friday are off, the Saturday after is worked instead.
CALENDAR = WorkCalendar(
    ZONE,
    days_off=frozenset({date(2030, 5, 16), date(2030, 5, 17)}),
    make_up_workdays=frozenset({date(2030, 5, 18)}),
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("assigned", "days", "ends"),
    [
        ("2030-05-13 10:00", 1, "2030-05-14 18:00"),
        ("2030-05-13 23:59", 1, "2030-05-14 18:00"),
        ("2030-05-15 10:00", 1, "2030-05-18 18:00"),
        ("2030-05-15 10:00", 2, "2030-05-20 18:00"),
        ("2030-05-13 10:00", 5, "2030-05-21 18:00"),
        ("2030-05-19 10:00", 1, "2030-05-20 18:00"),
    ],
)
def test_the_day_of_assignment_does_not_count(assigned: str, days: int, ends: str) -> None:
    assert CALENDAR.deadline(local(assigned), days) == local(ends)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2030-05-15 09:00", 2),
        ("2030-05-18 09:00", 1),
        ("2030-05-20 09:00", 0),
        ("2030-05-20 18:01", -1),
        ("2030-05-21 09:00", -1),
        ("2030-05-23 09:00", -3),
    ],
)
def test_what_is_left_counts_working_days_only(now: str, left: int) -> None:
    assert CALENDAR.workdays_left(local(now), local("2030-05-20 18:00")) == left


def test_a_deadline_missed_before_a_weekend_is_late_at_once() -> None:
    assert WorkCalendar(ZONE).workdays_left(local("2030-05-11 09:00"), local("2030-05-10 18:00")) == -1


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2030-05-13 08:29", "2030-05-13 08:30"),
        ("2030-05-13 08:30", "2030-05-13 08:30"),
        ("2030-05-13 18:00", "2030-05-14 08:30"),
        ("2030-05-15 20:00", "2030-05-18 08:30"),
        ("2030-05-18 12:00", "2030-05-18 12:00"),
        ("2030-05-19 12:00", "2030-05-20 08:30"),
    ],
)
def test_nothing_is_said_before_the_office_opens(now: str, opens: str) -> None:
    assert CALENDAR.next_open(local(now)) == local(opens)


@pytest.mark.parametrize(
    ("due", "days", "day"),
    [
        ("2030-05-20 18:00", 0, date(2030, 5, 20)),
        ("2030-05-20 18:00", 1, date(2030, 5, 18)),
        ("2030-05-20 18:00", 2, date(2030, 5, 15)),
        ("2030-05-19 12:00", 1, date(2030, 5, 18)),
    ],
)
def test_counting_back_from_a_deadline_skips_days_off(due: str, days: int, day: date) -> None:
    assert CALENDAR.before(local(due), days) == day


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ("2030-05-13 08:29:59", True),
        ("2030-05-13 08:30", False),
        ("2030-05-13 17:59:59", False),
        ("2030-05-13 18:00", True),
        ("2030-05-16 12:00", True),
        ("2030-05-18 12:00", False),
        ("2030-05-19 12:00", True),
    ],
)
def test_it_is_quiet_outside_working_hours_and_on_days_off(now: str, quiet: bool) -> None:
    assert CALENDAR.is_quiet(local(now)) is quiet


@given(start=st.dates(date(2028, 1, 1), date(2034, 1, 1)), count=st.integers(1, 60))
def test_counting_forth_and_back_ends_where_it_began(start: date, count: int) -> None:
    end = CALENDAR.add_workdays(start, count)
    due = datetime.combine(end, time(12), ZONE)
    begun = next(day for step in range(9) if CALENDAR.is_workday(day := start - timedelta(days=step)))
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_left(datetime.combine(start, time(9), ZONE), due) == count
    assert CALENDAR.before(due, count) == begun


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        # The clocks skip 02:30 that morning: the first instant after the gap.
        ("Europe/Berlin", date(2030, 3, 31), time(2, 30), datetime(2030, 3, 31, 1, 0, tzinfo=UTC)),
        # They show 02:30 twice that morning: the first of the two.
        ("Europe/Berlin", date(2030, 10, 27), time(2, 30), datetime(2030, 10, 27, 0, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2030, 10, 6), time(2, 15), datetime(2030, 10, 5, 15, 30, tzinfo=UTC)),
        ("Asia/Shanghai", date(2030, 5, 13), time(8, 30), datetime(2030, 5, 13, 0, 30, tzinfo=UTC)),
    ],
)
def test_local_times_that_the_clocks_skip_or_repeat(zone: str, day: date, at: time, utc: datetime) -> None:
    assert WorkCalendar(ZoneInfo(zone)).local(day, at) == utc


def test_a_calendar_without_working_days_says_so_instead_of_searching_for_ever() -> None:
    every_day = frozenset(date(2030, 1, 1) + timedelta(days=step) for step in range(900))
    empty = WorkCalendar(ZONE, days_off=every_day)
    for search in (
        lambda: empty.add_workdays(date(2030, 1, 1), 1),
        lambda: empty.before(local("2032-01-01 12:00"), 1),
        lambda: empty.next_open(local("2030-01-01 12:00")),
    ):
        with pytest.raises(ValueError, match="no working day"):
            search()


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8:30-17:30", (time(8, 30), time(17, 30))),
        ("９：００—１８：００", (time(9), time(18))),
        (" 08:30 至 17:00 ", (time(8, 30), time(17))),
        ("8.30 to 12.00", (time(8, 30), time(12))),
    ],
)
def test_working_hours_are_read_as_people_write_them(text: str, hours: tuple[time, time]) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["", "8-17", "18:00-8:30", "8:30-9:00", "25:00-26:00", "8:61-17:00", "-1:00-5:00"])
def test_hours_that_cannot_be_meant_are_refused(text: str) -> None:
    with pytest.raises(DomainError, match="hours-unreadable"):
        read_hours(text)
