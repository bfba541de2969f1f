"""What the server's methods and the people share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.botapi.chats import Chats
from tests.faults.botapi.news import News
from tests.faults.botapi.refused import Refused
from tests.faults.botapi.updates import PRESS_SECONDS, Updates

Payload = dict[str, Any]

PRESS_IS_OLD = "query is too old and response timeout expired or query ID is invalid"


class Presses:
    """The presses that still wait for an answer, and what was answered."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self.answers: dict[str, Payload] = {}

    def made(self, press_id: str) -> None:
        self._until[press_id] = self._clock() + PRESS_SECONDS

    def answer(self, payload: Payload) -> bool:
        if self._until.get(payload["callback_query_id"], 0) <= self._clock():
            raise Refused(400, PRESS_IS_OLD)
        self.answers[payload["callback_query_id"]] = payload
        return True


@dataclass(frozen=True)
class World:
    """``me`` is the bot as others see it; ``clock`` gives Unix seconds."""

    me: dict[str, Any]
    clock: Callable[[], float]
    news: News
    chats: Chats
    updates: Updates
    presses: Presses
