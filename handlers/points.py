"""What a supervision point entered, and how far each opinion is."""

from aiogram import Router

from domain.people import Actor
from domain.use import Use
from handlers.filters import Called, Does
from handlers.show import Event, Show
from services.reports import Reports
from views import points as views
from views.actions import PointAction
from views.texts import Translator


async def opinions(_event: Event, actor: Actor, reports: Reports, use: Use, show: Show, t: Translator) -> None:
    await show(views.opinions(t, await use(reports.opinions, actor)))


async def turn_page(
    _event: Event, callback_data: PointAction, actor: Actor, reports: Reports, use: Use, show: Show, t: Translator
) -> None:
    await show(views.opinions(t, await use(reports.opinions, actor), callback_data.page))


async def opinion(
    _event: Event, callback_data: PointAction, actor: Actor, reports: Reports, use: Use, show: Show, t: Translator
) -> None:
    card, own = await use(reports.opinion, actor, callback_data.id)
    await show(views.opinion(t, card, own=own))


def setup() -> Router:
    router = Router(name="points")
    for event in (router.message, router.callback_query):
        event.register(opinions, Called("points"))
    router.callback_query.register(turn_page, Does(PointAction, "list"))
    router.callback_query.register(opinion, Does(PointAction, "card"))
    return router
