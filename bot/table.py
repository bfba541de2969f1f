"""All handlers as one table: an update asks only those it may concern, and not every handler there is."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.filters import key_of

_NO_OTHER = "~"
"""Stands for every state that no handler names."""

Names = frozenset[str | None] | None


class Table(Router):
    """The handlers of the routers below it, in the order in which a walk through them would ask. Those whose filters
    say what they look for (``keys``, or a state) are asked only where it is met; the rest always. The routers
    themselves are not kept: forty of them take more memory than all their handlers."""

    def __init__(self, routers: Iterable[Router]) -> None:
        super().__init__(name="table")
        asked = [router for root in routers for router in root.chain_tail]
        self._rows = {kind: _read(asked, kind) for kind in self.observers}
        rows = [row for rows in self._rows.values() for row in rows]
        self._keys = frozenset(key for _, keys, _ in rows for key in keys or ())
        self._states = frozenset(state for _, _, states in rows for state in states or ())
        self._found: dict[tuple[str, str, str | None], tuple[HandlerObject, ...]] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        kwargs["event_router"] = self
        for handler in self.candidates(update_type, event, kwargs["command_words"], kwargs.get("raw_state")):
            passed, found = await handler.check(event, **kwargs)
            if passed:
                try:
                    return await handler.call(event, **{**kwargs, **found, "handler": handler})
                except SkipHandler:
                    continue
        return UNHANDLED

    def candidates(
        self, kind: str, event: TelegramObject, words: Mapping[str, str], state: str | None
    ) -> tuple[HandlerObject, ...]:
        """Those that may want this event, in their order."""
        key = key_of(event, words, state) if isinstance(event, Message | CallbackQuery) else ""
        known = key if key in self._keys else ""
        place = (kind, known, state if state in self._states or state is None else _NO_OTHER)
        if place not in self._found:
            self._found[place] = tuple(
                handler
                for handler, keys, states in self._rows.get(kind, ())
                if (keys is None or known in keys) and (states is None or place[2] in states)
            )
        return self._found[place]

    def walk(self, kind: str) -> list[HandlerObject]:
        """All of them."""
        return [handler for handler, _, _ in self._rows.get(kind, ())]


def _read(routers: Iterable[Router], kind: str) -> list[tuple[HandlerObject, frozenset[str] | None, Names]]:
    found = []
    for router in routers:
        observer = router.observers[kind]
        if len(observer.outer_middleware) or len(observer.middleware):
            raise ValueError(f"the table knows no middleware of a router's own: {router.name}")
        found += [(handler, _keys(handler), _states(handler)) for handler in observer.handlers]
    return found


def _keys(handler: HandlerObject) -> frozenset[str] | None:
    """What the handler looks for, or None where its filters do not say."""
    said = [keys for one in handler.filters or () if (keys := getattr(one.callback, "keys", None)) is not None]
    return frozenset.intersection(*said) if said else None


def _states(handler: HandlerObject) -> Names:
    """The states it stands at, or None where it stands at any."""
    for one in handler.filters or ():
        if isinstance(one.callback, StateFilter):
            return frozenset(name for state in one.callback.states for name in _names(state))
    return None


def _names(state: Any) -> Iterable[str | None]:
    if isinstance(state, type) and issubclass(state, StatesGroup):
        return state.__all_states_names__
    return [state.state if isinstance(state, State) else state]
