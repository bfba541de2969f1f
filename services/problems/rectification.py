"""Rectification: the unit signs for a problem or returns it, plans measures, proves them, asks for closure."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.errors import DomainError, NotFound
from domain.files import Incoming
from domain.people import Actor, Person
from domain.problems import RETURNS_ALLOWED, Action, Attachment, Measure, Part, Problem, State
from domain.rectification import check_closable, check_measure, check_reason, check_words
from domain.visibility import Card
from services.clock import Clock
from services.problems.attachments import keep_files
from services.problems.cards import card_now, parts_of, unit_path
from services.problems.moving import move, take, write_down
from services.problems.telling import Telling
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

FOUND = 8

HELP = "help"
"""A line of the timeline for whoever was asked to help; it changes no state."""


class Rectification:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def sign(self, actor: Actor, problem_id: int, seen: int) -> Card:
        """The unit takes it on."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            telling = self._step(work, actor, problem, Action.SIGN)
            telling.people("problem-to-plan", [problem.accountable_id])
            return self._card(work, actor, problem)

    def give_back(self, actor: Actor, problem_id: int, seen: int, reason: str) -> Card:
        """Return it to whoever assigned it, once. Raises DomainError ``returned-before``."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            said = check_reason(reason)
            if problem.may(Action.RETURN, parts_of(work, problem, actor)) and problem.returns >= RETURNS_ALLOWED:
                raise DomainError("returned-before")
            telling = self._step(work, actor, problem, Action.RETURN, said)
            problem.returns += 1
            problem.reason = said
            assigned = work.problems.last(problem.id, Action.ASSIGN)
            telling.people("problem-returned", [assigned.person_id if assigned is not None else None], said)
            return self._card(work, actor, problem)

    def plan(self, actor: Actor, problem_id: int, texts: Sequence[str]) -> Card:
        """Add measures. Raises DomainError ``measure-empty``, ``text-too-long``."""
        now = self._clock.now()
        with self._work() as work:
            problem = take(work, actor, problem_id)
            said = [check_measure(text) for text in texts or [""]]
            if problem.state is State.SIGNED:
                self._step(work, actor, problem, Action.PLAN)
            else:
                move(work, problem, actor, Action.PLAN, now)
            for text in said:
                work.problems.add_measure(Measure(problem.id, text, now, actor.person_id or 0))
            return self._card(work, actor, problem)

    def prove(
        self, actor: Actor, problem_id: int, measure_id: int, texts: Sequence[str], files: Sequence[Incoming] = ()
    ) -> Card:
        """Add evidence to a measure: files, or some words. Raises DomainError ``evidence-empty``, ``text-too-long``."""
        now = self._clock.now()
        with self._work() as work:
            problem = take(work, actor, problem_id)
            measure = _measure(work, problem, measure_id)
            if not texts and not files:
                raise DomainError("evidence-empty")
            move(work, problem, actor, Action.EVIDENCE, now)
            keep_files(work, problem.id, files, actor.person_id or 0, now, measure.id)
            for text in texts:
                words = check_words(text)
                work.problems.attach(Attachment(problem.id, None, now, actor.person_id or 0, measure.id, words))
            return self._card(work, actor, problem)

    def finish(self, actor: Actor, problem_id: int, measure_id: int) -> Card:
        """The measure is done. Saying so twice changes nothing."""
        now = self._clock.now()
        with self._work() as work:
            problem = take(work, actor, problem_id)
            measure = _measure(work, problem, measure_id)
            if measure.done_at is None:
                move(work, problem, actor, Action.FINISH, now)
                measure.done_at, measure.done_by_id = now, actor.person_id
            return self._card(work, actor, problem)

    @reads
    def colleagues(self, actor: Actor, problem_id: int, part: str) -> list[Person]:
        """People of the unit in charge who may help: those whose name contains ``part``."""
        with self._work() as work:
            problem = work.problems.find(problem_id)
            if problem is None or not problem.may(Action.PLAN, parts_of(work, problem, actor)):
                raise NotFound
            if not part:
                return []
            path = unit_path(work, problem.unit_id)
            found = [person for person in work.people.people_below(path) if person.id != problem.accountable_id]
            return [person for person in found if part.casefold() in person.name.casefold()][:FOUND]

    def ask_for_help(self, actor: Actor, problem_id: int, helper_id: int) -> Card:
        """Let somebody of the unit work on it too. Raises DomainError ``not-of-unit``."""
        now = self._clock.now()
        with self._work() as work:
            problem = take(work, actor, problem_id)
            person = work.people.person(helper_id)
            if not problem.may(Action.PLAN, parts_of(work, problem, actor)):
                raise DomainError("not-yours")
            if person is None or person.left_at is not None:
                raise NotFound
            if not unit_path(work, person.unit_id).startswith(unit_path(work, problem.unit_id)):
                raise DomainError("not-of-unit")
            if work.problems.add_helper(problem.id, helper_id):
                write_down(work, problem, actor, HELP, now, Part.ACCOUNTABLE, person.name)
            return self._card(work, actor, problem)

    def request_closure(self, actor: Actor, problem_id: int, seen: int) -> Card:
        """Ask the verifier to close it. Raises DomainError ``measures-missing``, ``measures-open``,
        ``evidence-missing``."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            if problem.may(Action.REQUEST_CLOSURE, parts_of(work, problem, actor)):
                proven = {found.measure_id for found in work.problems.evidence(problem.id)}
                check_closable(work.problems.measures(problem.id), {found for found in proven if found is not None})
            telling = self._step(work, actor, problem, Action.REQUEST_CLOSURE)
            telling.people("problem-to-verify", [problem.verifier_id])
            return self._card(work, actor, problem)

    def close(self, actor: Actor, problem_id: int, seen: int) -> Card:
        """The verifier is satisfied. Everybody who worked on it and the reporter hear of it; reminders end."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            telling = self._step(work, actor, problem, Action.CLOSE)
            problem.closed_at = self._clock.now()
            telling.people("problem-done", [problem.accountable_id, *telling.secretaries()])
            telling.reporter("problem-closed")
            return self._card(work, actor, problem)

    def send_back(self, actor: Actor, problem_id: int, seen: int, reason: str) -> Card:
        """Not good enough yet, and why; measures, evidence and the deadline stay."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            said = check_reason(reason)
            telling = self._step(work, actor, problem, Action.SEND_BACK, said)
            problem.reason = said
            asked = work.problems.last(problem.id, Action.REQUEST_CLOSURE)
            requester = asked.person_id if asked is not None else None
            telling.people("problem-sent-back", [problem.accountable_id, requester], said)
            return self._card(work, actor, problem)

    def _step(self, work: UnitOfWork, actor: Actor, problem: Problem, action: Action, note: str = "") -> Telling:
        now = self._clock.now()
        move(work, problem, actor, action, now, note)
        return Telling(work, problem, now, work.calendar.work_calendar(self._zone), actor.person_id or 0)

    def _card(self, work: UnitOfWork, actor: Actor, problem: Problem) -> Card:
        return card_now(work, problem, actor, work.calendar.work_calendar(self._zone), self._clock.now())


def _measure(work: UnitOfWork, problem: Problem, measure_id: int) -> Measure:
    found = next((measure for measure in work.problems.measures(problem.id) if measure.id == measure_id), None)
    if found is None:
        raise NotFound
    return found
