"""All handlers as one table: an update asks only those it may concern, and not every handler there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.filters import is_in_group, key_of

_NO_OTHER = "~"
"""Stands for every state that no handler names."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A handler and what its filters say of where it stands; None means anywhere."""

    handler: HandlerObject
    keys: frozenset[str] | None
    states: frozenset[str | None] | None
    in_groups: bool
    in_dialogues: bool

    def may_want(self, key: str, state: str | None, *, grouped: bool) -> bool:
        if (self.in_groups and not grouped) or (self.in_dialogues and state is None):
            return False
        return (self.keys is None or key in self.keys) and (self.states is None or state in self.states)


class Table(Router):
    """The handlers of the routers below it, in the order in which a walk through them would ask. Those whose filters
    say what they look for (``keys``, a state, groups or dialogues only) are asked only where it is met; the rest
    always. The routers themselves are not kept: forty of them take more memory than all their handlers."""

    def __init__(self, routers: Iterable[Router]) -> None:
        super().__init__(name="table")
        asked = [router for root in routers for router in root.chain_tail]
        self._rows = {kind: _read(asked, kind) for kind in self.observers}
        rows = [row for rows in self._rows.values() for row in rows]
        self._keys = frozenset(key for row in rows for key in row.keys or ())
        self._states = frozenset(state for row in rows for state in row.states or ())
        self._found: dict[tuple[str, str, str | None, bool], tuple[HandlerObject, ...]] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
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
        key, grouped = "", False
        if isinstance(event, Message | CallbackQuery):
            key, grouped = key_of(event, words, state), is_in_group(event)
        known = key if key in self._keys else ""
        at = state if state in self._states or state is None else _NO_OTHER
        place = (kind, known, at, grouped)
        if place not in self._found:
            rows = self._rows.get(kind, ())
            self._found[place] = tuple(row.handler for row in rows if row.may_want(known, at, grouped=grouped))
        return self._found[place]

    def walk(self, kind: str) -> list[HandlerObject]:
        """All of them."""
        return [row.handler for row in self._rows.get(kind, ())]


def _read(routers: Iterable[Router], kind: str) -> list[_Row]:
    found = []
    for router in routers:
        observer = router.observers[kind]
        if len(observer.outer_middleware) or len(observer.middleware):
            raise ValueError(f"the table knows no middleware of a router's own: {router.name}")
        found += [_row(handler) for handler in observer.handlers]
    return found


def _row(handler: HandlerObject) -> _Row:
    for one in (handler, *(handler.filters or ())):
        # Names in a tuple take a fifth of what they take in a set, and there are a thousand of these.
        one.params = tuple(one.params)
    filters = [one.callback for one in handler.filters or ()]
    keys = [known for one in filters if (known := getattr(one, "keys", None)) is not None]
    return _Row(
        handler,
        keys=reduce(frozenset.intersection, keys) if keys else None,
        states=_states(filters),
        in_groups=any(getattr(one, "in_groups", False) for one in filters),
        in_dialogues=any(getattr(one, "in_dialogues", False) for one in filters),
    )


def _states(filters: Iterable[Any]) -> frozenset[str | None] | None:
    for one in filters:
        if isinstance(one, StateFilter):
            return frozenset(name for state in one.states for name in _names(state))
    return None


def _names(state: Any) -> Iterable[str | None]:
    if isinstance(state, type) and issubclass(state, StatesGroup):
        return state.__all_states_names__
    return [state.state if isinstance(state, State) else state]
