"""What is due for whoever asks, from every area that has dates."""

from aiogram import Router

from domain.people import Actor
from domain.use import Use
from handlers.filters import Called, Does
from handlers.show import Event, Show
from services.dates import Dates
from views import due as views
from views.actions import ProblemList
from views.texts import Translator


async def due(_event: Event, actor: Actor, dates: Dates, use: Use, show: Show, t: Translator) -> None:
    await show(views.listing(t, *await use(dates.of, actor)))


async def turn_page(
    _event: Event, callback_data: ProblemList, actor: Actor, dates: Dates, use: Use, show: Show, t: Translator
) -> None:
    await show(views.listing(t, *await use(dates.of, actor), page=callback_data.page))


def setup() -> Router:
    router = Router(name="due")
    router.message.register(due, Called("due"))
    router.callback_query.register(due, Called("due"))
    router.callback_query.register(turn_page, Does(ProblemList, "due"))
    return router
