"""How the program is doing, for administrators."""

from aiogram import Router

from domain.health import Pulse
from domain.people import Actor
from domain.use import Use
from handlers.filters import Called
from handlers.show import Event, Show
from services.health import Health
from views import health as views
from views.texts import Translator


async def look(_event: Event, actor: Actor, health: Health, pulse: Pulse, use: Use, show: Show, t: Translator) -> None:
    vitals, now = await use(health.vitals, actor)
    await show(views.report(t, vitals, pulse, now))


def setup() -> Router:
    router = Router(name="health")
    router.message.register(look, Called("health"))
    router.callback_query.register(look, Called("health"))
    return router
