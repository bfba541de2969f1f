"""A messenger that says "not now": the reply it had no room for becomes a delivery and comes when there is room."""

from collections.abc import Mapping
from typing import Any

from domain.messenger import Answer, Messenger, OutFile
from domain.turn import current_turn
from domain.use import Use
from services.deliveries import Deliveries


class Patient:
    """``messenger`` as handlers see it. Nobody waits in a handler: the lane of the chat stays free meanwhile.

    Files are not kept back; a tap makes them again.
    """

    def __init__(self, platform: str, messenger: Messenger, deliveries: Deliveries, use: Use) -> None:
        self._platform = platform
        self._messenger = messenger
        self._deliveries = deliveries
        self._use = use

    async def call(self, method: str, payload: Mapping[str, Any], files: Mapping[str, OutFile] | None = None) -> Answer:
        answer = await self._messenger.call(method, payload, files)
        if method == "sendMessage" and answer.retry_after:
            await self._later(payload, answer.retry_after)
        return answer

    async def _later(self, payload: Mapping[str, Any], seconds: int) -> None:
        """The update that is being answered has committed what it had to save, so this is no part of it."""
        outside = current_turn.set(None)
        try:
            said = {name: value for name, value in payload.items() if name in {"text", "entities", "reply_markup"}}
            await self._use(self._deliveries.reply_later, self._platform, str(payload["chat_id"]), said, seconds)
        finally:
            current_turn.reset(outside)
