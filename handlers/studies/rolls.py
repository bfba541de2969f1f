"""The roll: /roll opens with all present, the secretary taps the exceptions and confirms once."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.errors import DomainError, Outdated
from domain.people import Actor
from domain.studies import Mark
from domain.use import Use
from handlers.filters import Busy, Called, Chosen, Does
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.studies.rolls import Rolls
from views.actions import RollAction
from views.screen import Screen
from views.studies import rolls as views
from views.texts import Translator


class Calling(StatesGroup):
    marks = State()


@prompts("Calling")
async def prompt(draft: dict[str, Any], actor: Actor, rolls: Rolls, use: Use, t: Translator) -> Screen:
    sheet = await use(rolls.sheet, actor, draft["session"], draft["unit"])
    return views.sheet(t, sheet, _marks(draft), draft["page"])


async def places(_event: Event, actor: Actor, rolls: Rolls, use: Use, show: Show, t: Translator) -> None:
    rolls.may_call(actor)
    await show(views.places(t, await use(rolls.places, actor)))


async def open_roll(
    _event: Event,
    callback_data: RollAction,
    actor: Actor,
    rolls: Rolls,
    state: FSMContext,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """An open roll begins to be called; a confirmed one is shown as numbers."""
    sheet = await use(rolls.sheet, actor, callback_data.session, callback_data.unit)
    if sheet.called_at is not None or not sheet.lines:
        await show(views.called(t, sheet, await use(rolls.counts, actor, callback_data.session)))
        return
    draft = {"session": callback_data.session, "unit": callback_data.unit, "marks": {}, "page": 0}
    await state.set_state(Calling.marks)
    await state.set_data(draft)
    await show(views.sheet(t, sheet, {}, 0), fresh=True)


async def mark(_event: Event, value: str, state: FSMContext, show: Show, **data: Any) -> None:
    """The button names the mark it makes, so that a press that comes twice makes it once."""
    person, _, to = value.partition("-")
    if to not in set(Mark):
        raise DomainError("not-now")
    draft = await state.get_data()
    draft["marks"] = {**draft["marks"], person: to}
    await state.set_data(draft)
    await show(await prompt(draft, data["actor"], data["rolls"], data["use"], data["t"]))


async def turn_page(_event: Event, value: str, state: FSMContext, show: Show, **data: Any) -> None:
    draft = await state.update_data(page=int(value) if value.isdigit() else 0)
    await show(await prompt(draft, data["actor"], data["rolls"], data["use"], data["t"]))


async def confirm(
    _event: Event, actor: Actor, rolls: Rolls, state: FSMContext, use: Use, show: Show, t: Translator
) -> None:
    """Whoever comes second reads who was first, over the roll as it was confirmed."""
    draft = await state.get_data()
    await state.clear()
    try:
        sheet = await use(rolls.confirm, actor, draft["session"], draft["unit"], _marks(draft))
    except Outdated:
        sheet = await use(rolls.sheet, actor, draft["session"], draft["unit"])
    await show(views.called(t, sheet, await use(rolls.counts, actor, draft["session"])))


async def correct(
    _event: Event, callback_data: RollAction, actor: Actor, rolls: Rolls, use: Use, show: Show, t: Translator
) -> None:
    sheet = await use(rolls.sheet, actor, callback_data.session, callback_data.unit)
    if not sheet.correctable:
        raise DomainError("not-yours")
    await show(views.correcting(t, sheet, callback_data.page))


async def set_right(
    _event: Event, callback_data: RollAction, actor: Actor, rolls: Rolls, use: Use, show: Show, t: Translator
) -> None:
    place = callback_data
    if place.mark not in set(Mark):
        raise DomainError("not-now")
    sheet = await use(rolls.correct, actor, place.session, place.unit, place.person, Mark(place.mark))
    await show(views.correcting(t, sheet, place.page))


def _marks(draft: dict[str, Any]) -> dict[int, Mark]:
    return {int(person): Mark(to) for person, to in draft["marks"].items() if person.isdigit()}


def setup() -> Router:
    router = Router(name="rolls")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(places, Called("roll"))
    press.register(busy, Does(RollAction, "open"), Busy())
    press.register(open_roll, Does(RollAction, "open"))
    press.register(mark, StateFilter(Calling.marks), Chosen("mark"))
    press.register(turn_page, StateFilter(Calling.marks), Chosen("roll-page"))
    press.register(confirm, StateFilter(Calling.marks), Chosen("roll-confirm"))
    press.register(correct, Does(RollAction, "correct"))
    press.register(set_right, Does(RollAction, "set"))
    return router
