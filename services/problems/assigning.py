"""Assigning: which unit, who answers for it, who verifies, until when. Each method is one use case."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.errors import DomainError, NotFound
from domain.people import Actor, Person, RoleKind, Unit
from domain.problems import Action, Level, Part, Problem
from domain.rectification import (
    Assignment,
    Beginning,
    UnitPlace,
    check_accountable,
    check_deadline,
    check_move,
    check_reason,
    check_verifier,
)
from domain.visibility import Card, belongs
from services.clock import Clock
from services.problems.cards import card_now, mover, name_of, parts_of, unit_name, unit_path
from services.problems.moving import move, take, write_down
from services.problems.telling import Telling
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

PICKED = 5
"""So many people picked before are offered as buttons."""

FOUND = 8


class Assigning:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def units(self, actor: Actor, unit_id: int | None) -> UnitPlace:
        """A place in the actor's own tree; without a unit, where that tree begins."""
        with self._work() as work:
            own, tops = _own_tree(work, actor)
            here = next((unit for unit in own if unit.id == unit_id), None)
            if unit_id is not None and here is None:
                raise NotFound
            if here is None and len(tops) == 1:
                here = tops[0]
            below = [unit for unit in own if unit.parent_id == here.id] if here is not None else tops
            parents = {unit.parent_id for unit in own}
            return UnitPlace(
                unit_id=here.id if here is not None else None,
                name=here.name if here is not None else "",
                up=here.parent_id if here is not None and here not in tops else None,
                below=tuple((unit.id, unit.name, unit.id in parents) for unit in below),
            )

    @reads
    def units_named(self, actor: Actor, part: str) -> list[tuple[int, str]]:
        """Units of the actor's own tree whose name contains ``part``."""
        with self._work() as work:
            own, _ = _own_tree(work, actor)
            return [(unit.id, unit.name) for unit in own if part.casefold() in unit.name.casefold()][:FOUND]

    @reads
    def start(self, actor: Actor, problem_id: int) -> Beginning:
        with self._work() as work:
            problem = _dispatched(work, actor, problem_id, Action.ASSIGN)
            if problem.level is Level.INDIVIDUAL:
                unit_id, person_id = problem.reporter_unit_id, problem.reporter_id
                return Beginning(problem.number, unit_id, unit_name(work, unit_id), person_id, name_of(work, person_id))
            named = problem.concerned_unit_id
            return Beginning(problem.number, named, unit_name(work, named))

    @reads
    def unit(self, actor: Actor, problem_id: int, unit_id: int) -> Unit:
        """A unit this actor may assign the problem to. Raises NotFound, or DomainError ``own-unit``."""
        with self._work() as work:
            _dispatched(work, actor, problem_id, Action.ASSIGN)
            unit = work.people.unit(unit_id)
            if unit is None:
                raise NotFound
            _check_unit(actor, unit.path)
            return unit

    @reads
    def candidates(self, actor: Actor, problem_id: int, unit_id: int, part: str) -> list[Person]:
        """People of the unit who may be made accountable: its head and those picked lately, or whose name contains
        ``part``."""
        with self._work() as work:
            _dispatched(work, actor, problem_id, Action.ASSIGN)
            unit = work.people.unit(unit_id)
            if unit is None:
                return []
            found = work.people.people_below(unit.path)
            if part:
                return [person for person in found if _matches(person, part)][:FOUND]
            picked, _ = work.problems.picked_by(actor.person_id or 0)
            known = {person.id: person for person in found}
            head = [unit.head_person_id] if unit.head_person_id is not None else []
            return [known[person_id] for person_id in dict.fromkeys((*head, *picked)) if person_id in known][:PICKED]

    @reads
    def verifiers(self, actor: Actor, problem_id: int, accountable_id: int, part: str) -> list[Person]:
        """People who may verify what ``accountable_id`` answers for."""
        with self._work() as work:
            _dispatched(work, actor, problem_id, Action.ASSIGN)
            if part:
                found = work.people.search(part, limit=4 * FOUND)
                return [person for person in found if _independent(work, accountable_id, person)][:FOUND]
            _, picked = work.problems.picked_by(actor.person_id or 0)
            people = work.people.people(picked)
            known = [people[person_id] for person_id in picked if person_id in people]
            return [person for person in known if _independent(work, accountable_id, person)][:PICKED]

    @reads
    def check(
        self, actor: Actor, problem_id: int, unit_id: int, accountable_id: int, verifier_id: int | None = None
    ) -> tuple[str, str, str]:
        """The names of what was chosen so far: unit, accountable person, verifier. Raises what ``assign`` would."""
        with self._work() as work:
            problem = _dispatched(work, actor, problem_id, Action.ASSIGN)
            _check_people(work, actor, problem, unit_id, accountable_id, verifier_id)
            names = (name_of(work, accountable_id), name_of(work, verifier_id))
            return (unit_name(work, unit_id), *names)

    @reads
    def deadline_in(self, workdays: int) -> datetime:
        """The end of the so-manieth working day after today."""
        with self._work() as work:
            return work.calendar.work_calendar(self._zone).deadline(self._clock.now(), workdays)

    @reads
    def is_workday(self, at: datetime) -> bool:
        with self._work() as work:
            return self._is_workday(work, at)

    @reads
    def check_move(self, actor: Actor, problem_id: int, seen: int, deadline: datetime) -> bool:
        """Whether the deadline may move to this day, before a reason is asked for; tells whether it is a working day.
        Raises what ``move_deadline`` would."""
        with self._work() as work:
            problem = work.problems.find(problem_id)
            if problem is None or Part.TRIAGE not in parts_of(work, problem, actor):
                raise NotFound
            problem.expect(seen, mover(work, problem))
            check_move(deadline, problem.deadline, work.problems.extensions(problem_id), self._clock.now())
            return self._is_workday(work, deadline)

    def _is_workday(self, work: UnitOfWork, at: datetime) -> bool:
        calendar = work.calendar.work_calendar(self._zone)
        return calendar.is_workday(calendar.date_of(at))

    def assign(self, actor: Actor, problem_id: int, seen: int, assignment: Assignment) -> Card:
        """Give the problem to a unit, one person in it, and a verifier.

        At the individual level the secretary who dispatches it also answers for the branch, so it is signed for in
        the same step.
        """
        now = self._clock.now()
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            check_deadline(assignment.deadline, now)
            _check_people(work, actor, problem, assignment.unit_id, assignment.accountable_id, assignment.verifier_id)
            move(work, problem, actor, Action.ASSIGN, now)
            problem.unit_id = assignment.unit_id
            problem.accountable_id, problem.verifier_id = assignment.accountable_id, assignment.verifier_id
            problem.deadline, problem.assigned_at, problem.reason = assignment.deadline, now, ""
            if problem.level is Level.INDIVIDUAL:
                move(work, problem, actor, Action.SIGN, now)
            calendar = work.calendar.work_calendar(self._zone)
            telling = Telling(work, problem, now, calendar, actor.person_id or 0)
            if problem.level is Level.INDIVIDUAL:
                telling.people("problem-to-plan", [problem.accountable_id])
            else:
                signers = telling.secretaries()
                telling.people("problem-assigned", signers)
                telling.people("problem-named", {problem.accountable_id} - set(signers))
            return card_now(work, problem, actor, calendar, now)

    def move_deadline(self, actor: Actor, problem_id: int, seen: int, deadline: datetime, reason: str) -> Card:
        """Another day, with a reason; the old one stays in the timeline."""
        now = self._clock.now()
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            said = check_reason(reason)
            before = problem.deadline
            problem.move(Action.MOVE_DEADLINE, parts_of(work, problem, actor), actor.person_id or 0, now)
            check_move(deadline, before, work.problems.extensions(problem_id), now)
            problem.deadline = deadline
            write_down(work, problem, actor, Action.MOVE_DEADLINE, now, Part.TRIAGE, said, (before, deadline))
            calendar = work.calendar.work_calendar(self._zone)
            telling = Telling(work, problem, now, calendar, actor.person_id or 0)
            telling.people("problem-deadline-moved", [problem.accountable_id, *telling.secretaries()], said)
            return card_now(work, problem, actor, calendar, now)


def _own_tree(work: UnitOfWork, actor: Actor) -> tuple[list[Unit], list[Unit]]:
    """The units an actor may assign to, in roster order, and those of them where the tree begins."""
    roots = {duty.path for duty in actor.duties if duty.role is RoleKind.SUPERVISOR}
    own = [unit for unit in work.people.units() if any(unit.path.startswith(path) for path in roots)]
    known = {unit.id for unit in own}
    return own, [unit for unit in own if unit.parent_id not in known]


def _dispatched(work: UnitOfWork, actor: Actor, problem_id: int, action: Action) -> Problem:
    """The problem, if this actor may dispatch it now; else it reads as one that does not exist."""
    problem = work.problems.find(problem_id)
    if problem is None or Part.TRIAGE not in parts_of(work, problem, actor):
        raise NotFound
    if not problem.may(action, frozenset({Part.TRIAGE})):
        raise DomainError("not-now")
    return problem


def _check_people(
    work: UnitOfWork, actor: Actor, problem: Problem, unit_id: int, accountable_id: int, verifier_id: int | None
) -> None:
    path = unit_path(work, unit_id)
    accountable = work.people.person(accountable_id)
    if not path or accountable is None or accountable.left_at is not None:
        raise NotFound
    if problem.level is not Level.INDIVIDUAL:
        _check_unit(actor, path)
    check_accountable(problem, accountable_id, unit_path(work, accountable.unit_id), path)
    if verifier_id is None:
        return
    verifier = work.people.person(verifier_id)
    if verifier is None or verifier.left_at is not None:
        raise NotFound
    check_verifier(
        accountable_id, verifier_id, unit_path(work, verifier.unit_id), work.people.paths_headed_by(accountable_id)
    )


def _check_unit(actor: Actor, path: str) -> None:
    if not actor.has(RoleKind.SUPERVISOR, path):
        raise NotFound
    if belongs(actor.unit_path, path):
        raise DomainError("own-unit")


def _independent(work: UnitOfWork, accountable_id: int, person: Person) -> bool:
    try:
        check_verifier(
            accountable_id, person.id, unit_path(work, person.unit_id), work.people.paths_headed_by(accountable_id)
        )
    except DomainError:
        return False
    return True


def _matches(person: Person, part: str) -> bool:
    return part.casefold() in person.name.casefold() or part == person.staff_number
