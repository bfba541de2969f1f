"""The texts: Fluent files in every language over one term pack, and a translator that refuses to guess."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.utils.formatting import Text
from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType, fluent_number
from fluent.syntax import FluentParser, ast

from domain.people import LANGUAGES

__all__ = ["LANGUAGES", "LOCALES", "TERM_PACK", "TextError", "Texts", "Translator"]

LOCALES = Path(__file__).parent / "locales"
TERM_PACK = Path(__file__).parent / "terms"

# A formatted argument stands in the finished sentence as one character of a private range plus its number, and is
# put back as a node afterwards; a person's text is stripped of that range, so it cannot forge one.
_FIRST_MARK = 0xE000
_MARKS = re.compile("[\ue000-\uf8ff]")


class TextError(Exception):
    """A text is missing, broken or lacks an argument: a mistake of ours, never shown to a person."""


class _Mark(FluentType):
    def __init__(self, index: int) -> None:
        self._index = index

    def format(self, locale: Any) -> str:
        return chr(_FIRST_MARK + self._index)


class Texts:
    """All texts in all languages. ``pack`` is the organisation's own vocabulary, a folder with a file per language
    whose terms override the built-in ones."""

    def __init__(self, pack: Path | None = None) -> None:
        self._bundles = {language: _bundle(language, pack) for language in LANGUAGES}
        self._fixed: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}

    def translator(self, language: str, zone: ZoneInfo) -> "Translator":
        language = language if language in self._bundles else LANGUAGES[0]
        return Translator(language, self._bundles[language], self._fixed[language], zone)

    def ids(self, language: str) -> set[str]:
        return set(self._bundles[language]._messages)  # noqa: SLF001 - the library has no public list of ids

    def command_words(self) -> dict[str, str]:
        """Every word by which a command can be called without a slash, in all languages, to the command's name."""
        words = {}
        for bundle in self._bundles.values():
            for identifier in bundle._messages:  # noqa: SLF001 - the library has no public list of ids
                if match := re.fullmatch(r"command-([a-z]+(?:-[a-z]+)*)-word", identifier):
                    words[_value(bundle, identifier, {}).casefold()] = match[1].replace("-", "_")
        return words


class Translator:
    """The texts in one reader's language. Unknown ids and missing arguments raise TextError. ``fixed`` are those that
    take no argument, put together once."""

    def __init__(self, language: str, bundle: FluentBundle, fixed: dict[str, str], zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._bundle = bundle
        self._fixed = fixed

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
        if not values and (known := self._fixed.get(identifier)) is not None:
            return known
        if not self._bundle.has_message(identifier):
            raise TextError(f"no text {identifier!r} in {self.language}")
        arguments = {name.replace("_", "-"): _argument(value, nodes) for name, value in values.items()}
        text = _value(self._bundle, identifier, arguments)
        if not values:
            self._fixed[identifier] = text
        return text


def _value(bundle: FluentBundle, identifier: str, arguments: Mapping[str, Any]) -> str:
    pattern = bundle.get_message(identifier).value
    if pattern is None:
        raise TextError(f"{identifier} has no value")
    text, errors = bundle.format_pattern(pattern, dict(arguments))
    if errors:
        raise TextError(f"{identifier}: {errors}")
    return str(text)


def _argument(value: Any, nodes: list[Text] | None) -> Any:
    if isinstance(value, Text):
        if nodes is None:
            return _clean(value.as_kwargs()["text"])
        nodes.append(value)
        return _Mark(len(nodes) - 1)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        # Numbers choose the plural, and are never grouped: 2030 must not read 2,030.
        return fluent_number(value, useGrouping=False)
    if isinstance(value, str):
        return _clean(value)
    raise TextError(f"an argument must be text, a whole number or a node, not {type(value).__name__}")


def _clean(value: str) -> str:
    return _MARKS.sub("", value)


def _bundle(language: str, pack: Path | None) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        bundle.add_resource(_resource(path))
    bundle.add_resource(_resource(TERM_PACK / f"{language}.ftl"))
    if pack is not None:
        bundle.add_resource(_resource(pack / f"{language}.ftl"), allow_overrides=True)
    return bundle


def _resource(path: Path) -> Any:
    # Where in the file a text stands is of no use once it is read, and takes a fifth of the texts' memory.
    resource = FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8"))
    broken = [entry for entry in resource.body if isinstance(entry, ast.Junk)]
    if broken:
        raise TextError(f"{path.name} cannot be read near {(broken[0].content or '')[:60]!r}")
    return resource
