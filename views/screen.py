"""What is shown: a text, its buttons, perhaps a file. Platforms get it as plain Bot API JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.utils.formatting import Text

MAX_TEXT = 4096


@dataclass(frozen=True)
class Button:
    """A button that presses (``data``) or opens an address (``url``)."""

    text: str
    data: str = ""
    url: str = ""

    def as_json(self) -> dict[str, str]:
        return {"text": self.text, "url": self.url} if self.url else {"text": self.text, "callback_data": self.data}


@dataclass(frozen=True)
class Document:
    """A file made for the reader."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True)
class Picture:
    """A kept photo, by the SHA-256 of its bytes."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True)
class Screen:
    """``picker`` asks a page that has one to offer its own calendar (``date`` or ``datetime``)."""

    text: Text
    rows: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    picture: Picture | None = None
    picker: str | None = None

    def with_rows(self, *rows: Sequence[Button]) -> "Screen":
        return replace(self, rows=(*self.rows, *(tuple(row) for row in rows if row)))

    def as_json(self) -> dict[str, Any]:
        """``text``, ``entities`` and ``reply_markup`` as the Bot API names them; too long a text is cut, visibly."""
        parts = self.text.as_kwargs()
        text: str = parts["text"]
        entities = [entity.model_dump(exclude_none=True) for entity in parts["entities"] or []]
        if len(text.encode("utf-16-le")) > MAX_TEXT * 2:
            text = text.encode("utf-16-le")[: (MAX_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
            entities = [entity for entity in entities if entity["offset"] + entity["length"] < MAX_TEXT]
        answer: dict[str, Any] = {"text": text, "entities": entities}
        if self.rows:
            keyboard = [[button.as_json() for button in row] for row in self.rows]
            answer["reply_markup"] = {"inline_keyboard": keyboard}
        return answer


def press(text: str, action: CallbackData) -> Button:
    """A button that carries an action; more than 64 bytes raise, on every platform. A term of the term pack may begin
    with a small letter; a button does not."""
    return Button(capitalised(text), data=action.pack())


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of ``width``."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def lines(*parts: Text | str) -> Text:
    """Parts under one another; empty ones leave no gap."""
    body: list[Text | str] = []
    for part in parts:
        if isinstance(part, str) and part == "":
            continue
        if body:
            body.append("\n")
        body.append(part)
    return Text(*body)
