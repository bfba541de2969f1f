"""The organisation's calendar, for administrators: a month to page through, and a day to be worked or off."""

from aiogram import Router

from domain.dates import read_day
from domain.people import Actor
from domain.turn import Turn
from domain.use import Use
from handlers.filters import Called, Does
from handlers.show import Event, Show
from services.calendar import Calendar
from views import holidays as views
from views.actions import DayAction
from views.texts import Translator


async def this_month(
    _event: Event, actor: Actor, calendar: Calendar, use: Use, show: Show, t: Translator, turn: Turn
) -> None:
    first = t.local(turn.at).date().replace(day=1)
    await show(views.month(t, await use(calendar.month, actor, first)))


async def turn_to(
    _event: Event, callback_data: DayAction, actor: Actor, calendar: Calendar, use: Use, show: Show, t: Translator
) -> None:
    await show(views.month(t, await use(calendar.month, actor, read_day(callback_data.day))))


async def look_at(
    _event: Event, callback_data: DayAction, actor: Actor, calendar: Calendar, use: Use, show: Show, t: Translator
) -> None:
    day = read_day(callback_data.day)
    await show(views.day(t, day, await use(calendar.month, actor, day)))


async def decide(
    _event: Event, callback_data: DayAction, actor: Actor, calendar: Calendar, use: Use, show: Show, t: Translator
) -> None:
    day = read_day(callback_data.day)
    await use(calendar.decide, actor, day, callback_data.working)
    await show(views.month(t, await use(calendar.month, actor, day)))


def setup() -> Router:
    router = Router(name="holidays")
    router.message.register(this_month, Called("holidays"))
    router.callback_query.register(this_month, Called("holidays"))
    for do, handler in (("month", turn_to), ("look", look_at), ("set", decide)):
        router.callback_query.register(handler, Does(DayAction, do))
    return router
