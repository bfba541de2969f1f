"""The chat page's side of the Bot API: what the bot says becomes rows of the chat."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import orjson

from domain.files import FileKind
from domain.messenger import Answer, OutFile
from domain.turn import current_turn
from domain.use import Use
from platforms.session import MessengerSession

_NOT_FOUND = Answer(ok=False, error_code=400, description="Bad Request: message to edit not found")
_NOT_MODIFIED = Answer(ok=False, error_code=400, description="Bad Request: message is not modified")
_SILENT = frozenset({"sendChatAction", "setMyCommands", "deleteMyCommands"})


class StoredMessage(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def mine(self) -> bool: ...
    @property
    def client_id(self) -> str | None: ...
    @property
    def body(self) -> dict[str, Any]: ...


class ChatStore(Protocol):
    """Where the chats are kept. A body is a message as Bot API JSON, without number and chat."""

    def append(self, account_id: int, body: dict[str, Any], /) -> int: ...
    def receive(self, account_id: int, body: dict[str, Any], client_id: str, /) -> int: ...
    def replace(self, account_id: int, message_id: int, body: dict[str, Any], /) -> None: ...
    def message(self, account_id: int, message_id: int, /) -> StoredMessage | None: ...
    def since(self, account_id: int, seq: int, /) -> list[Any]: ...
    def before(self, account_id: int, message_id: int, /) -> list[Any]: ...
    def newest(self, accounts: list[int], /) -> dict[int, int]: ...
    def opened(self, account_id: int, at: datetime, /) -> None: ...


class StoredFile(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def mime(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def duration(self) -> int: ...


class Uploads(Protocol):
    """How bytes become a file of ours: made safe first (heavy work), then written and given a row."""

    def prepare(self, kind: FileKind, data: bytes, /) -> Any: ...
    def keep(self, prepared: Any, /) -> StoredFile: ...
    def find(self, file_id: int, /) -> tuple[StoredFile, bytes] | None: ...


class WebSession(MessengerSession):
    """``changed`` is told which account's chat has something new, so that an open page hears of it at once."""

    def __init__(
        self, use: Use, chats: ChatStore, files: Uploads, now: Callable[[], datetime], changed: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._use = use
        self._chats = chats
        self._files = files
        self.now = now
        self._changed = changed
        self.toasts: dict[str, tuple[str, bool]] = {}

    async def call(self, method: str, payload: Mapping[str, Any], files: Mapping[str, OutFile] | None = None) -> Answer:
        if method in _SILENT:
            return Answer(ok=True, result=True)
        if method == "answerCallbackQuery":
            self.toasts[str(payload["callback_query_id"])] = (payload.get("text", ""), bool(payload.get("show_alert")))
            return Answer(ok=True, result=True)
        if method in {"sendMessage", "sendPhoto", "sendDocument"}:
            return await self._send(method, payload, files or {})
        if method in {"editMessageText", "editMessageReplyMarkup", "deleteMessage"}:
            return await self._edit(method, payload)
        return Answer(ok=False, error_code=404, description=f"Not Found: the chat page has no {method}")

    async def _send(self, method: str, payload: Mapping[str, Any], files: Mapping[str, OutFile]) -> Answer:
        account_id = int(payload["chat_id"])
        body = message_body(payload, self.now())
        for kind, file in _attached(method, files):
            body[kind.value] = describe(await self._keep(kind, file.data), file.name)
        number = await self._use(self._chats.append, account_id, body)
        self._changed(account_id)
        return Answer(ok=True, result=as_update_message(account_id, number, body))

    async def _keep(self, kind: FileKind, data: bytes) -> StoredFile:
        """Write down a file that goes out. The update that asked for it has committed what it had to save, so this is
        no part of it."""
        outside = current_turn.set(None)
        try:
            kept: StoredFile = await self._use(self._files.keep, await self._use(self._files.prepare, kind, data))
            return kept
        finally:
            current_turn.reset(outside)

    async def _edit(self, method: str, payload: Mapping[str, Any]) -> Answer:
        account_id, number = int(payload["chat_id"]), int(payload["message_id"])
        known = await self._use(self._chats.message, account_id, number)
        if known is None or (known.mine and method != "deleteMessage"):
            return _NOT_FOUND
        body = edited_body(method, known.body, payload)
        if body == known.body:
            return _NOT_MODIFIED
        await self._use(self._chats.replace, account_id, number, body)
        self._changed(account_id)
        return Answer(ok=True, result=as_update_message(account_id, number, body))


def message_body(payload: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A chat row's body out of what ``sendMessage`` and its kind were given."""
    body: dict[str, Any] = {
        "date": int(now.timestamp()),
        "text": payload.get("text") or payload.get("caption") or "",
        "entities": _plain(payload.get("entities") or payload.get("caption_entities") or []),
        "silent": bool(payload.get("disable_notification")),
    }
    if payload.get("reply_markup"):
        body["reply_markup"] = _plain(payload["reply_markup"])
    if payload.get("picker"):
        body["picker"] = payload["picker"]
    return body


def edited_body(method: str, known: dict[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    if method == "deleteMessage":
        return {"date": known["date"], "text": "", "entities": [], "deleted": True}
    body = {name: value for name, value in known.items() if name not in {"reply_markup", "picker"}}
    if method == "editMessageText":
        body["text"] = payload.get("text", "")
        body["entities"] = _plain(payload.get("entities") or [])
    if payload.get("reply_markup"):
        body["reply_markup"] = _plain(payload["reply_markup"])
    if payload.get("picker"):
        body["picker"] = payload["picker"]
    return body


def describe(file: StoredFile, name: str) -> dict[str, Any]:
    """What a chat row keeps of a file: its number here and what a page needs to lay it out."""
    return {
        "file": file.id,
        "name": name,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "duration": file.duration,
        "mime": file.mime,
    }


def as_update_message(account_id: int, number: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """The message as an update carries it."""
    message: dict[str, Any] = {
        "message_id": number,
        "date": body["date"],
        "chat": {"id": account_id, "type": "private"},
    }
    caption = any(kind in body for kind in ("photo", "document", "voice"))
    if body.get("text"):
        message["caption" if caption else "text"] = body["text"]
    if body.get("reply_markup"):
        message["reply_markup"] = body["reply_markup"]
    if body.get("location"):
        message["location"] = body["location"]
    if body.get("group"):
        message["media_group_id"] = body["group"]
    message.update(_media(body))
    return message


def remote_id(file_id: int) -> str:
    """The handle of a file of ours inside an update; ``local:`` tells it from a messenger's own."""
    return f"local:{file_id}"


def _media(body: Mapping[str, Any]) -> dict[str, Any]:
    media: dict[str, Any] = {}
    for kind in ("photo", "document", "voice"):
        if kind not in body:
            continue
        known = body[kind]
        handle = {"file_id": remote_id(known["file"]), "file_unique_id": str(known["file"]), "file_size": known["size"]}
        if kind == "photo":
            media["photo"] = [{**handle, "width": known["width"], "height": known["height"]}]
        elif kind == "voice":
            media["voice"] = {**handle, "duration": known["duration"], "mime_type": known["mime"]}
        else:
            media["document"] = {**handle, "file_name": known["name"], "mime_type": known["mime"]}
    return media


def _attached(method: str, files: Mapping[str, OutFile]) -> list[tuple[FileKind, OutFile]]:
    kind = FileKind.PHOTO if method == "sendPhoto" else FileKind.DOCUMENT
    return [(kind, file) for file in files.values()]


def _plain(value: Any) -> Any:
    """Values as JSON would give them back, so that what is compared and what is stored are the same."""
    return orjson.loads(orjson.dumps(value, default=lambda model: model.model_dump(exclude_none=True)))
