"""Knowledge contests: a bank of questions, a contest with its window, each person's attempt, and what is counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from domain.errors import DomainError, NotFound
from domain.people import Actor, RoleKind


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUEFALSE = "truefalse"


class Phase(StrEnum):
    """Where a contest stands: computed from its times, never stored."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


MAX_TITLE = 80
MAX_COUNT = 200
MAX_MINUTES = 24 * 60
FULL_SCORE = 100

SLICE = 200
"""So many people are told in one transaction, that others get their turn in between."""

FEW = 5
"""What fewer people than this did is shown of none of them: a table of so few would speak of individuals."""


@dataclass(eq=False)
class Bank:
    """A question bank, imported as a whole and never changed: a contest's papers are drawn from it anew each time."""

    title: str
    created_by_id: int
    created_at: datetime
    id: int = field(init=False)


@dataclass(eq=False)
class Question:
    """``answer`` are the numbers of the right options, counted from 0. ``reason`` says why, where the bank does."""

    bank_id: int
    position: int
    kind: QuestionKind
    chapter: str
    stem: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    reason: str = ""
    id: int = field(init=False)

    def is_right(self, chosen: Collection[int]) -> bool:
        """All of the right options and no other: half an answer counts nothing."""
        return set(chosen) == set(self.answer)


@dataclass(eq=False)
class Contest:
    """``minutes`` is the time for one attempt, None when only the window counts. ``unit_id`` is the unit it is for
    with those below it, None when it is for everybody. A practice round shows right answers at once. ``told_up_to`` is
    the last person who was told that it is open, ``told_at`` when everybody had been; the same for their results."""

    title: str
    bank_id: int
    question_count: int
    opens_at: datetime
    closes_at: datetime
    minutes: int | None
    practice: bool
    unit_id: int | None
    created_by_id: int
    created_at: datetime
    published_at: datetime | None = None
    told_up_to: int = 0
    told_at: datetime | None = None
    results_told_up_to: int = 0
    results_told_at: datetime | None = None
    id: int = field(init=False)

    def phase(self, now: datetime) -> Phase:
        if now < self.opens_at:
            return Phase.PLANNED
        return Phase.OPEN if now < self.closes_at else Phase.CLOSED

    def require_open(self, now: datetime) -> None:
        """Raises DomainError ``contest-not-open`` (it opens later) or ``contest-closed``."""
        phase = self.phase(now)
        if phase is Phase.PLANNED:
            raise DomainError("contest-not-open", at=self.opens_at)
        if phase is Phase.CLOSED:
            raise DomainError("contest-closed", at=self.closes_at)

    def require_planned(self, now: datetime) -> None:
        """Raises DomainError ``contest-has-opened``."""
        if self.phase(now) is not Phase.PLANNED:
            raise DomainError("contest-has-opened", at=self.opens_at)

    def deadline(self, started_at: datetime) -> datetime:
        """When an attempt begun at ``started_at`` is over: the window ends it, too."""
        if self.minutes is None:
            return self.closes_at
        return min(started_at + timedelta(minutes=self.minutes), self.closes_at)

    def publish(self, now: datetime) -> None:
        """Let everybody it was for see the table of units. Raises DomainError ``contest-still-open``."""
        if self.phase(now) is not Phase.CLOSED:
            raise DomainError("contest-still-open", at=self.closes_at)
        self.published_at = self.published_at or now


@dataclass(eq=False)
class Attempt:
    """One person's one try, or their last one at a practice round. ``seed`` draws the questions, their order and that
    of their options."""

    contest_id: int
    person_id: int
    seed: int
    started_at: datetime
    submitted_at: datetime | None = None
    id: int = field(init=False)

    def is_over(self, contest: Contest, now: datetime) -> bool:
        """Handed in, or out of time: then what was answered counts as if it had been handed in."""
        return self.submitted_at is not None or now >= contest.deadline(self.started_at)

    def may_begin_anew(self, contest: Contest, now: datetime) -> bool:
        return contest.practice and contest.phase(now) is Phase.OPEN and self.is_over(contest, now)

    def begin_anew(self, contest: Contest, seed: int, now: datetime) -> None:
        """Only practice is repeated. Raises DomainError ``contest-handed-in``."""
        if not self.may_begin_anew(contest, now):
            raise DomainError("contest-handed-in")
        self.seed, self.started_at, self.submitted_at = seed, now, None

    def require_running(self, contest: Contest, now: datetime) -> None:
        """Raises DomainError ``contest-handed-in`` or ``contest-time-up``."""
        if self.submitted_at is not None:
            raise DomainError("contest-handed-in")
        if self.is_over(contest, now):
            raise DomainError("contest-time-up")


@dataclass(eq=False)
class Answer:
    """What somebody chose at one place of their paper, by the bank's numbers of the options. ``done`` means that the
    choice is complete; in a practice round it then stands."""

    attempt_id: int
    position: int
    question_id: int
    chosen: tuple[int, ...]
    right: bool
    done: bool
    at: datetime
    id: int = field(init=False)


@dataclass(frozen=True)
class PaperQuestion:
    """A question at its place in somebody's paper; ``order`` lists the bank's numbers of the options as shown."""

    question: Question
    order: tuple[int, ...]


def draw(seed: int, question_ids: Collection[int], count: int) -> list[int]:
    """The questions of a paper in their order: the same ones on every machine and under every release of Python, which
    a library's random numbers would not promise."""
    return sorted(question_ids, key=lambda question_id: _lot(seed, question_id))[:count]


def shuffled(seed: int, drawn: Sequence[Question]) -> tuple[PaperQuestion, ...]:
    """The questions that were drawn, each with its options in the seed's order. Right and wrong keep theirs."""
    return tuple(PaperQuestion(question, _order(seed, question)) for question in drawn)


def _order(seed: int, question: Question) -> tuple[int, ...]:
    numbers = range(len(question.options))
    if question.kind is QuestionKind.TRUEFALSE:
        return tuple(numbers)
    return tuple(sorted(numbers, key=lambda number: _lot(seed, question.id, number)))


def _lot(*parts: int) -> bytes:
    return sha256(":".join(map(str, parts)).encode()).digest()


def choose(question: Question, before: Collection[int], option: int, *, on: bool) -> tuple[int, ...]:
    """What is chosen after a press. The button says whether it sets or clears, so that pressing twice is one choice;
    where only one option may be chosen, setting one clears the others."""
    if not 0 <= option < len(question.options):
        raise NotFound
    if question.kind is not QuestionKind.MULTIPLE:
        return (option,) if on else ()
    return tuple(sorted({*before, option} if on else set(before) - {option}))


def score(right: int, total: int) -> int:
    """Whole points from 0 to 100, rounded down."""
    if total <= 0:
        return 0
    return max(0, min(FULL_SCORE, right * FULL_SCORE // total))


def median(scores: Sequence[int]) -> int | None:
    """The middle score as a whole number; None where so few took part that it would tell what one of them did."""
    if len(scores) < FEW:
        return None
    ranked = sorted(scores)
    return (ranked[len(ranked) // 2] + ranked[(len(ranked) - 1) // 2]) // 2


@dataclass(frozen=True)
class UnitLine:
    """A line of the table: how many people the contest was for, how many took part, their mean in whole points. The
    mean is None where few took part. Without a name it is the line of the small units together."""

    name: str
    people: int
    took_part: int
    mean: int | None


def unit_table(
    units: Sequence[tuple[int, str]], people: Mapping[int, int], scores: Mapping[int, Sequence[int]]
) -> tuple[UnitLine, ...]:
    """The units in roster order. Units of few people are one line at the end, left out while it is still of few.

    ``units`` are pairs of id and name; ``people`` counts whom it was for, ``scores`` lists who took part, by unit.
    """
    lines, few, few_scores = [], 0, list[int]()
    for unit_id, name in units:
        count, taken = people.get(unit_id, 0), list(scores.get(unit_id, ()))
        if count >= FEW:
            lines.append(_line(name, count, taken))
        else:
            few, few_scores = few + count, few_scores + taken
    if few >= FEW:
        lines.append(_line("", few, few_scores))
    return tuple(lines)


def _line(name: str, people: int, scores: Sequence[int]) -> UnitLine:
    mean = sum(scores) // len(scores) if len(scores) >= FEW else None
    return UnitLine(name, people, len(scores), mean)


def require_organiser(actor: Actor) -> None:
    """Refuse who does not run contests: DomainError ``organisers-only``."""
    if not actor.has(RoleKind.ADMIN):
        raise DomainError("organisers-only")


@dataclass(frozen=True)
class BankLine:
    id: int
    title: str
    size: int
    imported_at: datetime


@dataclass(frozen=True)
class ContestCard:
    """A contest as its organiser sees it. ``unit`` is empty when it is for everybody; ``table`` comes with the end."""

    id: int
    title: str
    bank: str
    phase: Phase
    opens_at: datetime
    closes_at: datetime
    question_count: int
    minutes: int | None
    practice: bool
    unit: str
    people: int
    took_part: int
    published: bool
    table: tuple[UnitLine, ...] = ()


@dataclass(frozen=True)
class ContestPlan:
    """A contest as its organiser filled it in."""

    title: str
    bank_id: int
    question_count: int
    opens_at: datetime
    closes_at: datetime
    minutes: int | None
    practice: bool
    unit_id: int | None

    def check(self, available: int, now: datetime) -> None:
        """Raises DomainError for the first thing that cannot be."""
        require_title(self.title)
        require_count(self.question_count, available)
        require_window(self.opens_at, self.closes_at, now)
        if self.minutes is not None:
            require_minutes(self.minutes)


def require_title(text: str) -> str:
    """The title without space around it. Raises DomainError ``contest-title-missing`` or ``text-too-long``."""
    title = " ".join(text.split())
    if not title:
        raise DomainError("contest-title-missing")
    if len(title) > MAX_TITLE:
        raise DomainError("text-too-long", limit=MAX_TITLE, length=len(title))
    return title


def require_window(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Refuse a window that is over before it begins: DomainError ``contest-window``."""
    if closes_at <= max(now, opens_at):
        raise DomainError("contest-window")


def require_minutes(minutes: int) -> int:
    """Refuse a time nobody can keep: DomainError ``contest-minutes``."""
    if not 1 <= minutes <= MAX_MINUTES:
        raise DomainError("contest-minutes", limit=MAX_MINUTES)
    return minutes


def require_count(wanted: int, available: int) -> None:
    """Refuse a number of questions that a bank cannot give: DomainError ``contest-count`` or
    ``contest-bank-too-small``."""
    if not 1 <= wanted <= MAX_COUNT:
        raise DomainError("contest-count", limit=min(MAX_COUNT, available))
    if wanted > available:
        raise DomainError("contest-bank-too-small", wanted=wanted, available=available)
