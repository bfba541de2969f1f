"""The page at the door: two buttons to come in, or how to. In both languages, since nobody knows yet who reads it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from views.joining.asking import PRIVACY
from views.texts import Translator

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Any:
    # Only who comes to the door needs it, so the program starts without it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def press(voices: Sequence[Translator]) -> str:
    return _door(voices, "press", "enter-press", "enter-devices")


def closed(voices: Sequence[Translator], *, ended: bool = False) -> str:
    """For whoever comes without a link; ``ended`` says that they were inside a moment ago."""
    return _door(voices, "return", "enter-ended" if ended else "enter-closed", "enter-how")


def wrong(voices: Sequence[Translator]) -> str:
    """The same for a link that is wrong, spent or expired."""
    return _door(voices, "return", "enter-wrong", "enter-how")


def no_match(voices: Sequence[Translator]) -> str:
    """The same whether the number or the passphrase is wrong, or nobody has one."""
    return _door(voices, "return", "enter-no-match")


def too_often(voices: Sequence[Translator]) -> str:
    return _door(voices, "", "enter-too-often")


def too_many_links(voices: Sequence[Translator]) -> str:
    return _door(voices, "", "link-too-often")


def plain_http(voices: Sequence[Translator]) -> str:
    """For whoever asks in a way that others could read."""
    return _door(voices, "", "plain-http", "plain-http-operator")


def demo(voices: Sequence[Translator], *, wrong: bool = False) -> str:
    """For whoever tries the demo from another device."""
    if wrong:
        return _door(voices, "demo", "demo-password-wrong", "demo-password")
    return _door(voices, "demo", "demo-password")


def demo_elsewhere(voices: Sequence[Translator]) -> str:
    """For whoever comes to a demo that is not open to other machines."""
    return _door(voices, "", "enter-demo")


def _door(voices: Sequence[Translator], form: str, line: str, hint: str = "") -> str:
    """``form`` is the link's two buttons, number and passphrase, the demo's password, or none; the ``hint`` stands
    below it."""

    def both(text: str) -> str:
        return " / ".join(t.plain(text) for t in voices)

    words = {"voices": voices, "form": form, "line": line, "hint": hint, "both": both, "privacy": PRIVACY}
    page: str = environment().get_template("door.html").render(words)
    return page
