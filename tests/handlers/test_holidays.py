"""The organisation's calendar: an administrator sees a month and says which days are off or worked."""

from collections.abc import Callable
from datetime import date

import pytest

from services.calendar import Calendar
from storage.unit_of_work import Store
from tests.conftest import ZONE
from tests.talk import Person


@pytest.fixture
def admin(person: Callable[[str], Person]) -> Person:
    return person("admin")


def is_workday(store: Store, day: date) -> bool:
    with store.work() as work:
        return work.calendar.work_calendar(ZONE).is_workday(day)


async def test_a_working_day_is_made_a_day_off_after_it_was_read_back(admin: Person, store: Store) -> None:
    await admin.says("节假日")
    assert "2030年5月" in admin.text()
    await admin.taps("16")
    assert "2030年5月16日（周四）现在是工作日" in admin.text()
    assert is_workday(store, date(2030, 5, 16))
    await admin.taps("改为休息")
    assert "16○" in admin.buttons()
    assert not is_workday(store, date(2030, 5, 16))
    await admin.taps("16○")
    await admin.taps("改为上班")
    assert "16" in admin.buttons()


async def test_a_weekend_day_is_worked_in_exchange(admin: Person, store: Store) -> None:
    await admin.says("/holidays")
    await admin.taps("6月")
    assert "2030年6月" in admin.text()
    await admin.taps("15")
    await admin.taps("改为上班")
    assert "15●" in admin.buttons()
    assert is_workday(store, date(2030, 6, 15))


async def test_what_was_decided_stays_when_the_package_is_read_again(
    admin: Person, store: Store, services_calendar: Calendar
) -> None:
    await admin.says("/holidays")
    await admin.taps("16")
    await admin.taps("改为休息")
    services_calendar.add([(date(2030, 5, 16), True, "")])
    assert not is_workday(store, date(2030, 5, 16))


async def test_days_off_are_named_in_english(admin: Person, store: Store, services_calendar: Calendar) -> None:
    services_calendar.add([(date(2030, 5, 1), False, "Labour Day")])
    await admin.says("/language")
    await admin.taps("English")
    await admin.says("/holidays")
    assert "1 May Labour Day" in admin.text()
    assert "please press the day to change" in admin.text()


async def test_a_cell_without_a_day_is_refused_in_words(admin: Person) -> None:
    await admin.says("/holidays")
    await admin.taps("·")
    assert admin.sees("没有可选的日期")


async def test_others_may_not_change_the_calendar(person: Callable[[str], Person], store: Store) -> None:
    member = person("member")
    await member.says("/holidays")
    assert "管理员" in member.text()
    await member.presses("dy:set:2030-05-16:0")
    assert is_workday(store, date(2030, 5, 16))


@pytest.fixture
def services_calendar(admin: Person) -> Calendar:
    return admin.talk.services.calendar
