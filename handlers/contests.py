"""Running contests: the list, a bank brought as a file, the card, publishing."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.errors import DomainError
from domain.fetch import Fetch
from domain.files import Incoming
from domain.people import Actor
from domain.use import Use
from handlers import planning_contests
from handlers.filters import Busy, Called, Chosen, Content, Does
from handlers.incoming import files_of
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.banks import read_bank
from services.contests import Contests
from services.spreadsheets import write_workbook
from views import contests as views
from views.actions import ContestAction
from views.screen import Screen
from views.texts import Texts, Translator


class ImportingBank(StatesGroup):
    file = State()
    check = State()


@prompts("ImportingBank", blank=("file",))
async def prompt(raw_state: str, draft: dict[str, Any], t: Translator) -> Screen:
    return views.preview(t, draft) if raw_state == ImportingBank.check.state else views.ask_bank_file(t)


async def overview(
    _event: Event, actor: Actor, state: FSMContext, contests: Contests, use: Use, show: Show, t: Translator
) -> None:
    contests.may_organise(actor)
    await state.clear()
    await show(views.overview(t, await use(contests.newest, actor), await use(contests.banks, actor)))


async def begin_import(
    _event: Event, actor: Actor, state: FSMContext, contests: Contests, show: Show, t: Translator
) -> None:
    contests.may_organise(actor)
    await state.set_state(ImportingBank.file)
    await show(views.ask_bank_file(t))


async def template(_event: Event, actor: Actor, contests: Contests, use: Use, show: Show, t: Translator) -> None:
    contests.may_organise(actor)
    await show(views.template(t, await use(write_workbook, views.template_rows(t))))


async def take_file(
    message: Message,
    bot: Bot,
    actor: Actor,
    state: FSMContext,
    contests: Contests,
    fetch: Fetch,
    use: Use,
    show: Show,
    t: Translator,
    texts: Texts,
) -> None:
    if message.document is None:
        raise DomainError("bank-kind")
    [file] = files_of(message, bot.id)
    name = (message.document.file_name or "")[-80:]
    data = await fetch(Incoming.from_draft(file))
    bank = await use(read_bank, data, name, views.bank_words(texts, t))
    known = await use(contests.is_known, actor, bank)
    draft = {"file": file, "name": name, "known": known, **views.summary(bank, name)}
    await state.set_state(ImportingBank.file if bank.errors else ImportingBank.check)
    await state.set_data(draft)
    await show(views.preview(t, draft))


async def save_bank(
    _event: Event,
    actor: Actor,
    state: FSMContext,
    contests: Contests,
    fetch: Fetch,
    use: Use,
    show: Show,
    t: Translator,
    texts: Texts,
) -> None:
    """The file is read again: the dialogue keeps what it says of itself, not a whole bank."""
    draft = await state.get_data()
    await state.clear()
    data = await fetch(Incoming.from_draft(draft["file"]))
    bank = await use(read_bank, data, draft["name"], views.bank_words(texts, t))
    await show(views.saved(t, await use(contests.save_bank, actor, bank)))


async def card(
    _event: Event, callback_data: ContestAction, actor: Actor, contests: Contests, use: Use, show: Show, t: Translator
) -> None:
    await show(views.card(t, await use(contests.card, actor, callback_data.id)))


async def publish(
    _event: Event, callback_data: ContestAction, actor: Actor, contests: Contests, use: Use, show: Show, t: Translator
) -> None:
    await use(contests.publish, actor, callback_data.id)
    await show(views.card(t, await use(contests.card, actor, callback_data.id)))


async def ask_remove(
    _event: Event, callback_data: ContestAction, actor: Actor, contests: Contests, use: Use, show: Show, t: Translator
) -> None:
    await show(views.ask_remove(t, await use(contests.card, actor, callback_data.id)))


async def remove(
    _event: Event, callback_data: ContestAction, actor: Actor, contests: Contests, use: Use, show: Show, t: Translator
) -> None:
    await use(contests.remove, actor, callback_data.id)
    await show(views.removed(t))


def setup() -> Router:
    router = Router(name="contests")
    press = router.callback_query
    router.message.register(overview, Called("contest"))
    press.register(overview, Called("contest"))
    press.register(busy, Does(ContestAction, "import"), Busy())
    press.register(begin_import, Does(ContestAction, "import"))
    press.register(template, Does(ContestAction, "template"))
    press.register(card, Does(ContestAction, "card"))
    press.register(ask_remove, Does(ContestAction, "ask-remove"))
    press.register(remove, Does(ContestAction, "remove"))
    press.register(publish, Does(ContestAction, "publish"))
    router.message.register(take_file, StateFilter(ImportingBank), Content())
    press.register(save_bank, StateFilter(ImportingBank.check), Chosen("bank-save"))
    planning_contests.register(router)
    return router
