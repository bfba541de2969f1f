"""Setting up, for administrators: five steps that lead to what does the work; left at any time and taken up again."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.people import Actor
from domain.setup import STEPS
from domain.use import Use
from domain.workdays import read_hours
from handlers.filters import Busy, Called, Does, Typed
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.setup import SetUp
from views import setup as views
from views.actions import SetUpAction
from views.screen import Screen
from views.texts import Translator

NAME, TIMES = STEPS.index("organisation") + 1, STEPS.index("hours") + 1


class SettingUp(StatesGroup):
    name_text = State()
    times_text = State()


@prompts("SettingUp", blank=("name_text", "times_text"))
async def prompt(raw_state: str, t: Translator) -> Screen:
    return views.ask_name(t, NAME) if raw_state == SettingUp.name_text.state else views.ask_times(t, TIMES)


async def _leave_question(state: FSMContext) -> None:
    """Whoever looks at a step answers no question of another any more; the draft of anything else stays."""
    if (await state.get_state() or "").startswith(SettingUp.__name__):
        await state.clear()


async def way_on(actor: Actor, set_up: SetUp, use: Use) -> str:
    """Where somebody goes who did what a step of setting up led to: back to it, or where it is over to the menu."""
    return "setup" if await use(set_up.left, actor) else "menu"


async def begin(
    _event: Event, actor: Actor, state: FSMContext, set_up: SetUp, use: Use, show: Show, t: Translator
) -> None:
    """Where it was left."""
    await _leave_question(state)
    card = await use(set_up.card, actor)
    await show(views.step(t, card, card.step))


async def turn_to(
    _event: Event,
    callback_data: SetUpAction,
    actor: Actor,
    state: FSMContext,
    set_up: SetUp,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """Another step, or back from what is asked in one."""
    await _leave_question(state)
    await show(views.step(t, await use(set_up.card, actor), callback_data.step))


async def go_on(
    _event: Event,
    callback_data: SetUpAction,
    actor: Actor,
    state: FSMContext,
    set_up: SetUp,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await _leave_question(state)
    card = await use(set_up.go_past, actor, callback_data.step)
    await show(views.step(t, card, callback_data.step + 1))


async def ask_name(_event: Event, actor: Actor, set_up: SetUp, state: FSMContext, show: Show, t: Translator) -> None:
    set_up.may(actor)
    await state.set_state(SettingUp.name_text)
    await show(views.ask_name(t, NAME))


async def take_name(
    _event: Event, text: str, actor: Actor, state: FSMContext, set_up: SetUp, use: Use, show: Show, t: Translator
) -> None:
    await state.clear()
    await show(views.step(t, await use(set_up.rename, actor, text), NAME))


async def ask_times(_event: Event, actor: Actor, set_up: SetUp, state: FSMContext, show: Show, t: Translator) -> None:
    set_up.may(actor)
    await state.set_state(SettingUp.times_text)
    await show(views.ask_times(t, TIMES))


async def take_times(
    _event: Event, text: str, actor: Actor, state: FSMContext, set_up: SetUp, use: Use, show: Show, t: Translator
) -> None:
    start, end = read_hours(text)
    await state.clear()
    await show(views.step(t, await use(set_up.decide_hours, actor, start, end), TIMES))


async def try_out(_event: Event, actor: Actor, set_up: SetUp, use: Use) -> None:
    """The message itself is the answer."""
    await use(set_up.try_out, actor)


def setup() -> Router:
    router = Router(name="setup")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(begin, Called("setup"))
    for do in ("name", "times"):
        press.register(busy, Does(SetUpAction, do), Busy())
    press.register(ask_name, Does(SetUpAction, "name"))
    press.register(ask_times, Does(SetUpAction, "times"))
    press.register(turn_to, Does(SetUpAction, "show"))
    press.register(go_on, Does(SetUpAction, "next"))
    press.register(try_out, Does(SetUpAction, "trial"))
    message.register(take_name, StateFilter(SettingUp.name_text), Typed())
    message.register(take_times, StateFilter(SettingUp.times_text), Typed())
    return router
