"""Letting in who asks to join: from the one card for all, from a list, and taking it back."""

from aiogram import Router

from domain.people import Actor
from domain.use import Use
from handlers.filters import Does
from handlers.show import Event, Show
from services.joining.confirming import Confirming
from views.actions import JoinAction
from views.joining import confirming as views
from views.texts import Translator


async def waiting(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show, t: Translator
) -> None:
    """From the card a message of its own, since the card is kept up to date; a further page in its place."""
    cards = await use(confirming.waiting, actor)
    await show(views.listed(t, cards, callback_data.id), fresh=callback_data.id == 0)


async def open_card(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show, t: Translator
) -> None:
    await show(views.request(t, await use(confirming.card, actor, callback_data.id)), fresh=True)


async def confirm(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show
) -> None:
    await use(confirming.decide, actor, callback_data.id, callback_data.seen, confirmed=True)
    await show.done()


async def refuse(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show, t: Translator
) -> None:
    await use(confirming.decide, actor, callback_data.id, callback_data.seen, confirmed=False)
    await show(views.refused(t))


async def confirm_on_queue(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use
) -> None:
    """The card itself is changed by a delivery, so nothing is shown here: the two would overtake one another."""
    await use(confirming.decide, actor, callback_data.id, callback_data.seen, confirmed=True)


async def refuse_on_queue(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show, t: Translator
) -> None:
    await use(confirming.decide, actor, callback_data.id, callback_data.seen, confirmed=False)
    await show.toast(views.refused(t).text)


async def confirm_all(_event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use) -> None:
    await use(confirming.confirm_shown, actor, callback_data.id, callback_data.seen)


async def confirmed(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show, t: Translator
) -> None:
    await show(views.confirmed(t, await use(confirming.confirmed, actor), callback_data.id))


async def undo(
    _event: Event, callback_data: JoinAction, actor: Actor, confirming: Confirming, use: Use, show: Show, t: Translator
) -> None:
    await show(views.undone(t, await use(confirming.undo, actor, callback_data.id)))


def setup() -> Router:
    router = Router(name="joining-confirming")
    for do, handler in (
        ("list", waiting),
        ("open", open_card),
        ("yes", confirm),
        ("no", refuse),
        ("queue-yes", confirm_on_queue),
        ("queue-no", refuse_on_queue),
        ("all", confirm_all),
        ("confirmed", confirmed),
        ("undo", undo),
    ):
        router.callback_query.register(handler, Does(JoinAction, do))
    return router
