"""A step of any wizard that asks for one person: one of those picked lately, or found by typing part of a name.

It is used as ``AskingWhen`` is::

    WHO = PickingPerson(lambda t: t("assessment-ask-who"))

    await state.set_state(Planning.who_text)                       # the name ends in _text: people type here
    await state.update_data(**await WHO.begin(actor, people, use))  # perhaps within=the path of a unit
    await show(WHO.screen(t, await state.get_data()))

    return WHO.screen(t, draft)                                    # in the group's prompt function, for this state

    WHO.register(router, Planning.who_text, took_person)           # in setup()

    async def took_person(_event, person_id: int, state, show, t): ...

The writing use case that follows calls ``work.people.remember_pick(actor.person_id, person_id, now)``, so that the
person is offered the next time. The dialogue keeps what the step needs under ``pick`` and drops it when it is done.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.utils.formatting import Text

from domain.errors import DomainError
from domain.people import Actor, Listed
from domain.use import Use
from handlers.filters import Chosen, Typed
from handlers.show import Event
from services.people import People
from views import picking as views
from views.screen import Screen
from views.texts import Translator

KEY = "pick"


class PickingPerson:
    def __init__(self, question: Callable[[Translator], Text]) -> None:
        self._question = question

    async def begin(self, actor: Actor, people: People, use: Use, within: str = "") -> dict[str, Any]:
        """What the dialogue must know when it comes to this step. ``within`` is the path of the unit below which the
        person must be."""
        found = await use(people.recent, actor, within)
        return {KEY: {"found": _plain(found), "typed": "", "within": within}}

    def screen(self, t: Translator, draft: Mapping[str, Any]) -> Screen:
        pick = draft[KEY]
        found = [Listed(*one) for one in pick["found"]]
        return views.ask_person(t, self._question(t), found, typed=pick["typed"])

    def register(self, router: Router, step: State, then: Callable[..., Awaitable[None]]) -> None:
        goes_on = CallableObject(then)

        async def choose(event: Event, value: str, state: FSMContext, **data: Any) -> None:
            draft = await state.get_data()
            offered = {str(one[0]): int(one[0]) for one in draft[KEY]["found"]}
            if value not in offered:
                raise DomainError("choice-unknown")
            draft.pop(KEY)
            await state.set_data(draft)
            await goes_on.call(event, **{**data, "person_id": offered[value], "state": state})

        router.callback_query.register(choose, StateFilter(step), Chosen("pick"))
        router.message.register(self._find, StateFilter(step), Typed())

    async def _find(
        self, _event: Event, text: str, actor: Actor, state: FSMContext, people: People, use: Use, **data: Any
    ) -> None:
        draft = await state.get_data()
        typed = text.strip()[:40]
        found = await use(people.search_people, actor, typed, draft[KEY]["within"])
        draft[KEY] = {**draft[KEY], "found": _plain(found), "typed": typed}
        await state.set_data(draft)
        await data["show"](self.screen(data["t"], draft))


def _plain(found: Sequence[Listed]) -> list[tuple[int, str, str]]:
    return [(one.person_id, one.name, one.unit_name) for one in found]
