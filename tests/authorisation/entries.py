"""Every way in that the program has, read off the routers as they are registered."""

from collections.abc import Sequence
from itertools import product

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State, StatesGroup

from handlers.filters import NO_COMMAND, AsksWhy, Content, Typed
from handlers.reports import OwnChoice
from handlers.routers import root_routers

WORDS = "words"
UNCHOSEN = {"Reporting:body_text", "Reporting:confirm"}
"""Steps of a report at which nothing is chosen."""

KINDS = ("message", "callback_query", "edited_message")


def entries() -> set[str]:
    """Commands (``/report``) and buttons (``pb:accept``), by the names in their filters."""
    found: set[str] = set()
    for root in root_routers():
        for router in root.chain_tail:
            found |= _of(router)
    return found


def buttons() -> set[str]:
    return {entry for entry in entries() if ":" in entry and not entry.startswith("step:")}


def commands() -> set[str]:
    return {entry for entry in entries() if entry.startswith("/")}


def steps() -> set[tuple[str, str]]:
    """Every step of a dialogue with each kind of button it takes, and ``words``."""
    found: set[tuple[str, str]] = set()
    for root in root_routers():
        for router in root.chain_tail:
            for kind in KINDS:
                for handler in router.observers[kind].handlers:
                    filters = [known.callback for known in handler.filters or ()]
                    found |= set(product(_states(filters), _taken(filters)))
                    if any(isinstance(one, OwnChoice) for one in filters):
                        found |= {(state, f"step:{state.partition(':')[2]}") for state in _states(filters) - UNCHOSEN}
    return found


def _states(filters: Sequence[object]) -> set[str]:
    [*at] = (one for one in filters if isinstance(one, StateFilter))
    named: set[str] = set()
    for state in at[0].states if at else ():
        if isinstance(state, State) and state.state is not None:
            named.add(state.state)
        elif isinstance(state, type) and issubclass(state, StatesGroup):
            named |= set(state.__all_states_names__)
    return named


def _taken(filters: Sequence[object]) -> set[str]:
    keys = {key for one in filters for key in getattr(one, "keys", ())} - NO_COMMAND
    return keys or ({WORDS} if any(isinstance(one, (Typed, Content)) for one in filters) else set())


def _of(router: Router) -> set[str]:
    found: set[str] = set()
    for kind in KINDS:
        for handler in router.observers[kind].handlers:
            for known in handler.filters or ():
                found |= _named(known.callback)
    return found


def _named(known: object) -> set[str]:
    if isinstance(known, CallbackQueryFilter):
        return {f"{known.callback_data.__prefix__}:"}
    if isinstance(known, AsksWhy):
        return {"why:"}
    return set(getattr(known, "keys", ())) - NO_COMMAND
