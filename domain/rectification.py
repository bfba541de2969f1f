"""Rules of the work on a problem: who may be put in charge, when it may be closed, what a reason must be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import DomainError
from domain.problems import EXTENSIONS_ALLOWED, MAX_REASON, MAX_TEXT, Level, Measure, Problem
from domain.reporting import MAX_FILES

TERMS = (5, 10, 20, 30)
"""The usual terms, in working days."""

MAX_MEASURE = 500


@dataclass(frozen=True)
class Beginning:
    """What is known when somebody begins to assign: the unit the reporter named. At the individual level unit and
    person are the reporter's own, and nobody else may be put in."""

    number: str
    unit_id: int | None
    unit_name: str
    person_id: int | None = None
    person_name: str = ""


@dataclass(frozen=True)
class UnitPlace:
    """A place in the tree of units: the unit itself, the way up, and what is right below (with whether more is below
    that)."""

    unit_id: int | None
    name: str
    up: int | None
    below: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True)
class Assignment:
    """Whom a problem is given to, and until when."""

    unit_id: int
    accountable_id: int
    verifier_id: int
    deadline: datetime


def check_reason(text: str) -> str:
    """The reason as it is kept. Raises DomainError ``reason-empty`` or ``text-too-long``."""
    return _sentence(text, MAX_REASON, "reason-empty")


def check_measure(text: str) -> str:
    """The measure as it is kept. Raises DomainError ``measure-empty`` or ``text-too-long``."""
    return _sentence(text, MAX_MEASURE, "measure-empty")


def check_words(text: str) -> str:
    """Words that show that a measure was done. Raises DomainError ``evidence-empty`` or ``text-too-long``."""
    return _sentence(text, MAX_TEXT, "evidence-empty")


def check_accountable(problem: Problem, person_id: int, person_path: str, unit_path: str) -> None:
    """One person of the unit answers for it; for a shortcoming of one's own it is oneself.

    Raises DomainError ``own-shortcoming`` or ``not-of-unit``.
    """
    if problem.level is Level.INDIVIDUAL:
        if person_id != problem.reporter_id:
            raise DomainError("own-shortcoming")
        return
    if not person_path.startswith(unit_path):
        raise DomainError("not-of-unit")


def check_verifier(accountable_id: int, verifier_id: int, verifier_path: str, headed: Collection[str]) -> None:
    """Whoever verifies is somebody else and not the accountable person's subordinate: the head of a unit is the
    superior of everybody in it and below it. ``headed`` are the paths of the units the accountable person heads.

    Raises DomainError ``verifier-same`` or ``verifier-subordinate``.
    """
    if verifier_id == accountable_id:
        raise DomainError("verifier-same")
    if any(verifier_path.startswith(path) for path in headed):
        raise DomainError("verifier-subordinate")


def check_deadline(deadline: datetime, now: datetime) -> None:
    if deadline <= now:
        raise DomainError("deadline-past")


def check_move(deadline: datetime, before: datetime | None, extensions: int, now: datetime) -> None:
    """A deadline may move to an earlier day at any time, and be put off so many times; ``extensions`` is how often it
    was.

    Raises DomainError ``deadline-past``, ``deadline-same`` or ``extensions-used``.
    """
    check_deadline(deadline, now)
    if deadline == before:
        raise DomainError("deadline-same")
    if before is not None and deadline > before and extensions >= EXTENSIONS_ALLOWED:
        raise DomainError("extensions-used")


def check_closable(measures: Sequence[Measure], evidence: Collection[int]) -> None:
    """Closure is asked for when every measure is done and has evidence. ``evidence`` holds the measures that have.

    Raises DomainError ``measures-missing``, ``measures-open`` or ``evidence-missing``.
    """
    if not measures:
        raise DomainError("measures-missing")
    if open_ones := [measure for measure in measures if measure.done_at is None]:
        raise DomainError("measures-open", count=len(open_ones))
    if bare := [measure for measure in measures if measure.id not in evidence]:
        raise DomainError("evidence-missing", count=len(bare))


def add_piece(draft: Mapping[str, Any], text: str, files: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A dialogue's data with one more message: its words and its files. Raises DomainError ``too-many-files``."""
    grown = {
        **draft,
        "texts": [*draft.get("texts", ()), *([text.strip()] if text.strip() else [])],
        "files": [*draft.get("files", ()), *files],
    }
    if len(grown["files"]) > MAX_FILES:
        raise DomainError("too-many-files", limit=MAX_FILES)
    return grown


def _sentence(text: str, limit: int, empty: str) -> str:
    said = text.strip()
    if not said:
        raise DomainError(empty)
    if len(said) > limit:
        raise DomainError("text-too-long", limit=limit, length=len(said))
    return said
