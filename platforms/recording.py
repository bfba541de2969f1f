"""The recording messenger: keeps what was said to it. The tests' fake, shipped with the same contract as the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.messenger import Answer, OutFile
from platforms.session import MessengerSession


@dataclass
class Recorded:
    """One call; ``files`` are what went along."""

    method: str
    payload: dict[str, Any]
    files: dict[str, OutFile] = field(default_factory=dict)


class RecordingSession(MessengerSession):
    """Answers every call as a messenger would; ``answers`` are given first, in their order. ``uploads`` are the files
    people sent, by their handle."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Recorded] = []
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.answers: list[Answer] = []
        self.uploads: dict[str, bytes] = {}
        self._next = 1

    async def call(self, method: str, payload: Mapping[str, Any], files: Mapping[str, OutFile] | None = None) -> Answer:
        self.calls.append(Recorded(method, dict(payload), dict(files or {})))
        if self.answers:
            return self.answers.pop(0)
        if method.startswith("send") and method != "sendChatAction":
            return self._sent(payload)
        if method.startswith("editMessage"):
            return self._edited(payload)
        return Answer(ok=True, result=True)

    async def fetch(self, remote_id: str, limit: int) -> bytes | None:
        data = self.uploads.get(remote_id)
        return data if data is not None and len(data) <= limit else None

    def _sent(self, payload: Mapping[str, Any]) -> Answer:
        number = self._next
        self._next += 1
        message = {**payload, "message_id": number}
        self.messages[int(payload["chat_id"]), number] = message
        return Answer(ok=True, result=message)

    def _edited(self, payload: Mapping[str, Any]) -> Answer:
        place = (int(payload["chat_id"]), int(payload["message_id"]))
        known = self.messages.get(place)
        if known is None:
            return Answer(ok=False, error_code=400, description="Bad Request: message to edit not found")
        changed = {**known, "reply_markup": payload.get("reply_markup"), **payload}
        if changed == known:
            return Answer(ok=False, error_code=400, description="Bad Request: message is not modified")
        self.messages[place] = changed
        return Answer(ok=True, result=changed)
