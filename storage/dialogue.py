"""aiogram's dialogue storage over the turn: read once per update, buffered, written by the update's one commit."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from domain.turn import SecondWrite, Turn, current_turn


class Dialogue(BaseStorage):
    """Changes only the turn. What is put in must survive JSON, so it is passed through it at once."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        turn = self._changing()
        turn.state = state.state if isinstance(state, State) else state

    async def get_state(self, key: StorageKey) -> str | None:
        return self._turn().state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self._changing().data = json.loads(json.dumps(dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(self._turn().data)

    async def close(self) -> None:
        """Nothing is held open here."""

    def _turn(self) -> Turn:
        turn = current_turn.get()
        if turn is None:
            raise LookupError("a dialogue exists only while an update is handled")
        return turn

    def _changing(self) -> Turn:
        turn = self._turn()
        if turn.committed:
            raise SecondWrite("the next step is set before the use case is called")
        turn.changed = True
        return turn
