"""A problem as one actor may see it: the reading pieces that every use case of problems shares."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from domain.errors import NotFound
from domain.people import Actor
from domain.problems import RETURNS_ALLOWED, Action, Level, Part, Problem
from domain.visibility import Around, Card, Facet, MeasureLine, parts, sees
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork

_CHOOSING = frozenset({Part.REPORTER, Part.TRIAGE})

REPORTER = "reporter"
"""Stands where a name would, and would be the reporter's: the reader's language has the word for it."""


def parts_of(work: UnitOfWork, problem: Problem, actor: Actor) -> frozenset[Part]:
    return parts(problem, actor, _around(work, problem, work.problems.helpers(problem.id)))


def parts_in(
    work: UnitOfWork, problems: Iterable[Problem], actor: Actor, helped: Iterable[Problem]
) -> list[tuple[Problem, frozenset[Part]]]:
    """The same for a list; ``helped`` are the problems the actor helps with."""
    helps = {problem.id for problem in helped}
    me = frozenset({actor.person_id or 0})
    return [
        (problem, parts(problem, actor, _around(work, problem, me if problem.id in helps else frozenset())))
        for problem in problems
    ]


def visible(work: UnitOfWork, problem: Problem | None, actor: Actor) -> Card:
    """The card. Raises NotFound alike when there is no such problem and when the actor may not see it."""
    if problem is None:
        raise NotFound
    played = parts_of(work, problem, actor)
    if Facet.STATE not in sees(problem, played):
        raise NotFound
    return card_of(work, problem, played)


def card_of(work: UnitOfWork, problem: Problem, played: frozenset[Part]) -> Card:
    """The whole card."""
    card = brief_of(work, problem, played, names_in(work, [problem]))
    if Facet.TEXT not in card.facets:
        return card
    ids = sorted(work.problems.helpers(problem.id))
    named = work.people.names(ids)
    helpers = tuple(named.get(person_id, "") for person_id in ids)
    return replace(card, files=len(_report_files(work, problem)), measures=_measures(work, problem), helpers=helpers)


def brief_of(work: UnitOfWork, problem: Problem, played: frozenset[Part], names: Mapping[int | None, str]) -> Card:
    """The card as a line of a list needs it: without measures and files, which are asked for one problem at a time.
    ``names`` are those of ``names_in``."""
    facets = sees(problem, played)
    reads = Facet.TEXT in facets
    return Card(
        problem_id=problem.id,
        number=problem.number,
        level=problem.level,
        category=problem.category,
        state=problem.state,
        version=problem.version,
        parts=played,
        text=problem.text if reads else "",
        deadline=problem.deadline,
        unit_name=unit_name(work, problem.unit_id),
        created_at=problem.created_at,
        facets=facets,
        concerned=unit_name(work, problem.concerned_unit_id) if _is_to_assign(problem, played) else "",
        accountable=names.get(problem.accountable_id, ""),
        verifier=names.get(problem.verifier_id, ""),
        reason=problem.reason if reads else "",
        struck=problem.struck_at is not None,
        actions=_actions(problem, played),
    )


def _is_to_assign(problem: Problem, played: frozenset[Part]) -> bool:
    """Whether the unit it is about matters to this reader: who dispatches a report must know it, and who reported it
    chose it."""
    return problem.unit_id is None and problem.level is not Level.INDIVIDUAL and bool(played & _CHOOSING)


def card_now(work: UnitOfWork, problem: Problem, actor: Actor, calendar: WorkCalendar, now: datetime) -> Card:
    """The card as the actor sees it after what they did."""
    return dated(card_of(work, problem, parts_of(work, problem, actor)), calendar, now)


def dated(card: Card, calendar: WorkCalendar, now: datetime) -> Card:
    """The card with the working days that are left."""
    return replace(card, left=calendar.workdays_left(now, card.deadline)) if card.deadline is not None else card


def names_in(work: UnitOfWork, problems: Iterable[Problem], actor: Actor | None = None) -> dict[int | None, str]:
    """The names of those who answer for these problems and of those who verify them; the actor's own is known."""
    known = {actor.person_id: actor.name} if actor is not None else {}
    asked = {number for problem in problems for number in (problem.accountable_id, problem.verifier_id)}
    return known | work.people.names(asked - {None, *known})


def name_of(work: UnitOfWork, person_id: int | None) -> str:
    person = work.people.person(person_id) if person_id is not None else None
    return person.name if person is not None else ""


def mover(work: UnitOfWork, problem: Problem) -> str:
    """Who moved the problem last, as others may read it."""
    return REPORTER if problem.moved_by_id == problem.reporter_id else name_of(work, problem.moved_by_id)


def unit_name(work: UnitOfWork, unit_id: int | None) -> str:
    unit = work.people.unit(unit_id) if unit_id is not None else None
    return unit.name if unit is not None else ""


def unit_path(work: UnitOfWork, unit_id: int | None) -> str:
    unit = work.people.unit(unit_id) if unit_id is not None else None
    return unit.path if unit is not None else ""


def _around(work: UnitOfWork, problem: Problem, helpers: frozenset[int]) -> Around:
    unit = work.people.unit(problem.unit_id) if problem.unit_id is not None else None
    return Around(
        unit_path=unit.path if unit is not None else "",
        concerned_path=unit_path(work, problem.concerned_unit_id),
        reporter_path=unit_path(work, problem.reporter_unit_id),
        head_id=unit.head_person_id if unit is not None else None,
        helper_ids=helpers,
    )


def _actions(problem: Problem, played: frozenset[Part]) -> tuple[Action, ...]:
    possible = problem.possible(played)
    if problem.returns >= RETURNS_ALLOWED:
        return tuple(action for action in possible if action is not Action.RETURN)
    return possible


def _report_files(work: UnitOfWork, problem: Problem) -> list[int]:
    return [found.id for found, _ in work.problems.attachments(problem.id) if found.measure_id is None]


def _measures(work: UnitOfWork, problem: Problem) -> tuple[MeasureLine, ...]:
    proofs = [found.measure_id for found in work.problems.evidence(problem.id)]
    return tuple(
        MeasureLine(measure.id, measure.text, measure.done_at is not None, proofs.count(measure.id))
        for measure in work.problems.measures(problem.id)
    )
