"""Why somebody was told something unasked."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from handlers.filters import AsksWhy
from handlers.show import Event, Show
from views import why
from views.texts import Translator


async def tell(_event: Event, reason: str, show: Show, t: Translator) -> None:
    words = why.reason(t, reason)
    if words is None:
        raise SkipHandler
    await show.toast(words, alert=True)


def setup() -> Router:
    router = Router(name="why")
    router.callback_query.register(tell, AsksWhy())
    return router
