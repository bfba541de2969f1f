"""Kept files going out to their readers: their names were dropped when they came in, so they get plain new ones."""

from aiogram.utils.formatting import Text

from domain.files import File, extension
from views.screen import Document, Screen
from views.texts import Translator


def document(t: Translator, caption: Text, place: int, kept: File, data: bytes) -> Screen:
    """A file as a message of its own; ``place`` counts from 1."""
    name = t.plain("material-name", place=place) + extension(data)
    return Screen(caption, document=Document(name, data, kept.mime))
