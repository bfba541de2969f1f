"""Dates as people type them, in Chinese and English, read against the organisation's own clock."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.workdays import WorkCalendar

MAX_LENGTH = 60
DAY_ENDS = time(18, 0)
REACH = 10
"""So many years from today a date may lie; a farther one is a slip in the year."""


class DateNotUnderstood(DomainError):
    """The words are no date this program knows."""

    def __init__(self) -> None:
        super().__init__("date-not-understood")


class DateDoesNotExist(DomainError):
    """Such as 31 February, or 25 o'clock."""

    def __init__(self) -> None:
        super().__init__("date-does-not-exist")


class DateTooFar(DomainError):
    """More than REACH years from today."""

    def __init__(self) -> None:
        super().__init__("date-too-far", years=REACH)


_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_WEEKDAYS = {name: number for number, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_WEEKDAYS_ZH = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_RELATIVE = {"今天": 0, "明天": 1, "后天": 2, "today": 0, "tomorrow": 1}

# Names are matched whole: "wedding" is no Wednesday, "mayor" no May.
_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
# Numbers, too: in "2030-05-201" the last digit is a slip, not one o'clock.
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}",
        rf"(?:{_YEAR}年)?(?P<month>\d{{1,2}})月{_DAY}[日号]?",
        rf"{_DAY}(?:st|nd|rd|th)? {_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
    )
)
_DAYS_TO_COME = re.compile(r"今天|明天|后天|today|tomorrow")
_WEEKDAY_ZH = re.compile(r"(?P<which>下|本|这)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
_WEEKDAY_EN = re.compile(
    r"(?P<which>next |this )?(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)(?![a-z])"
)
_TIME = re.compile(
    r"(?:at )?(?P<half>早上|上午|中午|下午|晚上)?\s?(?P<hour>\d{1,2})"
    r"(?:[:点时](?P<minute>\d{1,2}|半)?分?)?\s?(?P<suffix>am|pm)?"
)


def parse_when(text: str, now: datetime, zone: ZoneInfo, default_time: time = DAY_ENDS) -> datetime:
    """The instant in UTC that a typed date means; without a time it is ``default_time``, without a year the next
    such date. Raises DateNotUnderstood, DateDoesNotExist or DateTooFar."""
    if len(text) > MAX_LENGTH:
        raise DateNotUnderstood
    words = unicodedata.normalize("NFKC", text).strip().lower()
    today = now.astimezone(zone).date()
    day, rest = _day(words, today)
    check_reach(day, today)
    hours, minutes = _time(rest.strip(" ,"), default_time)
    # The day ends at 24:00, which is the first instant of the next one.
    days, hours = divmod(hours, 24)
    return WorkCalendar(zone).local(day + timedelta(days=days), time(hours, minutes))


def written_day(text: str) -> date:
    """The day of a date that is written out with its year. Raises DateNotUnderstood, DateDoesNotExist."""
    words = unicodedata.normalize("NFKC", text).strip().lower()
    for pattern in _DATES:
        match = pattern.fullmatch(words)
        if match is not None and match["year"]:
            return _written(match, date.min)
    raise DateNotUnderstood


def check_reach(day: date, today: date) -> date:
    """The day itself. Raises DateTooFar."""
    if abs(day.year - today.year) > REACH:
        raise DateTooFar
    return day


def quick_days(today: date) -> tuple[date, date, date]:
    """Today, tomorrow and next Monday: the days people choose most."""
    return today, today + timedelta(days=1), today + timedelta(days=7 - today.weekday())


def read_day(text: str) -> date:
    """The day a button carries. A blank cell of the calendar, or data of an older release, names none: DomainError
    ``when-not-a-day``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError("when-not-a-day") from None


def month_grid(year: int, month: int) -> list[list[date | None]]:
    """The weeks of a month, Monday first, with None where a neighbouring month begins."""
    first = date(year, month, 1)
    cells: list[date | None] = [None] * first.weekday()
    day = first
    while day.month == month:
        cells.append(day)
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _day(words: str, today: date) -> tuple[date, str]:
    """The day the words begin with, and what follows it."""
    if match := _DAYS_TO_COME.match(words):
        return today + timedelta(days=_RELATIVE[match[0]]), words[match.end() :]
    for pattern, numbers in ((_WEEKDAY_ZH, _WEEKDAYS_ZH), (_WEEKDAY_EN, _WEEKDAYS)):
        if match := pattern.match(words):
            return _weekday(today, numbers[match["weekday"][:3]], match["which"]), words[match.end() :]
    for pattern in _DATES:
        if match := pattern.match(words):
            return _written(match, today), words[match.end() :]
    raise DateNotUnderstood


def _weekday(today: date, weekday: int, which: str | None) -> date:
    """``next`` and 下 mean the week after this one; without a word it is the next such day that is not today."""
    monday = today - timedelta(days=today.weekday())
    if which in {"下", "next "}:
        return monday + timedelta(days=7 + weekday)
    if which is not None:
        return monday + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _written(match: re.Match[str], today: date) -> date:
    found = match.groupdict()
    month = _MONTHS[found["month_name"][:3]] if found.get("month_name") else int(found["month"])
    day, year = int(found["day"]), found.get("year")
    if year:
        return _existing(lambda: date(int(year), month, day))
    try:
        this_year = date(today.year, month, day)
    except ValueError:
        # 29 February without a year means the next leap day, within the eight years that may lie between two.
        later = (today.year + step for step in range(1, 9))
        for candidate in later:
            try:
                return date(candidate, month, day)
            except ValueError:
                continue
        raise DateDoesNotExist from None
    return this_year if this_year >= today else _existing(lambda: date(today.year + 1, month, day))


def _time(words: str, default: time) -> tuple[int, int]:
    """Hours and minutes since the day began, up to 24:00."""
    if not words:
        return default.hour, default.minute
    match = _TIME.fullmatch(words)
    if match is None or (match["half"] and match["suffix"]):
        raise DateNotUnderstood
    hour = _hour(int(match["hour"]), match["half"] or match["suffix"])
    minute = 30 if match["minute"] == "半" else int(match["minute"] or 0)
    if minute > 59 or (hour, minute) > (24, 0):
        raise DateDoesNotExist
    return hour, minute


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24. Hours of the twelve-hour clock are doubled only where its words were said; 晚上12点 ends the day,
    while 晚上1点 would be this night to some and the next to others."""
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            raise DateDoesNotExist
        return hour % 12 + (12 if half == "pm" else 0)
    if (half == "晚上" and hour < 5) or (half == "中午" and 3 <= hour < 11):
        raise DateNotUnderstood
    doubled = {"下午": 11, "晚上": 12, "中午": 2}
    return hour + 12 if half in doubled and hour <= doubled[half] else hour


def _existing(make: Callable[[], date]) -> date:
    try:
        return make()
    except ValueError:
        raise DateDoesNotExist from None
