"""The page at the door: one button to come in, or that the link no longer works. In both languages, since nobody knows
yet who reads it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from views.texts import Translator

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Any:
    # Only who comes to the door needs it, so the program starts without it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


def press(voices: Sequence[Translator]) -> str:
    return _door(voices, ("enter-press",), may_press=True)


def closed(voices: Sequence[Translator]) -> str:
    """For whoever comes without a link."""
    return _door(voices, ("enter-closed", "enter-how"), may_press=False)


def wrong(voices: Sequence[Translator]) -> str:
    """The same for a link that is wrong, spent or expired."""
    return _door(voices, ("enter-wrong", "enter-how"), may_press=False)


def plain_http(voices: Sequence[Translator]) -> str:
    """For whoever asks in a way that others could read."""
    return _door(voices, ("plain-http", "plain-http-operator"), may_press=False)


def demo(voices: Sequence[Translator], *, wrong: bool = False) -> str:
    """For whoever tries the demo from another device."""
    lines = ("demo-password-wrong", "demo-password") if wrong else ("demo-password",)
    return _door(voices, lines, may_press=False, asks="/demo/enter")


def _door(voices: Sequence[Translator], lines: Sequence[str], *, may_press: bool, asks: str = "") -> str:
    words = [
        {
            "language": t.language,
            "title": t.plain("enter-title"),
            "button": t.plain("enter-do"),
            "lines": [t.plain(line) for line in lines],
        }
        for t in voices
    ]
    page: str = environment().get_template("door.html").render(voices=words, may_press=may_press, asks=asks)
    return page
