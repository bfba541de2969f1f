"""How the program is doing, for administrators."""

from aiogram import Router

from domain.health import Pulse
from domain.people import Actor
from domain.use import Use
from handlers.filters import Called, Does, To
from handlers.show import Event, Show
from services.health import Health
from views import health as views
from views.actions import PeopleAction
from views.texts import Translator


async def look(_event: Event, actor: Actor, health: Health, pulse: Pulse, use: Use, show: Show, t: Translator) -> None:
    vitals, now = await use(health.vitals, actor)
    await show(views.report(t, vitals, pulse, now))


async def unreachable(
    _event: Event, callback_data: PeopleAction, actor: Actor, health: Health, use: Use, show: Show, t: Translator
) -> None:
    await show(views.unreachable(t, await use(health.unreachable, actor), callback_data.page))


async def send_held(_event: Event, actor: Actor, health: Health, use: Use, show: Show, t: Translator) -> None:
    await show(views.let_go(t, await use(health.let_go, actor, send=True), send=True))


async def drop_held(_event: Event, actor: Actor, health: Health, use: Use, show: Show, t: Translator) -> None:
    await show(views.let_go(t, await use(health.let_go, actor, send=False), send=False))


def setup() -> Router:
    router = Router(name="health")
    router.message.register(look, Called("health"))
    router.callback_query.register(look, Called("health"))
    router.callback_query.register(unreachable, Does(PeopleAction, "unreachable"))
    router.callback_query.register(send_held, To("held-send"))
    router.callback_query.register(drop_held, To("held-drop"))
    return router
