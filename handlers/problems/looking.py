"""Looking at problems: a card by its number, lists, timelines, files."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.utils.formatting import Text

from domain.errors import NotFound
from domain.people import Actor, require_member
from domain.problems import DIGITS, number, read_number
from domain.turn import Turn
from domain.use import Use
from handlers.filters import Called, Does, Numbered, Typed
from handlers.show import Event, Show
from handlers.steps import prompts
from services.files import Files
from services.problems.reading import Problems
from services.problems.triage import Triage
from views.actions import MeasureAction, ProblemAction, ProblemList
from views.problems import cards, lists, measures
from views.screen import Screen
from views.texts import Translator

Handler = Callable[..., Awaitable[None]]


class AskingNumber(StatesGroup):
    number_text = State()


@prompts("AskingNumber", blank=("number_text",))
async def prompt(t: Translator) -> Screen:
    return lists.ask_number(t)


async def by_command(
    _event: Event,
    args: str,
    actor: Actor,
    state: FSMContext,
    turn: Turn,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    require_member(actor)
    if not args:
        if await state.get_state() is None:
            await state.set_state(AskingNumber.number_text)
        await show(lists.ask_number(t, await use(problems.totals, actor)))
        return
    card = await use(problems.by_number, actor, _number(args, turn, t))
    await show(cards.show(t, card))


async def take_number(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    turn: Turn,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    card = await use(problems.by_number, actor, _number(text, turn, t))
    await state.clear()
    await show(cards.show(t, card), fresh=True)


def _number(typed: str, turn: Turn, t: Translator) -> str:
    """The number asked for; its last digits will do for one of this year. Raises NotFound for what is none."""
    typed = typed.strip()
    is_count = typed.isdecimal() and len(typed) <= DIGITS
    found = number(t.local(turn.at).year, int(typed)) if is_count else read_number(typed)
    if found is None:
        raise NotFound
    return found


async def by_number(
    _event: Event, number: str, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(cards.show(t, await use(problems.by_number, actor, number)), fresh=True)


async def open_card(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(cards.show(t, await use(problems.card, actor, callback_data.id)), fresh=True)


async def back_to_card(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(cards.show(t, await use(problems.card, actor, callback_data.id)))


async def more(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(cards.show_more(t, await use(problems.card, actor, callback_data.id)))


async def timeline(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    card, steps = await use(problems.timeline, actor, callback_data.id)
    await show(cards.timeline(t, card, steps))


async def why(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show.toast(cards.why(t, await use(problems.card, actor, callback_data.id)), alert=True)


async def who(
    _event: Event, callback_data: ProblemAction, actor: Actor, triage: Triage, use: Use, show: Show, t: Translator
) -> None:
    """The name is said over the button and stands in no message."""
    number, name = await use(triage.name_reporter, actor, callback_data.id)
    await show.toast(t("problem-who-is", number=number, name=name), alert=True)


async def mine(_event: Event, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator) -> None:
    require_member(actor)
    reported, owned = await use(problems.mine, actor)
    await show(lists.mine(t, reported, owned))


async def turn_page(
    _event: Event, callback_data: ProblemList, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    reported, owned = await use(problems.mine, actor)
    await show(lists.mine(t, reported, owned, callback_data.page))


async def files(
    _event: Event,
    callback_data: ProblemAction | MeasureAction,
    actor: Actor,
    problems: Problems,
    files: Files,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """Each file as a message of its own, named by the problem's number."""
    measure_id = callback_data.measure if isinstance(callback_data, MeasureAction) else None
    card, ids, words = await use(problems.files, actor, callback_data.id, measure_id)
    waiting = False
    for place, file_id in enumerate(ids, 1):
        kept = await use(files.find, file_id)
        if kept is None:
            waiting = True
            continue
        await show(measures.file(t, card, place, len(ids), *kept), fresh=True)
    for said in words:
        await show(Screen(Text(t("measure-words", words=said))), fresh=True)
    if waiting:
        await show(Screen(t("file-waiting")), fresh=True)


def setup() -> Router:
    router = Router(name="looking at problems")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(by_command, Called("problem"))
        event.register(mine, Called("my"))
    message.register(take_number, StateFilter(AskingNumber.number_text), Typed())
    message.register(by_number, Numbered())
    looks: dict[str, Handler] = {
        "card": open_card,
        "less": back_to_card,
        "more": more,
        "timeline": timeline,
        "why": why,
        "who": who,
        "files": files,
    }
    for do, handler in looks.items():
        press.register(handler, Does(ProblemAction, do))
    press.register(files, Does(MeasureAction, "evidence"))
    press.register(turn_page, Does(ProblemList, "my"))
    return router
