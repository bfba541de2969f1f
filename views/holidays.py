"""The organisation's calendar: a month as it hangs on a wall, with what differs from an ordinary week marked."""

from datetime import date

from aiogram.utils.formatting import Bold

from domain.dates import month_grid
from domain.workdays import Month
from views.actions import DayAction
from views.home import go
from views.screen import Button, Screen, lines, press
from views.texts import Translator


def month(t: Translator, shown: Month, way_on: str = "menu") -> Screen:
    title = t("holidays-title", month=Bold(_month(t, shown.first)))
    named = [t.plain("holidays-named", day=_day(t, day), name=name) for day, name in sorted(shown.names.items())]
    head = [_nothing(t.plain(f"calendar-weekday-{weekday}")) for weekday in range(7)]
    grid = [[_cell(t, shown, cell) for cell in week] for week in month_grid(shown.first.year, shown.first.month)]
    turns = [
        press(f"‹ {_month(t, shown.before)}", DayAction(do="month", day=shown.before.isoformat())),
        press(f"{_month(t, shown.after)} ›", DayAction(do="month", day=shown.after.isoformat())),
    ]
    text = lines(title, *named, t("holidays-marks"))
    return Screen(text).with_rows(head, *grid, turns, [go(t, way_on)])


def day(t: Translator, chosen: date, shown: Month) -> Screen:
    """One day, read back before anything is done with it."""
    works = chosen in shown.working
    words = {"year": str(chosen.year), "day": Bold(_day(t, chosen)), "weekday": t.plain(f"weekday-{chosen.weekday()}")}
    text = lines(t("holidays-day-works" if works else "holidays-day-off", **words), t("holidays-day-note"))
    change = press(
        t.plain("holidays-make-off" if works else "holidays-make-working"),
        DayAction(do="set", day=chosen.isoformat(), working=not works),
    )
    back = press(t.plain("back"), DayAction(do="month", day=chosen.isoformat()))
    return Screen(text).with_rows([change], [back])


def _cell(t: Translator, shown: Month, cell: date | None) -> Button:
    if cell is None:
        return _nothing(t.plain("calendar-blank"))
    ordinary = (cell.weekday() < 5) == (cell in shown.working)
    mark = "" if ordinary else t.plain("holidays-mark-working" if cell in shown.working else "holidays-mark-off")
    return press(f"{cell.day}{mark}", DayAction(do="look", day=cell.isoformat()))


def _nothing(text: str) -> Button:
    """A cell that is no day."""
    return press(text, DayAction(do="look"))


def _month(t: Translator, first: date) -> str:
    return t.plain("calendar-month", year=str(first.year), month=t.plain(f"month-{first.month}"))


def _day(t: Translator, day: date) -> str:
    return t.plain("calendar-day", month=t.plain(f"month-{day.month}"), day=day.day)
