"""Assessment deadlines: planned, answered for by one person of each unit, submitted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.assessments import (
    MAX_NOTE,
    Assessment,
    AssessmentCard,
    AssessmentPlan,
    OwedLine,
    PeoplePage,
    Responsible,
    Submission,
)
from domain.audiences import fitting, may_plan, required_words
from domain.deliveries import Delivery, Lane, key
from domain.errors import DomainError, NotFound
from domain.files import Incoming
from domain.people import Actor, Person, RoleKind, Unit
from domain.reminders import ASSESSMENT_LADDER, Due
from domain.studies import MAX_FILES, MAX_MATERIAL, MAX_TITLE
from domain.workdays import WorkCalendar
from services.arrivals import file_id_of
from services.audiences import planned_units
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

NEW = "assessment-new"
CANCELLED = "assessment-cancelled"
LOOK_BACK = timedelta(days=60)
PAGE = 8

Owed = Sequence[tuple[Submission, Unit]]


class Assessments:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def responsible(self, actor: Actor, unit_ids: Collection[int], chosen: dict[int, int]) -> list[Responsible]:
        """Who answers for each unit: whom the planner chose, else the nearest secretary, else nobody yet."""
        with self._work() as work:
            found = []
            for unit in planned_units(work, actor, unit_ids):
                person = work.people.person(chosen[unit.id]) if unit.id in chosen else _secretary(work, unit)
                known = (person.id, person.name) if person is not None else (None, "")
                found.append(Responsible(unit.id, unit.name, *known))
            return found

    @reads
    def candidates(self, actor: Actor, unit_id: int, part: str = "", page: int = 0) -> PeoplePage:
        """Who may answer for a unit: its own people and its secretaries, those whose names contain ``part``."""
        with self._work() as work:
            [unit] = planned_units(work, actor, [unit_id])
            found = [one for one in _candidates(work, unit) if part.casefold() in one.name.casefold()]
            pages = max(1, -(-len(found) // PAGE))
            page = min(max(0, page), pages - 1)
            shown = found[page * PAGE : (page + 1) * PAGE]
            return PeoplePage(tuple((one.id, one.name) for one in shown), page, pages)

    def plan(self, actor: Actor, plan: AssessmentPlan) -> Assessment:
        """Set a deadline and tell those who answer for it. Raises NotFound for units or people that are not the
        actor's to name, DomainError ``when-past``, ``words-missing``, ``text-too-long``."""
        now = self._clock.now()
        with self._work() as work:
            units = planned_units(work, actor, plan.people.keys())
            for unit in units:
                if plan.people[unit.id] not in {one.id for one in _candidates(work, unit)}:
                    raise NotFound
            if plan.due_at <= now:
                raise DomainError("when-past")
            assessment = Assessment(
                title=required_words(plan.title, MAX_TITLE),
                due_at=plan.due_at,
                material=fitting(plan.material, MAX_MATERIAL),
                created_by_id=actor.person_id or 0,
                created_at=now,
            )
            files = [file_id_of(work, incoming, now) for incoming in plan.files[:MAX_FILES]]
            work.assessments.add(assessment, plan.people.items(), files)
            work.audit.record(now, actor.person_id, "assessment.plan", str(assessment.id), units=list(plan.people))
            told = self._tell(work, assessment, [(plan.people[unit.id], unit) for unit in units], NEW, now)
            self._receipt(work, assessment, actor, "assessment-planned", now, units=len(units), told=told)
            return assessment

    @reads
    def mine(self, actor: Actor) -> list[AssessmentCard]:
        """What the actor answers for and was not submitted, the nearest deadline first."""
        with self._work() as work:
            owed = work.assessments.owed(actor.person_id) if actor.person_id is not None else []
            own = dict.fromkeys(assessment for assessment, _, _ in owed)
            return [self._card(work, assessment, actor) for assessment in own]

    @reads
    def owed(self, actor: Actor) -> int:
        """How many things the actor answers for that were not submitted."""
        with self._work() as work:
            found = work.assessments.owed(actor.person_id) if actor.person_id is not None else []
            return len({assessment.id for assessment, _, _ in found})

    @reads
    def planned(self, actor: Actor) -> list[AssessmentCard]:
        """What the actor planned, or might have, and is not long past, the nearest deadline first."""
        with self._work() as work:
            return [
                self._card(work, assessment, actor)
                for assessment in work.assessments.current(self._clock.now() - LOOK_BACK)
                if _planned(assessment, work.assessments.submissions(assessment.id), actor)
            ]

    @reads
    def card(self, actor: Actor, assessment_id: int) -> AssessmentCard:
        """One assessment. Raises NotFound alike when there is none and when it does not concern the actor."""
        with self._work() as work:
            _, card = self._seen(work, work.assessments.find(assessment_id), actor)
            return card

    @reads
    def material(self, actor: Actor, assessment_id: int, unit_id: int = 0) -> list[int]:
        """The files of the material, or those that a unit submitted, by their ids."""
        with self._work() as work:
            _, card = self._seen(work, work.assessments.find(assessment_id), actor)
            if not unit_id:
                return work.assessments.file_ids(assessment_id)
            owed, _ = _line(work, card, unit_id)
            return work.assessments.submitted_file_ids(owed.id)

    def submit(
        self, actor: Actor, assessment_id: int, unit_id: int, note: str = "", files: Sequence[Incoming] = ()
    ) -> None:
        """Hand in what a unit owes, once. By who answers for it or the unit's secretary; Outdated the second time."""
        now = self._clock.now()
        with self._work() as work:
            assessment, card = self._seen(work, work.assessments.take(assessment_id), actor)
            owed, unit = _line(work, card, unit_id)
            if not _mine(owed, unit, actor):
                raise DomainError("not-yours")
            if card.is_cancelled:
                raise DomainError("assessment-cancelled")
            owed.submit(fitting(note, MAX_NOTE), actor.person_id or 0, now, _name(work, owed.submitted_by_id))
            work.assessments.attach(owed.id, [file_id_of(work, incoming, now) for incoming in files[:MAX_FILES]])
            work.audit.record(now, actor.person_id, "assessment.submit", str(assessment.id), unit=unit.id)
            self._receipt(work, assessment, actor, "assessment-submitted", now, unit=unit.name, unit_id=unit.id)

    def hand_over(self, actor: Actor, assessment_id: int, unit_id: int, person_id: int) -> AssessmentCard:
        """Let somebody else answer for a unit: by the planner or the unit's secretary."""
        now = self._clock.now()
        with self._work() as work:
            assessment, card = self._seen(work, work.assessments.take(assessment_id), actor)
            owed, unit = _line(work, card, unit_id)
            if person_id not in {one.id for one in _candidates(work, unit)}:
                raise NotFound
            if assessment.created_by_id != actor.person_id and not may_plan(actor, [unit.path]):
                raise DomainError("not-yours")
            owed.hand_over(person_id)
            work.audit.record(now, actor.person_id, "assessment.hand-over", str(assessment.id), unit=unit.id)
            self._tell(work, assessment, [(person_id, unit)], NEW, now)
            return self._card(work, assessment, actor)

    def cancel(self, actor: Actor, assessment_id: int, seen: int) -> None:
        """Call it off: nobody is reminded any more, and who still owed it is told."""
        now = self._clock.now()
        with self._work() as work:
            assessment, card = self._seen(work, work.assessments.take(assessment_id), actor)
            if not card.planned:
                raise DomainError("not-yours")
            assessment.expect(seen, _name(work, assessment.changed_by_id))
            assessment.cancel(actor.person_id or 0, now)
            work.audit.record(now, actor.person_id, "assessment.cancel", str(assessment.id))
            work.deliveries.cancel(NEW, str(assessment.id))
            open_lines = [pair for pair in work.assessments.submissions(assessment.id) if pair[0].submitted_at is None]
            told = self._tell(work, assessment, [(owed.person_id, unit) for owed, unit in open_lines], CANCELLED, now)
            self._receipt(work, assessment, actor, "assessment-cancel-done", now, told=told)

    def _seen(self, work: UnitOfWork, found: Assessment | None, actor: Actor) -> tuple[Assessment, AssessmentCard]:
        if found is None:
            raise NotFound
        return found, self._card(work, found, actor)

    def _card(self, work: UnitOfWork, assessment: Assessment, actor: Actor) -> AssessmentCard:
        owed = work.assessments.submissions(assessment.id)
        planned = _planned(assessment, owed, actor)
        shown = [(one, unit) for one, unit in owed if planned or _mine(one, unit, actor)]
        if not shown:
            raise NotFound
        people = work.people.people({one.person_id for one, _ in shown})
        calendar, came = work.calendar.work_calendar(self._zone), work.assessments.submitted_file_counts(assessment.id)
        return AssessmentCard(
            assessment_id=assessment.id,
            version=assessment.version,
            title=assessment.title,
            due_at=assessment.due_at,
            left=calendar.workdays_left(self._clock.now(), assessment.due_at),
            material=assessment.material,
            files=len(work.assessments.file_ids(assessment.id)),
            is_cancelled=assessment.cancelled_at is not None,
            planned=planned,
            lines=tuple(
                OwedLine(
                    unit_id=unit.id,
                    unit_name=unit.name,
                    person_name=people[one.person_id].name,
                    submitted_at=one.submitted_at,
                    note=one.note,
                    files=came.get(one.id, 0),
                    mine=_mine(one, unit, actor),
                )
                for one, unit in shown
            ),
        )

    def _tell(
        self, work: UnitOfWork, assessment: Assessment, people: Iterable[tuple[int, Unit]], kind: str, now: datetime
    ) -> int:
        """One message for each person, whatever number of units they answer for; gives back how many."""
        opens = work.calendar.work_calendar(self._zone).next_open(now)
        by_person: dict[int, list[Unit]] = defaultdict(list)
        for person_id, unit in people:
            by_person[person_id].append(unit)
        calendar = work.calendar.work_calendar(self._zone)
        return work.deliveries.record(
            *(
                Delivery(
                    dedupe_key=key(kind, _units_key(assessment, units), assessment.due_at, person_id),
                    kind=kind,
                    subject=str(assessment.id),
                    lane=Lane.NOTICES,
                    payload={
                        **_plain(assessment),
                        "left": calendar.workdays_left(opens, assessment.due_at),
                        "units": [unit.name for unit in units],
                        "unit": units[0].id if len(units) == 1 else 0,
                    },
                    not_before=opens,
                    created_at=now,
                    person_id=person_id,
                )
                for person_id, units in by_person.items()
            )
        )

    def _receipt(
        self, work: UnitOfWork, assessment: Assessment, actor: Actor, kind: str, now: datetime, **more: Any
    ) -> None:
        subject = f"{assessment.id}.{more.get('unit_id', 0)}"
        work.deliveries.record(
            Delivery(
                dedupe_key=key(kind, subject, assessment.due_at, actor.person_id or 0),
                kind=kind,
                subject=str(assessment.id),
                lane=Lane.FACTS,
                payload={**_plain(assessment), **more},
                not_before=now,
                created_at=now,
                person_id=actor.person_id,
                account_id=actor.account_id,
            )
        )


def due_assessments(work: UnitOfWork, calendar: WorkCalendar, now: datetime) -> list[Due]:
    """What was not submitted, once for each person, whatever number of units they answer for."""
    owed = dict.fromkeys((assessment, one.person_id) for assessment, one, _ in work.assessments.owed())
    return [
        Due(
            "assessment",
            str(assessment.id),
            assessment.title,
            assessment.due_at,
            person_id,
            calendar.workdays_left(now, assessment.due_at),
            ASSESSMENT_LADDER,
        )
        for assessment, person_id in owed
    ]


def _planned(assessment: Assessment, owed: Owed, actor: Actor) -> bool:
    if assessment.created_by_id == actor.person_id:
        return True
    return may_plan(actor, [unit.path for _, unit in owed])


def _mine(owed: Submission, unit: Unit, actor: Actor) -> bool:
    return owed.person_id == actor.person_id or actor.has(RoleKind.SECRETARY, unit.path)


def _line(work: UnitOfWork, card: AssessmentCard, unit_id: int) -> tuple[Submission, Unit]:
    """A unit's line, if it is on the card. Raises NotFound."""
    if unit_id in {line.unit_id for line in card.lines}:
        for owed, unit in work.assessments.submissions(card.assessment_id):
            if unit.id == unit_id:
                return owed, unit
    raise NotFound


def _secretary(work: UnitOfWork, unit: Unit) -> Person | None:
    return next(iter(work.people.holders(RoleKind.SECRETARY, unit.path)), None)


def _candidates(work: UnitOfWork, unit: Unit) -> list[Person]:
    secretaries = work.people.holders(RoleKind.SECRETARY, unit.path)
    return list(dict.fromkeys([*secretaries, *work.people.people_below(unit.path)]))


def _units_key(assessment: Assessment, units: Sequence[Unit]) -> str:
    """At most one unit stands in the key: who answers for several hears of them in one message."""
    return f"{assessment.id}.{units[0].id}"


def _name(work: UnitOfWork, person_id: int | None) -> str:
    person = work.people.person(person_id) if person_id is not None else None
    return person.name if person is not None else ""


def _plain(assessment: Assessment) -> dict[str, Any]:
    return {"v": 1, "assessment": assessment.id, "title": assessment.title, "at": assessment.due_at.isoformat()}
