"""One's own passphrase: set, changed or forgotten in the chat, where it does not stay."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.passphrases import checked
from domain.people import Actor
from domain.use import Use
from handlers.filters import Called, Chosen, Typed
from handlers.show import Event, Show
from handlers.steps import prompts
from services.passphrases import Passphrases, hash_passphrase
from views import passphrases as views
from views.screen import Screen
from views.texts import Translator


class Choosing(StatesGroup):
    passphrase_text = State()


@prompts("Choosing", blank=("passphrase_text",))
async def prompt(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask(t, is_set=draft["is_set"])


async def begin(
    event: Event,
    args: str,
    actor: Actor,
    state: FSMContext,
    passphrases: Passphrases,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """Ask for it; where it stood behind the command, take it. Behind the plain word stands something else."""
    if args and isinstance(event, Message) and (event.text or "").startswith("/"):
        await take(event, args, actor, state, passphrases, use, show, t)
        return
    is_set = await use(passphrases.is_set, actor)
    await state.set_state(Choosing.passphrase_text)
    await state.set_data({"is_set": is_set})
    await show(views.ask(t, is_set=is_set))


async def take(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    passphrases: Passphrases,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """The message goes first, also one that is refused: a program that dies here leaves nothing to read."""
    erased = await show.erase()
    hashed = await use(hash_passphrase, checked(text))
    await state.clear()
    await use(passphrases.keep, actor, hashed)
    await show(views.kept(t, erased=erased))


async def forget(
    _event: Event, actor: Actor, state: FSMContext, passphrases: Passphrases, use: Use, show: Show, t: Translator
) -> None:
    await state.clear()
    await use(passphrases.keep, actor, None)
    await show(views.forgotten(t))


def setup() -> Router:
    router = Router(name="passphrases")
    for event in (router.message, router.callback_query):
        event.register(begin, Called("passphrase"))
    router.message.register(take, StateFilter(Choosing.passphrase_text), Typed())
    router.callback_query.register(forget, StateFilter(Choosing.passphrase_text), Chosen("forget"))
    return router
