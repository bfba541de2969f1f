"""What a message carries besides its words."""

from typing import Any

from aiogram.types import Message

from domain.errors import DomainError
from domain.files import MAX_BYTES, FileKind, Incoming


def files_of(message: Message, bot_id: int) -> list[dict[str, Any]]:
    """The message's files as a draft keeps them. Raises DomainError ``file-too-large`` before anything is fetched."""
    found: list[Incoming] = []
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        found.append(Incoming(FileKind.PHOTO, bot_id, best.file_id, best.file_size or 0))
    if message.document:
        found.append(Incoming(FileKind.DOCUMENT, bot_id, message.document.file_id, message.document.file_size or 0))
    if message.voice:
        voice = message.voice
        found.append(Incoming(FileKind.VOICE, bot_id, voice.file_id, voice.file_size or 0, voice.duration))
    if any(file.size > MAX_BYTES for file in found):
        raise DomainError("file-too-large", megabytes=MAX_BYTES // 2**20)
    return [file.as_draft() for file in found]


def content_of(message: Message, bot_id: int) -> tuple[str, list[dict[str, Any]], tuple[float, float] | None]:
    """A message's words, its files and its place."""
    place = (message.location.latitude, message.location.longitude) if message.location is not None else None
    return message.text or message.caption or "", files_of(message, bot_id), place
