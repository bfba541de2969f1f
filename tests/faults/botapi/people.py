"""Somebody who writes to the bot: ``member.says("/menu")``, ``member.taps("Done")``, ``await member.sees("Saved")``."""

import itertools
import re
from typing import Any

from tests.botapi_schema import utf16
from tests.faults.botapi.chats import Message, Upload
from tests.faults.botapi.world import World

COMMAND = re.compile(r"/\w+")


class Person:
    """In the private chat with the bot, whose number is the person's own. What is done gives back the number of the
    update that it made."""

    def __init__(self, world: World, user: dict[str, Any]) -> None:
        self.id: int = user["id"]
        self._user = user
        self._world = world
        self._me = world.me
        self._chats = world.chats
        self._updates = world.updates
        self._numbers = itertools.count(1)
        self._last_press = ""

    def says(self, text: str) -> int:
        command = COMMAND.match(text)
        marks = [{"type": "bot_command", "offset": 0, "length": utf16(command[0])}] if command else []
        return self.sends({"text": text, **({"entities": marks} if marks else {})})

    def sends_photo(self, data: bytes, caption: str = "", album: str = "") -> int:
        """Photos with the same album stand together, though each is an update of its own."""
        return self.sends({"photo": self._chats.photo(data), **_around(caption, album)})

    def sends_document(
        self, data: bytes, name: str, mime: str = "application/octet-stream", caption: str = "", album: str = ""
    ) -> int:
        return self.sends({"document": self._chats.document(Upload(name, data, mime)), **_around(caption, album)})

    def sends_voice(self, data: bytes, seconds: int) -> int:
        file = self._chats.store("voice", "oga", data)
        return self.sends({"voice": {**file.described(), "duration": seconds, "mime_type": "audio/ogg"}})

    def sends_location(self, latitude: float, longitude: float) -> int:
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    def sends(self, content: dict[str, Any]) -> int:
        """A message with any content of the Bot API's."""
        return self._updates.add("message", self._chats.post(self.id, self._user, content), ("chat", self.id))

    def corrects(self, old: str, new: str) -> int:
        """Edit one's own newest message with the old words."""
        mine = [message for message in self._chats.messages(self.id, self.id) if message.get("text") == old]
        assert mine, f"{self.id} never said {old!r}"
        return self._updates.add("edited_message", self._chats.change(mine[-1], {"text": new}), ("chat", self.id))

    def taps(self, label: str) -> int:
        """Press the newest button whose words fit the pattern."""
        found = self.offered(label)
        if found is None:
            raise AssertionError(f"{self.id} sees no button {label!r} but {self.buttons()}")
        return self.presses(*found)

    def offered(self, label: str) -> tuple[str, Message] | None:
        """The data of the newest button whose words fit the pattern, and the message that it stands under."""
        for message in reversed(self.messages()):
            for button in _buttons(message):
                if "callback_data" in button and re.search(label, button["text"]):
                    return str(button["callback_data"]), message
        return None

    def presses(self, data: str, message: Message) -> int:
        """Press a button by its data, also one that is not there (any more)."""
        self._last_press = f"{self.id}-{next(self._numbers)}"
        self._world.presses.made(self._last_press)
        query = {
            "id": self._last_press,
            "from": self._user,
            "chat_instance": str(self.id),
            "data": data,
            "message": message,
        }
        return self._updates.add("callback_query", query, ("person", self.id))

    def blocks(self) -> int:
        """Block the bot: it is told, and cannot write any more."""
        self._chats.blocked.add(self.id)
        return self._is_now("member", "kicked")

    def unblocks(self) -> int:
        self._chats.blocked.discard(self.id)
        return self._is_now("kicked", "member")

    async def sees(self, words: str, within: float = 10) -> None:
        """Wait until the words stand in a message of the bot's, or over the button just pressed."""
        if not await self._world.news.until(lambda: self._reads(words), within):
            raise AssertionError(f"{self.id} does not see {words!r} but {self.texts()}")

    def messages(self) -> list[Message]:
        """What the bot said here, as it stands now, oldest first."""
        return self._chats.messages(self.id, self._me["id"])

    def texts(self) -> list[str]:
        return [_words(message) for message in self.messages()]

    def buttons(self) -> list[str]:
        """The buttons under the newest message."""
        messages = self.messages()
        return [button["text"] for button in _buttons(messages[-1])] if messages else []

    @property
    def toast(self) -> str:
        """What was answered to the last press."""
        return str(self._world.presses.answers.get(self._last_press, {}).get("text", ""))

    def _reads(self, words: str) -> bool:
        return words in self.toast or any(words in text for text in self.texts())

    def _is_now(self, before: str, now: str) -> int:
        change = {
            "chat": {"id": self.id, "type": "private"},
            "from": self._user,
            "date": int(self._world.clock()),
            "old_chat_member": self._bot_as(before),
            "new_chat_member": self._bot_as(now),
        }
        return self._updates.add("my_chat_member", change, ("membership", self.id))

    def _bot_as(self, status: str) -> dict[str, Any]:
        return {"user": self._me, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def _around(caption: str, album: str) -> dict[str, str]:
    return {name: value for name, value in {"caption": caption, "media_group_id": album}.items() if value}


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def _words(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")
