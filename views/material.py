"""Kept files going out to their readers: their names were dropped when they came in, so they get plain new ones."""

from aiogram.utils.formatting import Text

from domain.files import File
from views.screen import Document, Screen
from views.texts import Translator

# What the first bytes say; a zip is looked into, since the usual office files are zips.
_BEGINNINGS = (
    (b"%PDF", ".pdf"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"\xd0\xcf\x11\xe0", ".doc"),
    (b"OggS", ".ogg"),
)
_INSIDE = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))


def document(t: Translator, caption: Text, place: int, kept: File, data: bytes) -> Screen:
    """A file as a message of its own; ``place`` counts from 1."""
    name = t.plain("material-name", place=place) + extension(data)
    return Screen(caption, document=Document(name, data, kept.mime))


def extension(data: bytes) -> str:
    """How the reader's device will know what it got; nothing where the bytes do not tell."""
    if data.startswith(b"PK\x03\x04"):
        return next((ending for inside, ending in _INSIDE if inside in data), ".zip")
    return next((ending for beginning, ending in _BEGINNINGS if data.startswith(beginning)), "")
