"""Assigning a problem step by step: unit, accountable person, verifier, deadline, and a last look.

What each step offers is read once and kept in the dialogue, so that any step can be shown again as it was.
"""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.errors import DomainError, Outdated
from domain.people import Actor
from domain.problems import Action
from domain.rectification import Assignment
from domain.turn import Turn
from domain.use import Use
from domain.workdays import END_OF_DAY
from handlers.filters import Busy, Chosen, Does, To, Typed
from handlers.problems import queues
from handlers.problems.deadlines import AskingDeadline, term
from handlers.problems.overtaking import busy, overtaken
from handlers.show import Event, Show
from handlers.steps import prompts
from services.problems.assigning import Assigning
from services.problems.reading import Problems
from views.actions import ProblemAction
from views.problems import assigning as views
from views.problems import lists
from views.screen import Screen
from views.texts import Translator

Draft = dict[str, Any]


class Giving(StatesGroup):
    unit_text = State()
    accountable_text = State()
    verifier_text = State()
    deadline_text = State()
    confirm = State()


DEADLINE = AskingDeadline(lambda t: t("assign-ask-deadline"), END_OF_DAY)


@prompts("Giving", blank=("unit_text",))
async def prompt(raw_state: str, draft: Draft, t: Translator) -> Screen:
    step = raw_state.partition(":")[2].removesuffix("_text")
    if step == "unit":
        return views.ask_unit(t, draft)
    if step == "deadline":
        return DEADLINE.screen(t, draft)
    return views.ask_confirm(t, draft) if step == "confirm" else views.ask_person(t, draft, step)


class Step:
    """Where an update stands in the wizard: the dialogue, and the ways to read, to speak and to go on."""

    def __init__(self, actor: Actor, state: FSMContext, assigning: Assigning, use: Use, show: Show) -> None:
        self.actor = actor
        self.state = state
        self.assigning = assigning
        self.use = use
        self.show = show

    async def at(self, step: State, draft: Draft, t: Translator, *, fresh: bool = False) -> None:
        await self.state.set_state(step)
        await self.state.set_data(draft)
        await self.show(await prompt(step.state or "", draft, t), fresh=fresh)

    async def at_unit(self, draft: Draft, t: Translator, unit_id: int | None, *, fresh: bool = False) -> None:
        place = await self.use(self.assigning.units, self.actor, unit_id)
        here = [place.unit_id, place.name] if place.unit_id is not None else None
        draft = {**draft, "here": here, "options": [list(option) for option in place.below], "page": 0, "typed": ""}
        draft.pop("up", None)
        if place.up is not None:
            draft["up"] = place.up
        await self.at(Giving.unit_text, draft, t, fresh=fresh)

    async def at_accountable(self, draft: Draft, t: Translator, typed: str = "") -> None:
        found = await self.use(self.assigning.candidates, self.actor, draft["problem"], draft["unit"], typed)
        options = [[person.id, person.name] for person in found]
        await self.at(Giving.accountable_text, {**draft, "options": options, "typed": typed}, t)

    async def at_verifier(self, draft: Draft, t: Translator, typed: str = "", *, fresh: bool = False) -> None:
        found = await self.use(self.assigning.verifiers, self.actor, draft["problem"], draft["accountable"], typed)
        options = [[person.id, person.name] for person in found]
        await self.at(Giving.verifier_text, {**draft, "options": options, "typed": typed}, t, fresh=fresh)


async def begin(_event: Event, callback_data: ProblemAction, t: Translator, problems: Problems, **data: Any) -> None:
    step = _step(data)
    try:
        await step.use(problems.current, step.actor, callback_data.id, callback_data.seen)
    except Outdated as error:
        await overtaken(error, callback_data.id, step.actor, problems, step.use, step.show, t)
        return
    known = await step.use(step.assigning.start, step.actor, callback_data.id)
    draft: Draft = {"problem": callback_data.id, "seen": callback_data.seen, "number": known.number}
    if known.person_id is not None:
        whom = {"unit": known.unit_id, "unit_name": known.unit_name, "own": True}
        draft |= whom | {"accountable": known.person_id, "accountable_name": known.person_name}
        await step.at_verifier(draft, t, fresh=True)
        return
    if known.unit_id is not None:
        draft["named"] = [known.unit_id, known.unit_name]
    await step.at_unit(draft, t, None, fresh=True)


async def open_unit(_event: Event, value: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    await step.at_unit(await step.state.get_data(), t, _number(value))


async def turn_page(_event: Event, value: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    await step.at(Giving.unit_text, {**await step.state.get_data(), "page": _number(value)}, t)


async def find_unit(_event: Event, text: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    found = await step.use(step.assigning.units_named, step.actor, text.strip())
    draft = {**await step.state.get_data(), "here": None, "up": None, "page": 0, "typed": text.strip()}
    await step.at(Giving.unit_text, {**draft, "options": [[*option, False] for option in found]}, t)


async def take_unit(_event: Event, value: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    draft = await step.state.get_data()
    unit = await step.use(step.assigning.unit, step.actor, draft["problem"], _number(value))
    await step.at_accountable({**draft, "unit": unit.id, "unit_name": unit.name}, t)


async def find_accountable(_event: Event, text: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    await step.at_accountable(await step.state.get_data(), t, text.strip())


async def take_accountable(_event: Event, value: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    draft = {**await step.state.get_data(), "accountable": _number(value)}
    _, name, _ = await step.use(step.assigning.check, step.actor, draft["problem"], draft["unit"], draft["accountable"])
    await step.at_verifier({**draft, "accountable_name": name}, t)


async def find_verifier(_event: Event, text: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    await step.at_verifier(await step.state.get_data(), t, text.strip())


async def take_verifier(_event: Event, value: str, t: Translator, turn: Turn, **data: Any) -> None:
    step = _step(data)
    draft = {**await step.state.get_data(), "verifier": _number(value)}
    people = (draft["unit"], draft["accountable"], draft["verifier"])
    _, _, name = await step.use(step.assigning.check, step.actor, draft["problem"], *people)
    await step.at(Giving.deadline_text, {**draft, "verifier_name": name, **DEADLINE.begin(turn, t)}, t)


async def take_term(event: Event, value: str, t: Translator, **data: Any) -> None:
    step = _step(data)
    await take_date(event, await step.use(step.assigning.deadline_in, term(value)), t, **data)


async def take_date(_event: Event, at: datetime, t: Translator, **data: Any) -> None:
    step = _step(data)
    works = await step.use(step.assigning.is_workday, at)
    await step.at(Giving.confirm, {**await step.state.get_data(), "at": at.isoformat(), "day_off": not works}, t)


async def assign(_event: Event, t: Translator, problems: Problems, **data: Any) -> None:
    """Save it, and on with the next one that waits."""
    step = _step(data)
    draft = await step.state.get_data()
    await step.state.clear()
    people = (draft["unit"], draft["accountable"], draft["verifier"])
    assignment = Assignment(*people, datetime.fromisoformat(draft["at"]))
    try:
        card = await step.use(step.assigning.assign, step.actor, draft["problem"], draft["seen"], assignment)
    except Outdated as error:
        await overtaken(error, draft["problem"], step.actor, problems, step.use, step.show, t)
        return
    name = "inbox" if draft.get("own") else "triage"
    done = lists.done(t, card, Action.ASSIGN)
    await step.show(await queues.first(name, step.actor, problems, step.use, t, done=done))


async def back(_event: Event, raw_state: str, t: Translator, turn: Turn, **data: Any) -> None:
    """The step before this one; the first stays."""
    step = _step(data)
    draft = await step.state.get_data()
    if raw_state == Giving.confirm.state:
        await step.at(Giving.deadline_text, {**draft, **DEADLINE.begin(turn, t)}, t)
    elif raw_state == Giving.deadline_text.state or draft.get("own"):
        await step.at_verifier(draft, t)
    elif raw_state == Giving.verifier_text.state:
        await step.at_accountable(draft, t)
    else:
        await step.at_unit(draft, t, None)


def _step(data: dict[str, Any]) -> Step:
    return Step(data["actor"], data["state"], data["assigning"], data["use"], data["show"])


def _number(value: str) -> int:
    if not value.isdigit():
        raise DomainError("choice-unknown")
    return int(value)


def setup() -> Router:
    router = Router(name="assigning problems")
    press, message = router.callback_query, router.message
    press.register(busy, Does(ProblemAction, Action.ASSIGN), Busy())
    press.register(begin, Does(ProblemAction, Action.ASSIGN))
    unit = StateFilter(Giving.unit_text)
    press.register(open_unit, unit, Chosen("open"))
    press.register(turn_page, unit, Chosen("page"))
    press.register(take_unit, unit, Chosen("unit"))
    message.register(find_unit, unit, Typed())
    press.register(take_accountable, StateFilter(Giving.accountable_text), Chosen("accountable"))
    message.register(find_accountable, StateFilter(Giving.accountable_text), Typed())
    press.register(take_verifier, StateFilter(Giving.verifier_text), Chosen("verifier"))
    message.register(find_verifier, StateFilter(Giving.verifier_text), Typed())
    press.register(take_term, StateFilter(Giving.deadline_text), Chosen("term"))
    DEADLINE.register(router, Giving.deadline_text, take_date)
    press.register(assign, StateFilter(Giving.confirm), Chosen("assign"))
    press.register(back, StateFilter(Giving), To("back"))
    return router
