"""How a handler speaks: after what its update changed is committed, by editing the pressed card or by a new message."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.utils.formatting import Text

from domain.messenger import Answer, Messenger, OutFile
from views.screen import Document, Screen

Event = Message | CallbackQuery
"""aiogram hands every handler its event first, whether it looks at it or not."""

TOAST = 190
"""Longer texts than this do not fit the little window over a pressed button."""


class Show:
    """``settle`` commits the dialogue, unless the update's use case has taken it along."""

    def __init__(
        self, messenger: Messenger, event: TelegramObject, chat_id: int, settle: Callable[[], Awaitable[None]]
    ) -> None:
        self._messenger = messenger
        self._query = event if isinstance(event, CallbackQuery) else None
        self._message = event if isinstance(event, Message) else getattr(event, "message", None)
        self._chat_id = chat_id
        self._settle = settle
        self._answered = False

    async def __call__(self, screen: Screen, *, fresh: bool = False) -> int | None:
        """Show the screen in place of the pressed card, or as a new message (``fresh`` asks for one). Gives back its
        number."""
        await self._settle()
        await self.release()
        if screen.document is not None:
            return await self._document(screen, screen.document)
        payload = {"chat_id": self._chat_id, **screen.as_json()}
        if screen.picker:
            payload["picker"] = screen.picker
        if self._query is not None and not fresh and self._message is not None:
            edited = {**payload, "message_id": self._message.message_id}
            answer = await self._messenger.call("editMessageText", edited)
            if answer.ok or "not modified" in answer.description:
                return self._message.message_id
        return (await self._messenger.call("sendMessage", payload)).message_id

    async def toast(self, text: Text, *, alert: bool = False) -> None:
        """Say something short over the pressed button; where none was pressed, as a message."""
        await self._settle()
        plain = text.as_kwargs()["text"]
        if self._query is None or self._answered or len(plain) > TOAST:
            await self.release()
            await self._messenger.call("sendMessage", {"chat_id": self._chat_id, **Screen(text).as_json()})
            return
        await self._answer({"text": plain, "show_alert": alert})

    async def refuse(self, screen: Screen) -> None:
        """Say why not: over the pressed button where that fits, else as a message; the card stays as it is."""
        if self._query is not None:
            await self.toast(screen.text, alert=True)
        else:
            await self(screen)

    async def menu(self, entries: Sequence[dict[str, str]]) -> None:
        """Set the messenger's own command menu of this chat."""
        scope = {"type": "chat", "chat_id": self._chat_id}
        await self._messenger.call("setMyCommands", {"commands": list(entries), "scope": scope})

    async def done(self) -> None:
        """Nothing more to say: the news is on its way as a delivery. The pressed card keeps its words and loses its
        buttons, so that nobody presses them twice."""
        await self._settle()
        await self.release()
        if self._query is not None and self._message is not None:
            place = {"chat_id": self._chat_id, "message_id": self._message.message_id}
            await self._messenger.call("editMessageReplyMarkup", place)

    async def erase(self) -> bool:
        """Take what the person has just typed out of the chat, before anything else happens to it; tells whether the
        messenger did so."""
        if self._query is not None or self._message is None:
            return True
        place = {"chat_id": self._chat_id, "message_id": self._message.message_id}
        return (await self._messenger.call("deleteMessage", place)).ok

    async def release(self) -> None:
        """Let the pressed button go, once."""
        if self._query is not None and not self._answered:
            await self._answer({})

    async def _answer(self, extra: dict[str, Any]) -> Answer | None:
        if self._query is None:
            return None
        self._answered = True
        return await self._messenger.call("answerCallbackQuery", {"callback_query_id": self._query.id, **extra})

    async def _document(self, screen: Screen, document: Document) -> int | None:
        parts = screen.as_json()
        payload = {"chat_id": self._chat_id, "caption": parts["text"], "caption_entities": parts["entities"]}
        if "reply_markup" in parts:
            payload["reply_markup"] = parts["reply_markup"]
        file = OutFile(document.name, document.data, document.mime)
        method, name = ("sendPhoto", "photo") if document.mime.startswith("image/") else ("sendDocument", "document")
        answer = await self._messenger.call(method, payload, {name: file})
        return answer.message_id
