"""One language's texts, each parsed when it is first said: most are not said for days, and parsing them all would take
a sixth of the start and 3 MB."""

import re
from pathlib import Path
from typing import Any

from babel import Locale
from babel.plural import PluralRule
from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentInt
from fluent.syntax import FluentParser, ast

LOCALES = Path(__file__).parent / "locales"
TERM_PACK = Path(__file__).parent / "terms"

_PLURALS = {"zh": {}, "en": {"one": "n is 1"}}
"""Which whole numbers have a form of their own."""


class TextError(Exception):
    """A text is missing, broken or lacks an argument: a mistake of ours, never shown to a person."""


class Bundle(FluentBundle):
    """``pack`` overrides the built-in terms. It is not ours, and so is read as a whole at once: what is broken in it
    is told at the start."""

    def __init__(self, language: str, pack: Path | None) -> None:
        super().__init__([language], use_isolating=False)
        self._messages = _Messages()
        self._fixed: dict[str, str] = {}
        for path in sorted((LOCALES / language).glob("*.ftl")):
            self._messages.update(_sources(path))
        self.add_resource(_parsed(TERM_PACK / f"{language}.ftl"))
        if pack is not None:
            self.add_resource(_parsed(pack / f"{language}.ftl"), allow_overrides=True)

    @property
    def ids(self) -> set[str]:
        return set(self._messages)

    def say(self, identifier: str, arguments: dict[str, Any]) -> str:
        """Raises TextError where anything is missing. What takes no argument is put together once."""
        if not arguments and (fixed := self._fixed.get(identifier)) is not None:
            return fixed
        pattern = self.get_message(identifier).value
        if pattern is None:
            raise TextError(f"{identifier} has no value")
        errors: list[Exception] = []
        # The library's own ``format_pattern`` takes a whole number for one of its own, whose form babel decides.
        said = pattern(ResolverEnvironment(self, errors, current=CurrentEnvironment(arguments)))
        if errors:
            raise TextError(f"{identifier}: {errors}")
        if not arguments:
            self._fixed[identifier] = str(said)
        return str(said)

    def _get_babel_locale(self) -> Locale:
        return _Locale(self.locales[0])


class Count(FluentInt):
    """A whole number. It chooses the plural, and is never grouped: 2030 must not read 2,030."""

    def format(self, _locale: Locale) -> str:
        return str(int(self))


class _Locale(Locale):
    """A language of which only the plural is asked. All that babel knows of a language is read on any other question,
    and takes 5 MB."""

    @property
    def plural_form(self) -> PluralRule:
        return PluralRule(_PLURALS[self.language])


class _Messages(dict[str, Any]):
    """By name; what is still as it stood in its file is parsed when it is asked for. The bundle asks once."""

    def __getitem__(self, identifier: str) -> Any:
        found = super().__getitem__(identifier)
        return _entries(found, identifier)[0] if isinstance(found, str) else found


def _sources(path: Path) -> dict[str, str]:
    """Each message with the lines that belong to it: those up to the next that begins at the margin."""
    pieces = re.split(r"^(?=[a-zA-Z#-])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {piece.partition("=")[0].rstrip(): piece for piece in pieces if piece[:1].isalpha()}


def _parsed(path: Path) -> ast.Resource:
    return ast.Resource(_entries(path.read_text(encoding="utf-8"), path.name))


def _entries(text: str, name: str) -> list[Any]:
    # Where in the file a text stands is of no use once it is read.
    entries: list[Any] = FluentParser(with_spans=False).parse(text).body
    broken = [entry for entry in entries if isinstance(entry, ast.Junk)]
    if broken:
        raise TextError(f"{name} cannot be read near {(broken[0].content or '')[:60]!r}")
    return entries
