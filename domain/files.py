"""Files people send: named by their content, never by the name they came with."""

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


def extension(mime: str, data: bytes) -> str:
    """How a file's name must end for the reader's device to open it, told by its content: names are not kept."""
    if mime == "image/jpeg":
        return ".jpg"
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        marks = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
        return next((ending for mark, ending in marks.items() if mark in data), ".zip")
    return ""
