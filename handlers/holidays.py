"""The organisation's calendar, for administrators: a month to page through, and a day to be worked or off."""

from datetime import date
from typing import Any

from aiogram import Router

from domain.dates import read_day
from domain.people import Actor
from domain.turn import Turn
from domain.use import Use
from handlers.filters import Called, Does
from handlers.setup import way_on
from handlers.show import Event, Show
from services.calendar import Calendar
from views import holidays as views
from views.actions import DayAction
from views.texts import Translator


async def this_month(_event: Event, actor: Actor, calendar: Calendar, t: Translator, turn: Turn, **ways: Any) -> None:
    await _show_month(actor, calendar, t, t.local(turn.at).date().replace(day=1), ways)


async def turn_to(
    _event: Event, callback_data: DayAction, actor: Actor, calendar: Calendar, t: Translator, **ways: Any
) -> None:
    await _show_month(actor, calendar, t, read_day(callback_data.day), ways)


async def look_at(
    _event: Event, callback_data: DayAction, actor: Actor, calendar: Calendar, use: Use, show: Show, t: Translator
) -> None:
    day = read_day(callback_data.day)
    await show(views.day(t, day, await use(calendar.month, actor, day)))


async def decide(
    _event: Event, callback_data: DayAction, actor: Actor, calendar: Calendar, t: Translator, **ways: Any
) -> None:
    day = read_day(callback_data.day)
    await ways["use"](calendar.decide, actor, day, callback_data.working)
    await _show_month(actor, calendar, t, day, ways)


async def _show_month(actor: Actor, calendar: Calendar, t: Translator, day: date, ways: dict[str, Any]) -> None:
    use = ways["use"]
    way = await way_on(actor, ways["set_up"], use)
    await ways["show"](views.month(t, await use(calendar.month, actor, day), way))


def setup() -> Router:
    router = Router(name="holidays")
    router.message.register(this_month, Called("holidays"))
    router.callback_query.register(this_month, Called("holidays"))
    for do, handler in (("month", turn_to), ("look", look_at), ("set", decide)):
        router.callback_query.register(handler, Does(DayAction, do))
    return router
