"""The table of days off: filled from the package once, and then the organisation's own."""

from datetime import date

from bot.services import Services
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock

# A spring festival as it was announced: eight days off, two weekend days worked for them.
EIGHT_DAYS_OFF = [date(2025, 1, 28), *(date(2025, 2, day) for day in range(1, 5))]
WORKED_SUNDAY, WORKED_SATURDAY = date(2025, 1, 26), date(2025, 2, 8)


def fill(services: Services) -> int:
    return services.calendar.add(services.calendar.read(services.calendar.wanted()))


def test_a_known_festival_has_its_days_off_and_its_make_up_workdays(
    services: Services, store: Store, clock: FixedClock
) -> None:
    clock.set_local("2025-01-02 09:00")
    assert services.calendar.wanted() == (2024, 2025, 2026)
    fill(services)
    with store.work() as work:
        calendar = work.calendar.work_calendar(ZONE)
    assert not any(calendar.is_workday(day) for day in EIGHT_DAYS_OFF)
    assert calendar.is_workday(WORKED_SUNDAY)
    assert calendar.is_workday(WORKED_SATURDAY)
    assert calendar.add_workdays(date(2025, 1, 27), 1) == date(2025, 2, 5)


def test_what_somebody_decided_stays_and_only_what_is_missing_is_added(
    services: Services, store: Store, clock: FixedClock
) -> None:
    clock.set_local("2025-01-02 09:00")
    with store.work() as work:
        work.calendar.put(date(2025, 1, 28), working=True, name="")
    assert fill(services) > 0
    with store.work() as work:
        assert work.calendar.work_calendar(ZONE).is_workday(date(2025, 1, 28))
    assert services.calendar.add(services.calendar.read((2024, 2025, 2026))) == 0


def test_the_package_is_read_once_and_again_when_a_year_begins(services: Services, clock: FixedClock) -> None:
    clock.set_local("2025-12-31 23:59")
    fill(services)
    assert services.calendar.wanted() == ()
    clock.advance(minutes=1)
    assert services.calendar.wanted() == (2025, 2026, 2027)


def test_days_of_years_not_asked_for_are_left_out(services: Services) -> None:
    assert {day.year for day, _, _ in services.calendar.read((2024, 2025))} == {2024, 2025}
