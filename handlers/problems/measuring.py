"""Measures in chat: written, proven, finished; and whoever is asked to help."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.errors import DomainError, NotFound
from domain.files import Incoming
from domain.people import Actor
from domain.problems import Action
from domain.rectification import add_piece, check_measure
from domain.use import Use
from domain.visibility import Card, MeasureLine
from handlers.filters import Busy, Chosen, Content, Does, Typed
from handlers.incoming import content_of
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.problems.reading import Problems
from services.problems.rectification import Rectification
from views.actions import MeasureAction, ProblemAction
from views.problems import measures as views
from views.screen import Screen
from views.texts import Translator


class Measuring(StatesGroup):
    measure_text = State()


class Proving(StatesGroup):
    evidence_text = State()


class AskingForHelp(StatesGroup):
    name_text = State()


@prompts("Measuring", blank=("measure_text",))
async def ask_measure(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask_measure(t, draft["number"], len(draft.get("texts", ())))


@prompts("Proving", blank=("evidence_text",))
async def ask_evidence(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask_evidence(t, draft["number"], draft["measure"][1], _pieces(draft))


@prompts("AskingForHelp", blank=("name_text",))
async def ask_helper(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask_helper(t, draft["number"], draft["options"])


async def listing(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(views.listing(t, await use(problems.card, actor, callback_data.id)))


async def turn_page(
    _event: Event, callback_data: MeasureAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(views.listing(t, await use(problems.card, actor, callback_data.id), callback_data.measure))


async def open_measure(
    _event: Event, callback_data: MeasureAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    card, _, words = await use(problems.files, actor, callback_data.id, callback_data.measure)
    await show(views.one(t, card, _measure(card, callback_data.measure), words))


async def finish(
    _event: Event,
    callback_data: MeasureAction,
    actor: Actor,
    rectification: Rectification,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await show(views.listing(t, await use(rectification.finish, actor, callback_data.id, callback_data.measure)))


async def begin_plan(_event: Event, callback_data: ProblemAction, t: Translator, **data: Any) -> None:
    card = await _working(data, callback_data.id, Action.PLAN)
    await _ask(data, Measuring.measure_text, {"id": card.problem_id, "number": card.number}, t)


async def begin_proof(_event: Event, callback_data: MeasureAction, t: Translator, **data: Any) -> None:
    card = await _working(data, callback_data.id, Action.EVIDENCE)
    measure = _measure(card, callback_data.measure)
    draft = {"id": card.problem_id, "number": card.number, "measure": [measure.measure_id, measure.text]}
    await _ask(data, Proving.evidence_text, draft, t)


async def begin_help(_event: Event, callback_data: ProblemAction, t: Translator, **data: Any) -> None:
    card = await _working(data, callback_data.id, Action.PLAN)
    found = await data["use"](data["rectification"].colleagues, data["actor"], card.problem_id, "")
    draft = {"id": card.problem_id, "number": card.number, "options": [[person.id, person.name] for person in found]}
    await _ask(data, AskingForHelp.name_text, draft, t)


async def take_measure(_event: Event, text: str, state: FSMContext, show: Show, t: Translator) -> None:
    """One more measure in the draft. A sentence that cannot be kept is refused before the others are lost to it."""
    draft = add_piece(await state.get_data(), check_measure(text), ())
    await state.set_data(draft)
    await show(await ask_measure(draft, t))


async def save_measures(
    _event: Event, actor: Actor, state: FSMContext, rectification: Rectification, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    await state.clear()
    await show(views.listing(t, await use(rectification.plan, actor, draft["id"], draft.get("texts", ()))))


async def take_evidence(message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator) -> None:
    """The pieces of an album come one by one and get one answer."""
    draft = await state.get_data()
    text, files, _ = content_of(message, bot.id)
    known = message.media_group_id is not None and draft.get("group") == message.media_group_id
    draft = {**add_piece(draft, text, files), "group": message.media_group_id}
    await state.set_data(draft)
    if not known:
        await show(await ask_evidence(draft, t))


async def save_evidence(
    _event: Event, actor: Actor, state: FSMContext, rectification: Rectification, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    await state.clear()
    files = [Incoming.from_draft(file) for file in draft.get("files", ())]
    measure_id, _ = draft["measure"]
    card = await use(rectification.prove, actor, draft["id"], measure_id, draft.get("texts", ()), files)
    await show(views.one(t, card, _measure(card, measure_id)))


async def find_helper(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    rectification: Rectification,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    draft = await state.get_data()
    found = await use(rectification.colleagues, actor, draft["id"], text.strip())
    draft["options"] = [[person.id, person.name] for person in found]
    await state.set_data(draft)
    await show(await ask_helper(draft, t))


async def take_helper(
    _event: Event,
    value: str,
    actor: Actor,
    state: FSMContext,
    rectification: Rectification,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    draft = await state.get_data()
    await state.clear()
    if not value.isdigit():
        raise DomainError("choice-unknown")
    card = await use(rectification.ask_for_help, actor, draft["id"], int(value))
    await show(views.listing(t, card, done=t("helper-asked", names=t.plain("list-separator").join(card.helpers))))


async def _working(data: dict[str, Any], problem_id: int, action: Action) -> Card:
    """The card, if its reader may take this step now; else DomainError ``not-now``."""
    card: Card = await data["use"](data["problems"].card, data["actor"], problem_id)
    if action not in card.actions:
        raise DomainError("not-now")
    return card


async def _ask(data: dict[str, Any], step: State, draft: dict[str, Any], t: Translator) -> None:
    state, show = data["state"], data["show"]
    await state.set_state(step)
    await state.set_data(draft)
    asks = {Measuring.measure_text: ask_measure, Proving.evidence_text: ask_evidence}
    await show(await asks.get(step, ask_helper)(draft, t), fresh=True)


def _measure(card: Card, measure_id: int) -> MeasureLine:
    found = next((measure for measure in card.measures if measure.measure_id == measure_id), None)
    if found is None:
        raise NotFound
    return found


def _pieces(draft: dict[str, Any]) -> int | None:
    if draft.get("group") is not None:
        return None
    return len(draft.get("texts", ())) + len(draft.get("files", ()))


def setup() -> Router:
    router = Router(name="measures")
    press, message = router.callback_query, router.message
    press.register(listing, Does(ProblemAction, "measures"))
    press.register(turn_page, Does(MeasureAction, "page"))
    press.register(open_measure, Does(MeasureAction, "open"))
    press.register(finish, Does(MeasureAction, "finish"))
    for kind, do, begin in (
        (ProblemAction, "plan", begin_plan),
        (MeasureAction, "prove", begin_proof),
        (ProblemAction, "helper", begin_help),
    ):
        press.register(busy, Does(kind, do), Busy())
        press.register(begin, Does(kind, do))
    message.register(take_measure, StateFilter(Measuring.measure_text), Typed())
    press.register(save_measures, StateFilter(Measuring.measure_text), Chosen("enough"))
    message.register(take_evidence, StateFilter(Proving.evidence_text), Content())
    press.register(save_evidence, StateFilter(Proving.evidence_text), Chosen("enough"))
    message.register(find_helper, StateFilter(AskingForHelp.name_text), Typed())
    press.register(take_helper, StateFilter(AskingForHelp.name_text), Chosen("helper"))
    return router
