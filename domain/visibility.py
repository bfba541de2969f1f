"""Who sees what of a problem: one table, by the part somebody plays in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people import Actor, RoleKind
from domain.problems import Action, Level, Part, Problem, State


class Facet(StrEnum):
    """What there is to see."""

    STATE = "state"
    TEXT = "text"
    REPORTER = "reporter"
    TIMELINE = "timeline"


_ALL = frozenset(Facet)
_WORK = frozenset({Facet.STATE, Facet.TEXT, Facet.TIMELINE})
_STATE = frozenset({Facet.STATE})

SEES: Mapping[Level, Mapping[Part, frozenset[Facet]]] = {
    Level.LEADERSHIP: {
        Part.REPORTER: _ALL,
        Part.TRIAGE: _ALL,
        Part.SECRETARY: _WORK,
        Part.ACCOUNTABLE: _WORK,
        Part.HELPER: _WORK,
        Part.VERIFIER: _WORK,
        Part.HEAD: _STATE,
    },
    Level.DEPARTMENT: {
        Part.REPORTER: _ALL,
        Part.TRIAGE: _ALL,
        Part.SECRETARY: _WORK,
        Part.ACCOUNTABLE: _WORK,
        Part.HELPER: _WORK,
        Part.VERIFIER: _WORK,
        Part.HEAD: _STATE,
    },
    # A shortcoming somebody names in themself is seen by that person, the branch secretary and the verifier alone;
    # the secretary dispatches it, so the triage part here is the secretary's.
    Level.INDIVIDUAL: {
        Part.REPORTER: _ALL,
        Part.TRIAGE: _ALL,
        Part.SECRETARY: _ALL,
        Part.ACCOUNTABLE: _ALL,
        Part.HELPER: frozenset(),
        Part.VERIFIER: _ALL,
        Part.HEAD: frozenset(),
    },
}
"""Admins are not in it: they see numbers and states in totals, and no single text. The head of the unit in charge
hears that something is overdue, so sees number, state and deadline, and what it says in nobody else's words."""


@dataclass(frozen=True)
class MeasureLine:
    """A measure on a card; ``evidence`` counts what shows that it was done."""

    measure_id: int
    text: str
    done: bool
    evidence: int


@dataclass(frozen=True)
class Card:
    """A problem as one actor may see it: what is not to be seen is not in here. The reporter's name never is.

    ``left`` is the number of working days to the deadline, negative when it has passed; ``actions`` are the steps this
    actor may take now; ``files`` counts what came with the report; ``concerned`` is the unit
    it is about, until one is in charge.
    """

    problem_id: int
    number: str
    level: Level
    category: str
    state: State
    version: int
    parts: frozenset[Part]
    text: str
    deadline: datetime | None
    unit_name: str
    created_at: datetime
    facets: frozenset[Facet] = frozenset()
    left: int | None = None
    concerned: str = ""
    accountable: str = ""
    verifier: str = ""
    reason: str = ""
    struck: bool = False
    files: int = 0
    measures: tuple[MeasureLine, ...] = ()
    actions: tuple[Action, ...] = ()
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Totals:
    """How many problems there are in each state that some are in, and how many of the open ones are overdue."""

    by_state: Mapping[State, int]
    late: int


@dataclass(frozen=True)
class TimelineLine:
    """One step of the history. ``name`` is empty where it must not be read: the reporter's."""

    at: datetime
    action: str
    part: str
    name: str
    note: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Around:
    """Where a problem stands in the organisation: paths of the units it touches (empty when there is none) and people
    who take part in it by more than its own columns."""

    unit_path: str = ""
    concerned_path: str = ""
    reporter_path: str = ""
    head_id: int | None = None
    helper_ids: frozenset[int] = frozenset()


def sees(problem: Problem, parts: frozenset[Part]) -> frozenset[Facet]:
    table = SEES[problem.level]
    return frozenset().union(*(table[part] for part in parts))


def parts(problem: Problem, actor: Actor, around: Around) -> frozenset[Part]:
    """The parts an actor plays in a problem. Nobody of the unit concerned, or of the one in charge, dispatches it."""
    if actor.person_id is None:
        return frozenset()
    found = set()
    if actor.person_id == problem.reporter_id:
        found.add(Part.REPORTER)
    if actor.person_id == problem.accountable_id:
        found.add(Part.ACCOUNTABLE)
    if actor.person_id == problem.verifier_id:
        found.add(Part.VERIFIER)
    if problem.level is Level.INDIVIDUAL:
        if actor.person_id != problem.reporter_id and actor.has(RoleKind.SECRETARY, around.reporter_path or "/"):
            found |= {Part.SECRETARY, Part.TRIAGE}
        return frozenset(found)
    if actor.person_id in around.helper_ids:
        found.add(Part.HELPER)
    if actor.person_id == around.head_id:
        found.add(Part.HEAD)
    if around.unit_path and actor.has(RoleKind.SECRETARY, around.unit_path):
        found.add(Part.SECRETARY)
    concerned = (around.concerned_path, around.unit_path)
    if actor.has(RoleKind.SUPERVISOR) and not any(belongs(actor.unit_path, path) for path in concerned):
        found.add(Part.TRIAGE)
    return frozenset(found)


def belongs(own_path: str, path: str) -> bool:
    """Whether somebody whose unit has ``own_path`` is of the unit with ``path``: in it or below it.

    Everybody is below the root, so only those directly in it are its people.
    """
    if path.count("/") <= ROOT_DEPTH:
        return own_path == path and bool(path)
    return own_path.startswith(path)


ROOT_DEPTH = 2
"""The root's path is ``/1/``."""
