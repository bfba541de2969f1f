"""Choosing a date and time: a few near days, a month to page through, a few times of day, and the reading back."""

from datetime import date, datetime, time, timedelta

from aiogram.utils.formatting import Bold, Text

from domain.dates import month_grid, quick_days
from views.actions import Step
from views.home import back_and_cancel
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import with_year

TIMES = (time(8, 30), time(9), time(10), time(14), time(14, 30), time(15), time(16), time(19))
"""When meetings usually begin; any other time can be typed."""

MONTHS_AHEAD = 24


def ask_day(t: Translator, question: Text, today: date, *, with_time: bool) -> Screen:
    """The near days; a page with a picker of its own offers that as well."""
    near = quick_days(today)
    names = ("today", "tomorrow", "next-monday")
    buttons = [_pick(t.plain(f"calendar-{name}", day=_day(t, day)), day) for name, day in zip(names, near, strict=True)]
    buttons.append(press(t.plain("calendar-other"), Step(name="month", value=f"{today:%Y-%m}")))
    example = _day(t, near[-1]) + (" 15:00" if with_time else "")
    text = lines(question, t("calendar-typing", example=example))
    screen = Screen(text, picker="datetime" if with_time else "date")
    return screen.with_rows(*in_rows(buttons, 2), back_and_cancel(t))


def ask_month(t: Translator, question: Text, month: date, today: date) -> Screen:
    """A month as a calendar hangs on a wall, Monday first. Days that are past are blank."""
    weeks = [week for week in month_grid(month.year, month.month) if any(day and day >= today for day in week)]
    head = [_nothing(t.plain(f"calendar-weekday-{weekday}")) for weekday in range(7)]
    blank = _nothing(t.plain("calendar-blank"))
    grid = [[_pick(str(day.day), day) if day and day >= today else blank for day in week] for week in weeks]
    title = t("calendar-month", year=str(month.year), month=Bold(t.plain(f"month-{month.month}")))
    return Screen(lines(question, title)).with_rows(head, *grid, _paging(t, month, today), back_and_cancel(t))


def ask_time(t: Translator, question: Text, day: date, now: datetime) -> Screen:
    """Times of the chosen day that are still to come; ``now`` is the organisation's wall clock."""
    day_words = {"month": t.plain(f"month-{day.month}"), "weekday": t.plain(f"weekday-{day.weekday()}")}
    title = t("calendar-ask-time", year=str(day.year), day=day.day, **day_words)
    times = [at for at in TIMES if (day, at) > (now.date(), now.time())]
    buttons = [press(f"{at:%H:%M}", Step(name="time", value=f"{at:%H%M}")) for at in times]
    text = lines(question, title, t("calendar-typing-time"))
    return Screen(text).with_rows(*in_rows(buttons, 4), back_and_cancel(t))


def ask_check(t: Translator, question: Text, at: datetime, now: datetime) -> Screen:
    """What was understood, with its year and weekday, before anything is done with it. A day typed without its year
    may have been meant to be past: another year than this one is pointed out."""
    year = t.local(at).year
    other = t("calendar-other-year", year=str(year)) if year != now.year else ""
    text = lines(question, t("calendar-check", when=Bold(with_year(t, at))), other)
    yes = press(t.plain("calendar-yes"), Step(name="when-yes"))
    change = press(t.plain("calendar-change"), Step(name="when-change"))
    return Screen(text).with_rows([yes, change], back_and_cancel(t))


def _paging(t: Translator, month: date, today: date) -> list[Button]:
    earlier, later = month - timedelta(days=1), month + timedelta(days=31)
    first = today.replace(day=1)
    pages = []
    if earlier >= first:
        pages.append(_page(t, "‹ {}", earlier))
    if (later.year - first.year) * 12 + later.month - first.month <= MONTHS_AHEAD:
        pages.append(_page(t, "{} ›", later))
    return pages


def _page(t: Translator, form: str, month: date) -> Button:
    words = t.plain("calendar-month", year=str(month.year), month=t.plain(f"month-{month.month}"))
    return press(form.format(words), Step(name="month", value=f"{month:%Y-%m}"))


def _day(t: Translator, day: date) -> str:
    return t.plain("calendar-day", month=t.plain(f"month-{day.month}"), day=day.day)


def _pick(text: str, day: date) -> Button:
    return press(text, Step(name="day", value=day.isoformat()))


def _nothing(text: str) -> Button:
    """A cell of the calendar without a day in it."""
    return press(text, Step(name="day"))
