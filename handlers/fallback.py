"""The last router: every stale button and every message nobody understood gets an answer."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import ChatMemberUpdated, Message

from handlers.filters import IsCommand
from handlers.show import Event, Show
from handlers.steps import current, is_away, subject
from views import drafts, home
from views.screen import Screen
from views.texts import Translator


async def stale(_event: Event, show: Show, t: Translator) -> None:
    await show.toast(t("stale"), alert=True)


async def unknown_command(_event: Event, show: Show, t: Translator) -> None:
    await show(Screen(t("unknown-command")))


async def unknown(_event: Event, show: Show, t: Translator, state: FSMContext, **data: Any) -> None:
    """Words where a button is awaited: the step is shown again. A draft that was left takes nothing in unasked."""
    raw_state = data.get("raw_state")
    if is_away(raw_state):
        await show(drafts.left(t, subject(raw_state, await state.get_data())))
        return
    step = await current(raw_state, await state.get_data(), {**data, "t": t, "state": state})
    await show(drafts.by_button(t, step) if step else Screen(t("unknown")).with_rows([home.go(t, "menu")]))


async def edited(_message: Message) -> None:
    """An edit that no draft waits for changes nothing that was saved."""


async def membership(_change: ChatMemberUpdated) -> None:
    """Blocking shows at the next delivery and speaking again undoes it, so neither needs a note here."""


def setup() -> Router:
    router = Router(name="fallback")
    router.message.register(unknown_command, IsCommand())
    router.message.register(unknown)
    router.edited_message.register(edited)
    router.callback_query.register(stale)
    router.my_chat_member.register(membership)
    return router
