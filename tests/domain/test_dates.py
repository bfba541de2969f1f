"""Typed dates, against Wednesday 15 May 2030, 10:00 in the organisation's zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import (
    DateDoesNotExist,
    DateNotUnderstood,
    DateTooFar,
    check_reach,
    month_grid,
    parse_when,
    quick_days,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2030, 5, 15, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5月20日15:00", "2030-05-20 15:00"),
        ("5月20日", "2030-05-20 18:00"),
        ("5月20号下午3点", "2030-05-20 15:00"),
        ("5月20日下午3点半", "2030-05-20 15:30"),
        ("2031年1月2日 9:05", "2031-01-02 09:05"),
        ("２０３０－０５－２０ １５：００", "2030-05-20 15:00"),
        ("2030-05-20 15:00", "2030-05-20 15:00"),
        ("2030-05-20", "2030-05-20 18:00"),
        ("2030/5/20", "2030-05-20 18:00"),
        ("20 May 3pm", "2030-05-20 15:00"),
        ("20 May 2031 15:00", "2031-05-20 15:00"),
        ("May 20, 2031", "2031-05-20 18:00"),
        ("May 20th 3:30pm", "2030-05-20 15:30"),
        ("20 september", "2030-09-20 18:00"),
        ("今天", "2030-05-15 18:00"),
        ("明天上午9点", "2030-05-16 09:00"),
        ("后天 12点", "2030-05-17 12:00"),
        ("today 12am", "2030-05-15 00:00"),
        ("tomorrow at 9:00", "2030-05-16 09:00"),
        ("下周一", "2030-05-20 18:00"),
        ("本周五", "2030-05-17 18:00"),
        ("周三", "2030-05-22 18:00"),
        ("next Monday", "2030-05-20 18:00"),
        ("Friday 5pm", "2030-05-17 17:00"),
        ("3月1日", "2031-03-01 18:00"),
        ("2月29日", "2032-02-29 18:00"),
        ("下周日早上9点", "2030-05-26 09:00"),
        ("本周五晚上8点", "2030-05-17 20:00"),
        ("5月20日中午12点", "2030-05-20 12:00"),
        ("5月20日中午1点", "2030-05-20 13:00"),
        ("5月20日晚上12点", "2030-05-21 00:00"),
        ("5月31日24:00", "2030-06-01 00:00"),
        ("20 May 12pm", "2030-05-20 12:00"),
        ("5月31日下午3点", "2030-05-31 15:00"),
        ("sept 3 at 9", "2030-09-03 09:00"),
        ("thurs 15:00", "2030-05-16 15:00"),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    local = parse_when(typed, NOW, ZONE).astimezone(ZONE)
    assert local.strftime("%Y-%m-%d %H:%M") == meant


@pytest.mark.parametrize(
    "typed",
    ["2030-02-31", "31 Feb", "4月31日", "5月20日25:00", "2030-13-01", "5月20日 9:77", "5月20日24:01", "20 May 15pm"],
)
def test_a_date_that_does_not_exist_is_said_to_be_one(typed: str) -> None:
    with pytest.raises(DateDoesNotExist):
        parse_when(typed, NOW, ZONE)


@pytest.mark.parametrize(
    "typed",
    [
        *["", "15:00", "soon", "下个月", "5月20日 some day", "5月20日" + " " * 60 + "15:00"],
        *["wedding", "friend 3pm", "sunny", "20 mayor", "marvellous 5", "todays"],
        *["2030-05-201", "May 2015", "5月201", "20 May 20301"],
        *["5月20日晚上1点", "5月20日中午5点", "5月20日下午3点am"],
    ],
)
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    with pytest.raises(DateNotUnderstood):
        parse_when(typed, NOW, ZONE)


@pytest.mark.parametrize("typed", ["0001-01-01 1:00", "9999-12-31 23:00", "2041-01-01", "20 May 3030"])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_a_slip_in_the_year_is_told_apart_from_a_date(typed: str, zone: str) -> None:
    with pytest.raises(DateTooFar):
        parse_when(typed, NOW, ZoneInfo(zone))


def test_ten_years_are_within_reach() -> None:
    assert parse_when("2040-12-31", NOW, ZONE).year == 2040
    assert check_reach(date(2020, 1, 1), date(2030, 12, 31)) == date(2020, 1, 1)
    with pytest.raises(DateTooFar):
        check_reach(date(2041, 1, 1), date(2030, 12, 31))


def test_a_typed_time_that_the_clocks_skip_is_the_first_after_the_gap() -> None:
    assert parse_when("2031-03-30 02:30", NOW, ZoneInfo("Europe/Berlin")) == datetime(2031, 3, 30, 1, 0, tzinfo=UTC)


PIECES = ["5月", "20日", "2030-05-20", "0001-", "9999-12-31", "31", " ", "20 May", "next ", "周", "一", "下午", "晚上"]


@given(st.text(max_size=80) | st.lists(st.sampled_from([*PIECES, "12", "24:00", "点", "半", "pm"])).map("".join))
def test_any_text_is_answered(typed: str) -> None:
    try:
        assert parse_when(typed, NOW, ZONE).tzinfo is UTC
    except (DateNotUnderstood, DateDoesNotExist, DateTooFar):
        return


def test_the_quick_days_are_today_tomorrow_and_the_coming_monday() -> None:
    assert quick_days(date(2030, 5, 15)) == (date(2030, 5, 15), date(2030, 5, 16), date(2030, 5, 20))
    assert quick_days(date(2030, 5, 13))[2] == date(2030, 5, 20)


@pytest.mark.parametrize(("year", "month"), [(2030, 5), (2032, 2), (2030, 9), (2027, 2)])
def test_a_month_is_whole_weeks_with_each_day_once(year: int, month: int) -> None:
    weeks = month_grid(year, month)
    days = [day for week in weeks for day in week if day is not None]
    assert all(len(week) == 7 for week in weeks)
    assert all(week[column] is None or week[column].weekday() == column for week in weeks for column in range(7))
    assert [day.day for day in days] == list(range(1, len(days) + 1))
