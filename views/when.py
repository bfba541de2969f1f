"""Dates and times as people say them, with the working days that remain."""

from datetime import date, datetime

from views.texts import Translator


def moment(t: Translator, instant: datetime) -> str:
    """Such as 5月20日（周二）18:00 or Tue 20 May 18:00, in the organisation's zone."""
    return t.plain("when-moment", **_parts(t, instant))


def with_year(t: Translator, instant: datetime) -> str:
    """Such as 2030年5月20日（周一）18:00 or Mon 20 May 2030, 18:00: where somebody must agree to it."""
    return t.plain("when-moment-year", year=str(t.local(instant).year), **_parts(t, instant))


def day(t: Translator, when: date) -> str:
    """Such as 2030年5月20日 or 20 May 2030: a day that may lie years away."""
    return t.plain("when-day", year=str(when.year), month=t.plain(f"month-{when.month}"), day=when.day)


def _parts(t: Translator, instant: datetime) -> dict[str, str | int]:
    local = t.local(instant)
    return {
        "month": t.plain(f"month-{local.month}"),
        "day": local.day,
        "weekday": t.plain(f"weekday-{local.weekday()}"),
        "time": local.strftime("%H:%M"),
    }


def deadline(t: Translator, instant: datetime, left: int) -> str:
    """Line 2 of a message: by when, and how many working days are left or it is late by."""
    when = moment(t, instant)
    if left > 0:
        return t.plain("when-left", when=when, days=left)
    if left == 0:
        return t.plain("when-today", when=when)
    return t.plain("when-overdue", when=when, days=-left)
