"""Question banks people bring: a .json or a spreadsheet, read as a whole and checked row by row."""

import json
from collections.abc import Mapping
from typing import Any

from domain.banks import LETTERS, OPTIONS, BankWords, PlannedBank, PlannedQuestion, checked
from domain.contests import MAX_TITLE, QuestionKind
from domain.errors import DomainError
from services.spreadsheets import MAX_BYTES, MAX_ROWS, read_table
from storage.lanes import heavy


@heavy
def read_bank(data: bytes, name: str, words: BankWords) -> PlannedBank:
    """The bank in a file.

    Raises DomainError ``bank-kind``, ``bank-broken``, ``bank-columns``, ``bank-empty`` or what a spreadsheet is
    refused for.
    """
    title, dot, kind = name.rpartition(".")
    if kind.casefold() == "json":
        bank = _from_json(data, title)
    elif dot and kind.casefold() in {"xlsx", "csv"}:
        bank = _from_sheet(data, name, title, words)
    else:
        raise DomainError("bank-kind")
    if not bank.questions and not bank.errors:
        raise DomainError("bank-empty")
    return bank


def _from_json(data: bytes, fallback: str) -> PlannedBank:
    if len(data) > MAX_BYTES:
        raise DomainError("sheet-too-large", megabytes=MAX_BYTES // 1024 // 1024)
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise DomainError("bank-broken") from None
    questions = content.get("questions") if isinstance(content, dict) else None
    if not isinstance(questions, list):
        raise DomainError("bank-broken")
    if len(questions) > MAX_ROWS:
        raise DomainError("sheet-too-long", limit=MAX_ROWS)
    title = str(content.get("title") or fallback).strip()[:MAX_TITLE]
    return checked(title, [(number, _json_question(item)) for number, item in enumerate(questions, start=1)])


def _json_question(item: Any) -> PlannedQuestion | str:
    if not isinstance(item, dict):
        return "unreadable"
    options, answer = item.get("options"), item.get("answer")
    if not isinstance(options, list) or not isinstance(answer, list):
        return "unreadable"
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in answer):
        return "answer-unknown"
    # A tuple compares where a set would hash, and what stands there may be a list.
    if item.get("type") not in tuple(QuestionKind):
        return "kind-unknown"
    return PlannedQuestion(
        kind=QuestionKind(item["type"]),
        chapter=_words(item.get("chapter")),
        stem=_words(item.get("stem")),
        options=tuple(_words(option) for option in options),
        answer=tuple(answer),
        reason=_words(item.get("reason")),
    )


def _words(value: Any) -> str:
    return " ".join(str(value or "").replace("\0", "").split())


def _from_sheet(data: bytes, name: str, title: str, words: BankWords) -> PlannedBank:
    table = read_table(data, name)
    places = words.places(table.header)
    rows = [(row, {column: _words(cells[at]) for column, at in places.items()}) for row, cells in table.rows]
    return checked(title[:MAX_TITLE], [(row, _sheet_question(named, words.kinds)) for row, named in rows])


def _sheet_question(named: Mapping[str, str], kinds: Mapping[str, str]) -> PlannedQuestion | str:
    kind = kinds.get(named["kind"].casefold())
    if kind is None:
        return "kind-unknown"
    options = [named.get(column, "") for column in OPTIONS]
    while options and not options[-1]:
        options.pop()
    answer = _answer(named["answer"], options)
    if answer is None:
        return "answer-unknown"
    chapter, reason = named.get("chapter", ""), named.get("reason", "")
    return PlannedQuestion(QuestionKind(kind), chapter, named["stem"], tuple(options), answer, reason)


def _answer(text: str, options: list[str]) -> tuple[int, ...] | None:
    """Letters such as ``AC`` or ``A、C``, or one option in its own words."""
    if text in options:
        return (options.index(text),)
    letters = [letter for letter in text.upper() if letter not in " ,，、;；/"]
    if not all(letter in LETTERS for letter in letters):
        return None
    return tuple(sorted(LETTERS.index(letter) for letter in letters))
