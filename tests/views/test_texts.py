"""The texts: complete in both languages, with the same arguments, and no institutional word outside the term pack."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiogram.utils.formatting import Bold
from babel import Locale
from fluent.syntax import FluentParser, ast, visitor

from views.bundle import LOCALES, TERM_PACK, Bundle
from views.texts import LANGUAGES, TextError, Texts

ZONE = ZoneInfo("Asia/Shanghai")


class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.terms: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's own naming
        self.names.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 - the library's own naming
        self.terms.add(node.id.name)


def messages(language: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


def parts(entry: ast.Message) -> _Variables:
    seen = _Variables()
    seen.visit(entry)
    return seen


def terms(language: str) -> dict[str, str]:
    text = (TERM_PACK / f"{language}.ftl").read_text(encoding="utf-8")
    return dict(re.findall(r"^-([a-z-]+) = (.+)$", text, re.MULTILINE))


def test_both_languages_have_the_same_texts_with_the_same_arguments() -> None:
    zh, en = ({name: parts(entry).names for name, entry in messages(language).items()} for language in LANGUAGES)
    assert zh == en


def test_both_languages_have_the_same_files_and_terms() -> None:
    names = [{path.name for path in (LOCALES / language).glob("*.ftl")} for language in LANGUAGES]
    assert names[0] == names[1]
    assert set(terms("zh")) == set(terms("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_a_text_uses_exists(language: str) -> None:
    used = set().union(*(parts(entry).terms for entry in messages(language).values()))
    assert used <= set(terms(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_term_pack_leaves_no_old_word(language: str, tmp_path: Path) -> None:
    for code in LANGUAGES:
        swapped = "".join(f"-{name} = ZQ{number}\n" for number, name in enumerate(terms(code)))
        (tmp_path / f"{code}.ftl").write_text(swapped, encoding="utf-8")
    t = Texts(tmp_path).translator(language, ZONE)
    # A word of one letter or an everyday word would be found everywhere; institutional ones are longer.
    old = [word for word in terms(language).values() if len(word) > (2 if language == "zh" else 9)]
    left = {
        name: words
        for name, entry in messages(language).items()
        for said in [t.plain(name, **{variable.replace("-", "_"): "x" for variable in parts(entry).names}).casefold()]
        if (words := [word for word in old if word.casefold() in said])
    }
    assert left == {}


def test_a_text_that_does_not_exist_raises() -> None:
    with pytest.raises(TextError):
        Texts().translator("zh", ZONE)("no-such-text")


def test_a_missing_argument_raises() -> None:
    with pytest.raises(TextError):
        Texts().translator("zh", ZONE)("report-filed")


def test_a_bold_argument_stays_bold_inside_the_sentence_and_a_person_cannot_forge_one() -> None:
    t = Texts().translator("en", ZONE)
    said = t("report-filed", number=Bold("WT-1\ue000")).as_kwargs()
    assert said["text"] == "Received, number WT-1\ue000"
    [entity] = said["entities"]
    assert (entity.type, entity.offset) == ("bold", len("Received, number "))
    assert "\ue001" not in t("report-filed", number="a\ue001b").as_kwargs()["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_parsed_when_it_is_said_is_what_stands_in_the_files(language: str) -> None:
    bundle = Bundle(language, None)

    def forms(message: ast.Message | ast.Term) -> ast.Message:
        return ast.Message(message.id, message.value, message.attributes)

    known = {name: bundle._messages[name] for name in bundle.ids}
    written = messages(language)
    assert known.keys() == written.keys()
    assert [name for name, entry in known.items() if not forms(entry).equals(forms(written[name]))] == []


def test_a_broken_term_pack_is_told_before_anything_is_said(tmp_path: Path) -> None:
    (tmp_path / "zh.ftl").write_text("-member = \n", encoding="utf-8")
    with pytest.raises(TextError, match=r"zh\.ftl"):
        Texts(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_is_that_of_the_language(language: str) -> None:
    ours, babels = Bundle(language, None)._plural_form, Locale(language).plural_form
    assert [ours(number) for number in range(1200)] == [babels(number) for number in range(1200)]


def test_years_are_not_grouped() -> None:
    assert "2030" in Texts().translator("en", ZONE).plain("menu-count", what="x", count=2030)
