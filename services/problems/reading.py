"""Problems as they are looked at: one card, and the lists that lead to it."""

from collections.abc import Collection, Iterable, Sequence
from zoneinfo import ZoneInfo

from domain.errors import DomainError, NotFound
from domain.people import Actor, RoleKind, require_member
from domain.problems import IN_HAND, OPEN, TRIAGE_QUEUE, Attachment, Level, Part, Problem, State
from domain.visibility import Card, Facet, TimelineLine, Totals, sees
from services.clock import Clock
from services.problems.cards import brief_of, card_of, dated, mover, name_of, names_in, parts_in, parts_of, visible
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


class Problems:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def may_triage(self, actor: Actor) -> None:
        """Refuse who has no part in triage: DomainError ``members-only`` or ``supervisors-only``."""
        require_member(actor)
        if not actor.has(RoleKind.SUPERVISOR):
            raise DomainError("supervisors-only")

    def may_sign(self, actor: Actor) -> None:
        """Refuse who signs for no unit: DomainError ``members-only`` or ``signers-only``."""
        require_member(actor)
        if not actor.has(RoleKind.SECRETARY):
            raise DomainError("signers-only")

    @reads
    def queue(self, actor: Actor) -> list[Card]:
        """What waits for a supervisor to dispatch it, the oldest first. Nobody's own shortcoming is among it."""
        if not actor.has(RoleKind.SUPERVISOR):
            return []
        with self._work() as work:
            found = self._cards(work, actor, work.problems.in_states(TRIAGE_QUEUE))
            return [card for card in found if Part.TRIAGE in card.parts and card.level is not Level.INDIVIDUAL]

    @reads
    def inbox(self, actor: Actor) -> list[Card]:
        """What waits for a unit's secretary: shortcomings people named in themselves, and what was assigned and not yet
        signed for. By deadline; what has none yet comes first. The work itself stands under what is due."""
        if not actor.has(RoleKind.SECRETARY):
            return []
        with self._work() as work:
            found = self._cards(work, actor, work.problems.in_states(TRIAGE_QUEUE | {State.ASSIGNED}))
            mine = [card for card in found if Part.SECRETARY in card.parts and card.actions]
            return sorted(mine, key=_by_deadline)

    @reads
    def to_verify(self, actor: Actor) -> list[Card]:
        """What the actor is asked to verify, by deadline."""
        with self._work() as work:
            found = work.problems.concerning(actor.person_id or 0, {State.VERIFYING})
            return [card for card in self._cards(work, actor, found) if Part.VERIFIER in card.parts]

    @reads
    def due(self, actor: Actor) -> list[Card]:
        """What has a deadline and concerns the actor, or a unit they are secretary or head of; by date."""
        with self._work() as work:
            found = work.problems.concerning(actor.person_id or 0, OPEN)
            paths = [duty.path for duty in actor.duties if duty.role is RoleKind.SECRETARY]
            paths += work.people.paths_headed_by(actor.person_id or 0)
            for path in paths:
                found += work.problems.of_units(path, OPEN)
            helped = work.problems.helped_by(actor.person_id or 0)
            found += [problem for problem in helped if problem.state in OPEN]
            return sorted(self._cards(work, actor, _each_once(found), helped), key=_by_deadline)

    @reads
    def mine(self, actor: Actor) -> tuple[list[Card], list[Card]]:
        """What the actor reported, the newest first, and what they answer for or help with: what is still to be done
        by date, then what is over."""
        person_id = actor.person_id or 0
        with self._work() as work:
            reported = work.problems.of_reporter(person_id)
            owned = [p for p in work.problems.concerning(person_id, frozenset(State)) if p.accountable_id == person_id]
            helped = work.problems.helped_by(person_id)
            newest = sorted(_each_once((*owned, *helped)), key=lambda problem: -problem.id)
            by_date = sorted(self._cards(work, actor, newest, helped), key=_still_to_do)
            return self._cards(work, actor, reported, helped), by_date

    @reads
    def asked_of(self, actor: Actor) -> tuple[int, int]:
        """How many of the actor's reports want more said about them, and how many problems are theirs to work on: they
        stand among what is theirs and among what is due."""
        person_id = actor.person_id or 0
        with self._work() as work:
            reported = work.problems.of_reporter(person_id)
            held = work.problems.concerning(person_id, IN_HAND)
        wanted = sum(problem.state is State.NEEDS_INFO for problem in reported)
        return wanted, sum(problem.accountable_id == person_id for problem in held)

    @reads
    def totals(self, actor: Actor) -> Totals | None:
        """Numbers and states over the whole organisation, which is all that an administrator sees of problems; None
        for anybody else, who has problems of their own to look at."""
        if not actor.has(RoleKind.ADMIN):
            return None
        with self._work() as work:
            return Totals(work.problems.counted(), work.problems.count_late(self._clock.now(), OPEN))

    @reads
    def card(self, actor: Actor, problem_id: int) -> Card:
        """One problem. Raises NotFound alike when there is none and when the actor may not see it."""
        with self._work() as work:
            return self._dated(work, visible(work, work.problems.find(problem_id), actor))

    @reads
    def current(self, actor: Actor, problem_id: int, seen: int) -> Card:
        """The card, if it is still the one that was seen. Raises Outdated with who moved the problem, and when."""
        with self._work() as work:
            problem = work.problems.find(problem_id)
            card = visible(work, problem, actor)
            if problem is not None:
                problem.expect(seen, mover(work, problem))
            return self._dated(work, card)

    @reads
    def by_number(self, actor: Actor, number: str) -> Card:
        """The same by the number people read aloud."""
        with self._work() as work:
            return self._dated(work, visible(work, work.problems.find_by_number(number), actor))

    @reads
    def timeline(self, actor: Actor, problem_id: int) -> tuple[Card, list[TimelineLine]]:
        """The card and every step so far. Whoever reported is never named in it."""
        with self._work() as work:
            problem = _readable(work, actor, problem_id, Facet.TIMELINE)
            lines = [
                TimelineLine(
                    at=event.at,
                    action=event.action,
                    part=event.part,
                    name="" if event.person_id == problem.reporter_id else name_of(work, event.person_id),
                    note=event.note,
                    before=event.before,
                    after=event.after,
                )
                for event in work.problems.timeline(problem.id)
            ]
            return self._dated(work, card_of(work, problem, parts_of(work, problem, actor))), lines

    @reads
    def files(self, actor: Actor, problem_id: int, measure_id: int | None = None) -> tuple[Card, list[int], list[str]]:
        """The card, the files (of the report, or of a measure's evidence) and the words of that evidence."""
        with self._work() as work:
            problem = _readable(work, actor, problem_id, Facet.TEXT)
            card = card_of(work, problem, parts_of(work, problem, actor))
            kept = [found for found, _ in work.problems.attachments(problem.id) if found.measure_id == measure_id]
            words = [found for found in work.problems.evidence(problem.id) if found.measure_id == measure_id]
            return card, _file_ids(kept), [found.text for found in words if found.text]

    def _cards(
        self, work: UnitOfWork, actor: Actor, found: Collection[Problem], helped: Sequence[Problem] | None = None
    ) -> list[Card]:
        """The brief cards of those problems the actor may see; ``helped``, where it is known already, are those the
        actor helps with."""
        if not found:
            return []
        calendar, now = work.calendar.work_calendar(self._zone), self._clock.now()
        helped = work.problems.helped_by(actor.person_id or 0) if helped is None else helped
        names = names_in(work, found, actor)
        return [
            dated(brief_of(work, problem, parts, names), calendar, now)
            for problem, parts in parts_in(work, found, actor, helped)
            if Facet.STATE in sees(problem, parts)
        ]

    def _dated(self, work: UnitOfWork, card: Card) -> Card:
        return dated(card, work.calendar.work_calendar(self._zone), self._clock.now())


def _readable(work: UnitOfWork, actor: Actor, problem_id: int, facet: Facet) -> Problem:
    problem = work.problems.find(problem_id)
    if problem is None or facet not in sees(problem, parts_of(work, problem, actor)):
        raise NotFound
    return problem


def _each_once(problems: Iterable[Problem]) -> Collection[Problem]:
    return {problem.id: problem for problem in problems}.values()


def _file_ids(kept: Collection[Attachment]) -> list[int]:
    return [found.file_id for found in kept if found.file_id is not None]


def _by_deadline(card: Card) -> tuple[bool, float, int]:
    return card.deadline is not None, card.deadline.timestamp() if card.deadline is not None else 0.0, card.problem_id


def _still_to_do(card: Card) -> tuple[bool, float]:
    is_open = card.state in OPEN and card.deadline is not None
    return not is_open, card.deadline.timestamp() if is_open and card.deadline is not None else 0.0
