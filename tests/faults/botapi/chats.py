"""What stands in the chats, and the files in it."""

import io
import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.faults.botapi.refused import Refused

MEGABYTE = 2**20
BIGGEST_PHOTO = 10 * MEGABYTE
BIGGEST_UPLOAD = 50 * MEGABYTE
BIGGEST_DOWNLOAD = 20 * MEGABYTE
PREVIEW = 90

Message = dict[str, Any]


@dataclass(frozen=True)
class File:
    id: str
    path: str
    data: bytes

    def described(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.data)}


@dataclass(frozen=True)
class Upload:
    """A part of a form that carries a file."""

    name: str
    data: bytes
    mime: str


class Chats:
    """Messages have one row of numbers over all chats, as a bot's private chats have."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._messages: dict[int, dict[int, Message]] = defaultdict(dict)
        self._files: dict[str, File] = {}
        self._known: dict[int, dict[str, Any]] = {}
        self.blocked: set[int] = set()

    def open(self, chat: dict[str, Any]) -> None:
        """A person found the bot; before that the bot cannot write."""
        self._known[chat["id"]] = chat

    def post(self, chat_id: int, sender: Mapping[str, Any], content: Mapping[str, Any]) -> Message:
        number = next(self._numbers)
        message = {
            "message_id": number,
            "from": dict(sender),
            "date": int(self._clock()),
            "chat": self._known[chat_id],
            **content,
        }
        self._messages[chat_id][number] = message
        return message

    def reachable(self, chat_id: object) -> int:
        """The chat's number, where the bot may write."""
        if not isinstance(chat_id, int) or chat_id not in self._known:
            raise Refused(400, "chat not found")
        if chat_id in self.blocked:
            raise Refused(403, "bot was blocked by the user")
        return chat_id

    def find(self, chat_id: int, number: object) -> Message | None:
        return self._messages[chat_id].get(number) if isinstance(number, int) else None

    def change(self, message: Message, new: Mapping[str, Any]) -> Message:
        """Put the new content in the old one's place; None takes a part away."""
        changed = {name: value for name, value in {**message, **new}.items() if value is not None}
        if changed == message:
            raise Refused(
                400,
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message",
            )
        changed["edit_date"] = int(self._clock())
        self._messages[message["chat"]["id"]][message["message_id"]] = changed
        return changed

    def remove(self, chat_id: int, number: object) -> bool:
        return isinstance(number, int) and self._messages[chat_id].pop(number, None) is not None

    def messages(self, chat_id: int | None = None, sender: int | None = None) -> list[Message]:
        """As they stand now, oldest first; of one chat, of one sender, or all."""
        chats = list(self._messages.values()) if chat_id is None else [self._messages[chat_id]]
        found = [message for chat in chats for message in chat.values() if sender in (None, message["from"]["id"])]
        return sorted(found, key=lambda message: int(message["message_id"]))

    def file(self, file_id: object) -> File:
        if not isinstance(file_id, str) or file_id not in self._files:
            raise Refused(400, "wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def file_at(self, path: str) -> File | None:
        return next((file for file in self._files.values() if file.path == path), None)

    def photo(self, data: bytes) -> list[dict[str, Any]]:
        """A picture in two sizes, the smaller first. Both have the bytes that came: nothing here looks at them."""
        if len(data) > BIGGEST_PHOTO:
            raise Refused(400, "file is too big")
        try:
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
        except (UnidentifiedImageError, OSError):
            raise Refused(400, "IMAGE_PROCESS_FAILED") from None
        shrunk = max(1, max(width, height) // PREVIEW)
        return [
            {
                **self.store("photos", "jpg", data).described(),
                "width": width // part or 1,
                "height": height // part or 1,
            }
            for part in (shrunk, 1)
        ]

    def document(self, upload: Upload) -> dict[str, Any]:
        if len(upload.data) > BIGGEST_UPLOAD:
            raise Refused(400, "file is too big")
        _, _, ending = upload.name.rpartition(".")
        file = self.store("documents", ending or "bin", upload.data)
        return {**file.described(), "file_name": upload.name, "mime_type": upload.mime}

    def store(self, folder: str, ending: str, data: bytes) -> File:
        number = len(self._files)
        file = File(f"file-{number}", f"{folder}/file_{number}.{ending}", data)
        self._files[file.id] = file
        return file
