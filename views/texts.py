"""The texts: Fluent files in every language over one term pack, and a translator that refuses to guess."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.utils.formatting import Text
from fluent.runtime.types import FluentType

from domain.people import LANGUAGES
from views.bundle import Bundle, Count, TextError

__all__ = ["LANGUAGES", "TextError", "Texts", "Translator"]

# A formatted argument stands in the finished sentence as one character of a private range plus its number, and is
# put back as a node afterwards; a person's text is stripped of that range, so it cannot forge one.
_FIRST_MARK = 0xE000
_MARKS = re.compile("[\ue000-\uf8ff]")


class _Mark(FluentType):
    def __init__(self, index: int) -> None:
        self._index = index

    def format(self, locale: Any) -> str:
        return chr(_FIRST_MARK + self._index)


class Texts:
    """All texts in all languages. ``pack`` is the organisation's own vocabulary, a folder with a file per language
    whose terms override the built-in ones."""

    def __init__(self, pack: Path | None = None) -> None:
        self._bundles = {language: Bundle(language, pack) for language in LANGUAGES}

    def translator(self, language: str, zone: ZoneInfo) -> "Translator":
        language = language if language in self._bundles else LANGUAGES[0]
        return Translator(language, self._bundles[language], zone)

    def ids(self, language: str) -> set[str]:
        return self._bundles[language].ids

    def command_words(self) -> dict[str, str]:
        """Every word by which a command can be called without a slash, in all languages, to the command's name."""
        words = {}
        for bundle in self._bundles.values():
            for identifier in bundle.ids:
                if match := re.fullmatch(r"command-([a-z]+(?:-[a-z]+)*)-word", identifier):
                    words[bundle.say(identifier, {}).casefold()] = match[1].replace("-", "_")
        return words


class Translator:
    """The texts in one reader's language. Unknown ids and missing arguments raise TextError."""

    def __init__(self, language: str, bundle: Bundle, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._bundle = bundle

    def __call__(self, identifier: str, **values: Any) -> Text:
        """The text as a node; an argument that is a node (``Bold(title)``) keeps its form inside the sentence."""
        nodes: list[Text] = []
        pattern = self._format(identifier, values, nodes)
        parts: list[Any] = []
        position = 0
        for match in _MARKS.finditer(pattern):
            parts.append(pattern[position : match.start()])
            parts.append(nodes[ord(match[0]) - _FIRST_MARK])
            position = match.end()
        parts.append(pattern[position:])
        return Text(*(part for part in parts if part != ""))

    def plain(self, identifier: str, **values: Any) -> str:
        """The text as a string, for buttons, file names and titles."""
        return self._format(identifier, values, None)

    def has(self, identifier: str) -> bool:
        return bool(self._bundle.has_message(identifier))

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def _format(self, identifier: str, values: Mapping[str, Any], nodes: list[Text] | None) -> str:
        if not self._bundle.has_message(identifier):
            raise TextError(f"no text {identifier!r} in {self.language}")
        arguments = {name.replace("_", "-"): _argument(value, nodes) for name, value in values.items()}
        return self._bundle.say(identifier, arguments)


def _argument(value: Any, nodes: list[Text] | None) -> Any:
    if isinstance(value, Text):
        if nodes is None:
            return _clean(value.as_kwargs()["text"])
        nodes.append(value)
        return _Mark(len(nodes) - 1)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return Count(value)
    if isinstance(value, str):
        return _clean(value)
    raise TextError(f"an argument must be text, a whole number or a node, not {type(value).__name__}")


def _clean(value: str) -> str:
    return _MARKS.sub("", value)
