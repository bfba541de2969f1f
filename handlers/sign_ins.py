"""One's own sign-ins: the list, and ending one of them with one question in between."""

from aiogram import Router

from domain.people import Actor
from domain.turn import Turn
from domain.use import Use
from handlers.filters import Called, Does
from handlers.show import Event, Show
from services.sign_ins import SignIns
from views import sign_ins as views
from views.actions import SignInAction
from views.texts import Translator


async def devices(
    _event: Event, actor: Actor, turn: Turn, sign_ins: SignIns, use: Use, show: Show, t: Translator
) -> None:
    await show(views.listed(t, await use(sign_ins.listed, actor, turn.sign_in), 0))


async def turn_page(
    _event: Event,
    callback_data: SignInAction,
    actor: Actor,
    turn: Turn,
    sign_ins: SignIns,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.listed(t, await use(sign_ins.listed, actor, turn.sign_in), callback_data.page))


async def ask(
    _event: Event,
    callback_data: SignInAction,
    actor: Actor,
    turn: Turn,
    sign_ins: SignIns,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.ask_end(t, await use(sign_ins.one, actor, callback_data.kind, callback_data.id, turn.sign_in)))


async def end(
    _event: Event,
    callback_data: SignInAction,
    actor: Actor,
    turn: Turn,
    sign_ins: SignIns,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.ended(t, await use(sign_ins.end, actor, callback_data.kind, callback_data.id, turn.sign_in)))


def setup() -> Router:
    router = Router(name="sign_ins")
    for event in (router.message, router.callback_query):
        event.register(devices, Called("devices"))
    for do, handler in (("list", turn_page), ("ask", ask), ("end", end)):
        router.callback_query.register(handler, Does(SignInAction, do))
    return router
