"""A step of any wizard that asks for units, one or several: tapped on a page of them, found by typing part of a name.

It offers what the actor may plan for, begins with a secretary's own units, and says how many people that is exactly.
It is used as ``AskingWhen`` is, but its screen is read anew each time, so it is awaited with the update's own values::

    UNITS = AskingUnits(lambda t: t("session-ask-units"))
    await state.update_data(**await UNITS.begin(actor, audiences, use))
    await show(await UNITS.screen(t, draft, actor, audiences, use))
    UNITS.register(router, Planning.units_text, took_units)      # async def took_units(_event, unit_ids: list[int], …)
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.utils.formatting import Text

from domain.errors import DomainError
from domain.people import Actor
from domain.use import Use
from handlers.filters import Chosen, Typed
from handlers.show import Event, Show
from services.audiences import Audiences
from views import units as views
from views.screen import Screen
from views.texts import Translator

KEY = "units"


class AskingUnits:
    def __init__(self, question: Callable[[Translator], Text]) -> None:
        self._question = question

    async def begin(self, actor: Actor, audiences: Audiences, use: Use) -> dict[str, Any]:
        """What the dialogue must know when it comes to this step."""
        return {KEY: {"chosen": await use(audiences.own_units, actor), "part": "", "page": 0}}

    async def screen(
        self, t: Translator, draft: Mapping[str, Any], actor: Actor, audiences: Audiences, use: Use
    ) -> Screen:
        where = draft[KEY]
        page = await use(audiences.page, actor, where["chosen"], where["part"], where["page"])
        return views.ask_units(t, self._question(t), page)

    def register(self, router: Router, step: State, then: Callable[..., Awaitable[None]]) -> None:
        here, press = StateFilter(step), router.callback_query
        goes_on = CallableObject(then)

        async def agree(event: Event, state: FSMContext, **data: Any) -> None:
            chosen = (await state.get_data())[KEY]["chosen"]
            if not chosen:
                raise DomainError("units-missing")
            await goes_on.call(event, **{**data, "unit_ids": chosen, "state": state})

        press.register(self._tick, here, Chosen("unit"))
        press.register(self._page, here, Chosen("units-page"))
        press.register(agree, here, Chosen("units-done"))
        router.message.register(self._find, here, Typed())

    async def _tick(self, _event: Event, value: str, state: FSMContext, **data: Any) -> None:
        draft = await state.get_data()
        unit_id, chosen = _number(value), draft[KEY]["chosen"]
        changed = [one for one in chosen if one != unit_id] if unit_id in chosen else [*chosen, unit_id]
        await self._stand(state, data, chosen=changed)

    async def _page(self, _event: Event, value: str, state: FSMContext, **data: Any) -> None:
        await self._stand(state, data, page=_number(value))

    async def _find(self, _event: Event, text: str, state: FSMContext, **data: Any) -> None:
        await self._stand(state, data, part=text.strip()[:40], page=0)

    async def _stand(self, state: FSMContext, data: Mapping[str, Any], **changes: Any) -> None:
        draft = await state.get_data()
        draft[KEY] = {**draft[KEY], **changes}
        await state.set_data(draft)
        show: Show = data["show"]
        await show(await self.screen(data["t"], draft, data["actor"], data["audiences"], data["use"]))


def _number(value: str) -> int:
    """A button's number; anything else came from no button of ours and means nothing."""
    return int(value) if value.isdigit() and len(value) < 16 else 0
