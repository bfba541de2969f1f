"""What a reporter may still do with a report, and what is done with a message that came outside any dialogue."""

from aiogram import Bot, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.people import Actor, require_member
from domain.reporting import add_content
from domain.use import Use
from handlers.filters import Chosen, Content, Does, Typed
from handlers.incoming import content_of
from handlers.reports import Reporting
from handlers.show import Event, Show
from handlers.steps import prompts
from services.reports import Reports
from views import reports as views
from views.actions import ProblemAction
from views.screen import Screen
from views.texts import Translator

TOO_SHORT = 2
"""A single letter, such as an answer's, is no problem to file."""


class Correcting(StatesGroup):
    new_text = State()


class Keeping(StatesGroup):
    asked = State()


@prompts("Correcting", blank=("new_text",))
async def correction(draft: dict[str, str], t: Translator) -> Screen:
    return views.ask_correction(t, draft["number"])


@prompts("Keeping")
async def question(t: Translator) -> Screen:
    return views.ask_to_file(t)


async def ask_correction(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    number = await use(reports.own, actor, callback_data.id)
    await state.set_state(Correcting.new_text)
    await state.set_data({"problem": callback_data.id, "seen": callback_data.seen, "number": number})
    await show(views.ask_correction(t, number), fresh=True)


async def correct(
    _event: Event, text: str, actor: Actor, state: FSMContext, reports: Reports, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    await state.clear()
    await use(reports.correct, actor, draft["problem"], draft["seen"], text)
    await show(Screen(t("report-corrected", number=draft["number"])))


async def ask_withdrawal(
    _event: Event, callback_data: ProblemAction, actor: Actor, reports: Reports, use: Use, show: Show, t: Translator
) -> None:
    number = await use(reports.own, actor, callback_data.id)
    await show(views.ask_withdrawal(t, number, callback_data.id, callback_data.seen))


async def withdraw(
    _event: Event, callback_data: ProblemAction, actor: Actor, reports: Reports, use: Use, show: Show, t: Translator
) -> None:
    number = await use(reports.withdraw, actor, callback_data.id, callback_data.seen)
    await show(Screen(t("report-withdrawn", number=number)))


async def keep(message: Message, bot: Bot, actor: Actor, state: FSMContext, show: Show, t: Translator) -> None:
    """Something sent outside any dialogue is kept while the question stands whether to file it."""
    require_member(actor)
    if message.text is not None and len(message.text.strip()) < TOO_SHORT:
        raise SkipHandler
    await state.set_data(add_content({"kept": True}, *content_of(message, bot.id)))
    await state.set_state(Keeping.asked)
    await show(views.ask_to_file(t))


async def keep_more(message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_data(add_content(await state.get_data(), *content_of(message, bot.id)))
    if message.media_group_id is None:
        await show(views.ask_to_file(t))


async def file_kept(_event: Event, value: str, state: FSMContext, show: Show, t: Translator) -> None:
    if value != "yes":
        await state.clear()
        await show(Screen(t("report-file-dropped")))
        return
    await state.set_state(Reporting.level)
    await show(views.ask(t, await state.get_data(), "level"))


def setup() -> Router:
    router = Router(name="own reports")
    press = router.callback_query
    press.register(ask_correction, Does(ProblemAction, "correct"))
    router.message.register(correct, StateFilter(Correcting.new_text), Typed())
    press.register(ask_withdrawal, Does(ProblemAction, "withdraw"))
    press.register(withdraw, Does(ProblemAction, "withdraw-yes"))
    press.register(file_kept, StateFilter(Keeping.asked), Chosen("file"))
    router.message.register(keep_more, StateFilter(Keeping.asked), Content())
    router.message.register(keep, StateFilter(None), Content())
    return router
