"""Notices that were sent: how far each is, taking it back, stopping it, writing another one from it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext

from domain.people import Actor
from domain.use import Use
from handlers.broadcasts import Broadcasting, go, new_draft
from handlers.filters import Busy, Does
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from services.notices.sending import Broadcasts
from views import broadcasts as views
from views.actions import NoticeAction
from views.texts import Translator


async def sent(
    _event: Event,
    callback_data: NoticeAction,
    actor: Actor,
    broadcasts: Broadcasts,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.sent(t, await use(broadcasts.sent, actor), callback_data.page), fresh=True)


async def progress(
    _event: Event,
    callback_data: NoticeAction,
    actor: Actor,
    broadcasts: Broadcasts,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """As a message of its own: the sender's card goes on being edited where it stands."""
    found = await use(broadcasts.progress, actor, callback_data.id)
    await show(views.progress(t, found, callback_data.page), fresh=True)


async def undo(
    _event: Event,
    callback_data: NoticeAction,
    actor: Actor,
    broadcasts: Broadcasts,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.progress(t, await use(broadcasts.undo, actor, callback_data.id)))


async def stop(
    _event: Event,
    callback_data: NoticeAction,
    actor: Actor,
    broadcasts: Broadcasts,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.progress(t, await use(broadcasts.stop, actor, callback_data.id)))


async def again(
    _event: Event,
    callback_data: NoticeAction,
    actor: Actor,
    state: FSMContext,
    broadcasts: Broadcasts,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """The words and the audience of a notice that was undone, to be changed and sent anew."""
    earlier = await use(broadcasts.draft_of, actor, callback_data.id)
    draft = {**new_draft(actor), **earlier}
    await go(Broadcasting.title_text, draft, state, show, t, broadcasts, use)


def setup() -> Router:
    router = Router(name="sent notices")
    press = router.callback_query
    press.register(sent, Does(NoticeAction, "sent"))
    press.register(progress, Does(NoticeAction, "progress"))
    press.register(undo, Does(NoticeAction, "undo"))
    press.register(stop, Does(NoticeAction, "stop"))
    press.register(busy, Does(NoticeAction, "again"), Busy())
    press.register(again, Does(NoticeAction, "again"))
    return router
