"""One step of a problem's life: the root taken, the version compared, the table asked, the history written."""

from datetime import datetime

from domain.people import Actor
from domain.problems import MOVES, Action, Event, Part, Problem
from services.problems.cards import mover, parts_of, visible
from storage.unit_of_work import UnitOfWork


def take(work: UnitOfWork, actor: Actor, problem_id: int, seen: int | None = None) -> Problem:
    """The problem, locked. Raises NotFound, or Outdated when somebody moved it since the card that showed ``seen``."""
    problem = work.problems.take(problem_id)
    visible(work, problem, actor)
    assert problem is not None  # noqa: S101 - what is visible exists
    if seen is not None:
        problem.expect(seen, mover(work, problem))
    return problem


def move(
    work: UnitOfWork, problem: Problem, actor: Actor, action: Action, now: datetime, note: str = ""
) -> frozenset[Part]:
    """Take the step and write it down; gives back the parts the actor plays. Raises ``not-now`` or ``not-yours``."""
    played = parts_of(work, problem, actor)
    known = MOVES.get((problem.state, action))
    problem.move(action, played, actor.person_id or 0, now)
    part = next(part for part in Part if part in played and known is not None and part in known[1])
    write_down(work, problem, actor, action, now, part, note)
    return played


def write_down(
    work: UnitOfWork,
    problem: Problem,
    actor: Actor,
    action: str,
    now: datetime,
    part: Part,
    note: str = "",
    deadlines: tuple[datetime | None, datetime | None] = (None, None),
) -> None:
    """One line of the timeline and one of the audit; ``deadlines`` are the old one and the new one."""
    before, after = deadlines
    work.problems.note(
        Event(problem.id, now, action, problem.state, actor.person_id, part, note, before=before, after=after)
    )
    work.audit.record(now, actor.person_id, f"problem.{action}", problem.number)
