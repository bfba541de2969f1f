"""What a question of a bank must be like, checked row by row before anything is saved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.contests import QuestionKind
from domain.errors import DomainError

MAX_STEM = 500
MAX_OPTION = 200
MAX_REASON = 500
MAX_CHAPTER = 60
MAX_OPTIONS = 8
LETTERS = "ABCDEFGH"

OPTIONS = tuple(f"option-{letter}" for letter in LETTERS)
COLUMNS = ("kind", "chapter", "stem", "answer", "reason", *OPTIONS)
REQUIRED = ("kind", "stem", "answer", *OPTIONS[:2])
"""Without these columns no row of a sheet is a question."""


@dataclass(frozen=True)
class BankWords:
    """The words by which people call the kinds of questions and a sheet's columns, in every language and in lower case;
    ``titles`` are the columns' names in the reader's."""

    kinds: Mapping[str, str]
    columns: Mapping[str, str]
    titles: Mapping[str, str]

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Where each column stands. Raises DomainError ``bank-columns`` with those that are missing."""
        known = [self.columns.get(title.strip().casefold(), "") for title in header]
        missing = [self.titles[column] for column in REQUIRED if column not in known]
        if missing:
            raise DomainError("bank-columns", columns=" / ".join(missing))
        return {column: known.index(column) for column in COLUMNS if column in known}


@dataclass(frozen=True)
class PlannedQuestion:
    kind: QuestionKind
    chapter: str
    stem: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True)
class RowError:
    """What is wrong with a row, as a code; rows are counted as the person who made the file counts them."""

    row: int
    code: str


@dataclass(frozen=True)
class PlannedBank:
    """A bank as it was read. With errors it is not saved."""

    title: str
    questions: tuple[PlannedQuestion, ...]
    errors: tuple[RowError, ...]

    def by_kind(self) -> dict[str, int]:
        counts = Counter(question.kind for question in self.questions)
        return {kind.value: counts[kind] for kind in QuestionKind if counts[kind]}

    def by_chapter(self) -> dict[str, int]:
        return dict(Counter(question.chapter for question in self.questions))


def fault(question: PlannedQuestion) -> str | None:
    """The first thing wrong with a question, as a code, or None."""
    if not question.stem:
        return "stem-missing"
    if len(question.stem) > MAX_STEM or len(question.reason) > MAX_REASON or len(question.chapter) > MAX_CHAPTER:
        return "too-long"
    return _option_fault(question.options) or _answer_fault(question)


def _option_fault(options: Sequence[str]) -> str | None:
    if len(options) < 2:
        return "options-few"
    if len(options) > MAX_OPTIONS:
        return "options-many"
    if not all(options):
        return "option-empty"
    if any(len(option) > MAX_OPTION for option in options):
        return "too-long"
    if len(set(options)) < len(options):
        return "option-twice"
    return None


def _answer_fault(question: PlannedQuestion) -> str | None:
    answer = question.answer
    if not answer:
        return "answer-missing"
    if len(set(answer)) < len(answer) or not all(0 <= number < len(question.options) for number in answer):
        return "answer-unknown"
    if question.kind is not QuestionKind.MULTIPLE and len(answer) > 1:
        return "answer-one"
    if question.kind is QuestionKind.TRUEFALSE and len(question.options) != 2:
        return "options-two"
    return None


def checked(title: str, rows: Sequence[tuple[int, PlannedQuestion | str]]) -> PlannedBank:
    """The bank out of rows that were read, or what is wrong with each of them (a code instead of a question)."""
    good, errors, stems = [], [], set[str]()
    for number, row in rows:
        code = row if isinstance(row, str) else fault(row)
        if code is None and not isinstance(row, str) and row.stem in stems:
            code = "stem-twice"
        if code is not None or isinstance(row, str):
            errors.append(RowError(number, code or ""))
            continue
        stems.add(row.stem)
        good.append(row)
    return PlannedBank(title, tuple(good), tuple(errors))
