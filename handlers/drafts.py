"""Going elsewhere in the middle of something: a draft is left where it is and asked about, never silently dropped, and
nothing falls into one that is out of sight. Must stand before every other router."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext

from domain.audiences import require_planner
from domain.contests import require_organiser
from domain.notices import sending_paths
from domain.people import Actor, require_admin, require_guest, require_member, require_point_officer
from handlers.filters import Continues, Interrupts, Leaves, To
from handlers.show import Event, Show
from handlers.steps import AWAY, current, is_blank, subject
from views import drafts as views
from views.screen import Screen
from views.texts import Translator

BEGINNING: Mapping[str, Callable[[Actor], object]] = {
    "report": require_member,
    "opinion": require_point_officer,
    "broadcast": sending_paths,
    "session_new": require_planner,
    "contest": require_organiser,
    "import": require_admin,
    "join": require_guest,
    "passphrase": require_member,
}
"""Commands that begin a dialogue of their own, and what refuses whoever may not; the others only look."""


async def interrupted(
    _event: Event, command: str, raw_state: str, actor: Actor, state: FSMContext, show: Show, t: Translator
) -> None:
    """A command in the middle of another. Where nothing was filled in yet, it simply takes the place of the other.
    Nobody is asked to give a draft up for what they may not do."""
    BEGINNING[command](actor)
    draft = await state.get_data()
    if is_blank(raw_state, draft):
        await state.clear()
        raise SkipHandler
    await show(views.interrupted(t, subject(raw_state, draft), command), fresh=True)


async def leave(_event: Event, raw_state: str, state: FSMContext) -> None:
    """A command that only looks: what was not begun ends, a draft waits until one comes back to it."""
    if is_blank(raw_state, await state.get_data()):
        await state.clear()
    else:
        await state.set_state(raw_state + AWAY)
    raise SkipHandler


async def go_on(_event: Event, show: Show, t: Translator, state: FSMContext, **data: Any) -> None:
    """Back to the draft."""
    await show(await _reopened(t, state, data))


async def come_back(_event: Event, show: Show, t: Translator, state: FSMContext, **data: Any) -> None:
    """A button of a step, after one looked elsewhere: perhaps of another draft, so it does nothing but lead back."""
    screen = await _reopened(t, state, data)
    await show(views.reopened(t, screen), fresh=True)


async def _reopened(t: Translator, state: FSMContext, data: dict[str, Any]) -> Screen:
    raw_state = data.get("raw_state")
    if raw_state is not None:
        await state.set_state(raw_state.removesuffix(AWAY))
    screen = await current(raw_state, await state.get_data(), {**data, "t": t, "state": state})
    return screen or Screen(t("stale"))


async def discard(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    """Give the draft up for the sake of a button that begins something else."""
    await state.clear()
    await show(Screen(t("draft-discarded")))


def setup() -> Router:
    router = Router(name="drafts")
    for event in (router.message, router.callback_query):
        event.register(interrupted, Interrupts(frozenset(BEGINNING)))
        event.register(leave, Leaves(frozenset(BEGINNING)))
    router.callback_query.register(go_on, To("continue"))
    router.callback_query.register(come_back, Continues())
    router.callback_query.register(discard, To("discard"))
    return router
