"""Asking to join by a code: from the link or the typed code to the question to the secretary, and other ways in."""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.entrances import FirstNames, InvitationKind, Links
from domain.errors import DomainError, NotFound
from domain.people import Actor
from domain.turn import Turn
from domain.use import Use
from handlers.filters import Called, Content, Does, Parsed, To, Typed
from handlers.show import Event, Show
from handlers.steps import prompts
from services.entrances import Entrances
from services.joining.asking import Joining
from views.actions import JoinAction
from views.joining import asking as views
from views.joining import inviting
from views.screen import Screen
from views.texts import Translator

START = frozenset({"/start"})
LINK = "/start j_"
MESSENGER = "telegram"


class Introducing(StatesGroup):
    code_text = State()
    name_text = State()
    number_text = State()


class ByLink(Filter):
    """The messenger's start with a code behind it; gives ``args``, as the command with a code does."""

    keys = START

    async def __call__(self, message: Message) -> Parsed:
        text = message.text or ""
        return {"args": text.removeprefix(LINK).strip()} if text.startswith(LINK) else False


class FromFirstAdmin(Filter):
    """Somebody whom the settings name as an administrator says hello; whether one is still wanted is asked later."""

    keys = START

    async def __call__(self, message: Message, turn: Turn, admin_ids: frozenset[int] = frozenset()) -> bool:
        return turn.platform == MESSENGER and turn.chat_id in admin_ids and (message.text or "").startswith("/start")


@prompts("Introducing", blank=("code_text",))
async def prompt(raw_state: str, draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask(t, raw_state.partition(":")[2].removesuffix("_text"), draft.get("unit", ""))


async def join(
    event: Event,
    args: str,
    actor: Actor,
    state: FSMContext,
    joining: Joining,
    use: Use,
    show: Show,
    t: Translator,
    raw_state: str | None = None,
) -> None:
    """With a code at once; without one, on with the unit this chat has begun to join, or a question for the code."""
    if args:
        await present(event, args, actor, state, joining, use, show, t, raw_state)
        return
    found = await use(joining.begun, actor)
    if found is not None:
        await state.clear()
        await show(views.before(t, found[0]))
        return
    await state.set_state(Introducing.code_text)
    await state.set_data({})
    await show(views.ask(t, "code", ""))


async def present(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    joining: Joining,
    use: Use,
    show: Show,
    t: Translator,
    raw_state: str | None = None,
) -> None:
    """A code was typed, or stood behind the command. Whoever comes back by a link finds the draft they left."""
    found = await use(joining.look, actor, text)
    if found is None:
        await use(joining.count_wrong, actor)
        await show(views.wrong_code(t))
        return
    if found.kind is InvitationKind.UNIT:
        await state.clear()
        await use(joining.begin, actor, text)
        await show(views.before(t, found.unit_name))
        return
    if (raw_state or "").startswith(Introducing.__name__):
        await state.clear()
    await use(joining.bind, actor, text)
    await show.done()


async def begin(
    _event: Event, actor: Actor, state: FSMContext, joining: Joining, use: Use, show: Show, t: Translator
) -> None:
    """Whoever read what is kept goes on; the code is known already."""
    found = await use(joining.begun, actor)
    if found is None:
        raise NotFound
    unit, _ = found
    await state.set_state(Introducing.name_text)
    await state.set_data({"unit": unit})
    await show(views.ask(t, "name", unit), fresh=True)


async def remind(_event: Event, actor: Actor, joining: Joining, use: Use, show: Show, t: Translator) -> None:
    """A newcomer with an invitation writes before tapping Go on, or while the secretary is being asked."""
    found = await use(joining.begun, actor) if actor.is_guest else None
    if found is None:
        raise SkipHandler
    await show(views.reminder(t, *found))


async def take_name(_event: Event, text: str, state: FSMContext, show: Show, t: Translator) -> None:
    draft = await state.update_data(name=text.strip()[:80])
    await state.set_state(Introducing.number_text)
    await show(views.ask(t, "number", draft["unit"]))


async def take_number(
    message: Message, text: str, actor: Actor, state: FSMContext, joining: Joining, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    if not await use(joining.matches, actor, draft["name"], text):
        await state.set_state(Introducing.name_text)
        await use(joining.count_wrong, actor)
        await show(views.no_match(t, draft["unit"]))
        return
    await state.clear()
    called = message.from_user.full_name if message.from_user is not None and actor.platform == MESSENGER else ""
    await use(joining.ask, actor, draft["name"], text, called)
    await show.done()


async def back(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_state(Introducing.name_text)
    await show(views.ask(t, "name", (await state.get_data())["unit"]))


async def become_admin(_event: Event, actor: Actor, entrances: Entrances, use: Use, show: Show, t: Translator) -> None:
    if not await use(entrances.needs_admin):
        raise SkipHandler
    names = FirstNames(t.plain("first-office-name"), t.plain("first-admin-name"))
    await use(entrances.become_first_admin, actor, names)
    await show.done()


async def privacy(_event: Event, show: Show, t: Translator) -> None:
    await show(views.privacy(t))


async def page_link(
    _event: Event, actor: Actor, entrances: Entrances, links: Links, use: Use, show: Show, t: Translator
) -> None:
    if not links.page(""):
        raise DomainError("page-not-public")
    await show(inviting.page(t, await use(entrances.invite_to_page, actor), links), fresh=True)


def setup() -> Router:
    router = Router(name="joining-asking")
    message, press = router.message, router.callback_query
    message.register(join, ByLink())
    message.register(become_admin, FromFirstAdmin())
    for event in (message, press):
        event.register(join, Called("join"))
        event.register(privacy, Called("privacy"))
        event.register(page_link, Called("page"))
    message.register(present, StateFilter(Introducing.code_text), Typed())
    message.register(take_name, StateFilter(Introducing.name_text), Typed())
    message.register(remind, StateFilter(None), Content())
    message.register(remind, StateFilter(None), Called("cancel", "start"))
    message.register(take_number, StateFilter(Introducing.number_text), Typed())
    press.register(back, StateFilter(Introducing.number_text), To("back"))
    press.register(begin, Does(JoinAction, "begin"))
    return router
