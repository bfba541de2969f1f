"""Problems in the daily digest: whoever must take the next step, and the head of the unit when it is long overdue."""

from datetime import datetime

from domain.problems import OPEN, Level, Problem, State
from domain.reminders import HEAD_LADDER, PROBLEM_LADDER, Due
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork

TITLE = 40


def due_problems(work: UnitOfWork, calendar: WorkCalendar, now: datetime) -> list[Due]:
    found = []
    for problem in work.problems.in_states(OPEN):
        if problem.deadline is None:
            continue
        left = calendar.workdays_left(now, problem.deadline)
        found += _owner(problem, problem.deadline, left) + _head(work, problem, problem.deadline, left)
    return found


def _owner(problem: Problem, at: datetime, left: int) -> list[Due]:
    """While the closure is being verified the next step is the verifier's, and the owner is left in peace."""
    person_id = problem.verifier_id if problem.state is State.VERIFYING else problem.accountable_id
    if person_id is None:
        return []
    title = problem.title(TITLE)
    return [Due("problem", problem.number, title, at, person_id, left, PROBLEM_LADDER)]


def _head(work: UnitOfWork, problem: Problem, at: datetime, left: int) -> list[Due]:
    """The head learns the number and the unit, not the text; of somebody's own shortcoming nothing at all."""
    unit = work.people.unit(problem.unit_id) if problem.unit_id is not None else None
    if unit is None or problem.level is Level.INDIVIDUAL or problem.state is State.VERIFYING:
        return []
    if unit.head_person_id is None or unit.head_person_id == problem.accountable_id:
        return []
    return [Due("problem-head", problem.number, unit.name, at, unit.head_person_id, left, HEAD_LADDER)]
