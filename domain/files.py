"""Files people send: named by their content, never by the name they came with."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"


class FileState(StrEnum):
    """A messenger's file is *waiting* until it is fetched; a page's file is *kept* from the start."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"


MAX_BYTES = 20 * 1024 * 1024
"""What the Bot API lets a bot download; the same everywhere, so that no messenger takes what another refuses."""


@dataclass(eq=False)
class File:
    """``remote_id`` is the messenger's own handle of a file still to be fetched, valid for the bot ``bot_id``."""

    kind: FileKind
    state: FileState
    created_at: datetime
    sha256: str | None = None
    mime: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    duration: int = 0
    bot_id: int | None = None
    remote_id: str | None = None
    attempts: int = 0
    id: int = field(init=False)


@dataclass(frozen=True)
class Incoming:
    """A file as a messenger announces it, before it is ours: either its handle there or its number here."""

    kind: FileKind
    bot_id: int
    remote_id: str
    size: int = 0
    duration: int = 0

    def as_draft(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "bot": self.bot_id,
            "id": self.remote_id,
            "size": self.size,
            "s": self.duration,
        }

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any]) -> "Incoming":
        return cls(FileKind(draft["kind"]), int(draft["bot"]), str(draft["id"]), int(draft["size"]), int(draft["s"]))


_BEGINNINGS = {
    b"%PDF": ".pdf",
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG": ".png",
    b"\xd0\xcf\x11\xe0": ".doc",
    b"OggS": ".ogg",
}
_INSIDE = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
"""The usual office files are zips, so a zip is looked into."""

_LOOKED_AT = 64 * 1024
_NOT_IN_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f")


def extension(data: bytes) -> str:
    """How a file's name must end for the reader's device to open it, told by its content: names are not kept. Nothing
    where the content does not tell."""
    if data.startswith(b"PK\x03\x04"):
        return next((ending for inside, ending in _INSIDE.items() if inside in data), ".zip")
    known = next((ending for beginning, ending in _BEGINNINGS.items() if data.startswith(beginning)), "")
    return known or _text_extension(data[:_LOOKED_AT])


def _text_extension(head: bytes) -> str:
    """Words in an encoding that offices use; where every line has as many commas, a table."""
    if _NOT_IN_TEXT & set(head):
        return ""
    for encoding in ("utf-8", "gb18030"):
        try:
            # What is looked at may end in the middle of a character.
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        commas = {line.count(",") for line in text.splitlines()[:20] if line}
        return ".csv" if len(commas) == 1 and commas != {0} and len(text.splitlines()) > 1 else ".txt"
    return ""
