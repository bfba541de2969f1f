"""Reports: what somebody fills in becomes a problem with a number. Each method is one use case and one transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.deliveries import Delivery, Lane, key
from domain.errors import DomainError, NotFound
from domain.people import Actor, RoleKind, Unit, UnitKind, require_member, require_point_officer
from domain.problems import Action, Concerns, Event, Level, Part, Problem, Report, number
from domain.reporting import check_length
from domain.visibility import Card, belongs
from services.clock import Clock
from services.problems.attachments import keep_files
from services.problems.cards import card_of, dated, name_of, unit_path
from services.problems.telling import Telling
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

ALBUM_SETTLES = timedelta(seconds=1)
"""The pieces of an album follow one another within this time."""


class Reports:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def report(self, actor: Actor, report: Report) -> Problem:
        """File a problem. The reporter is told the number by a delivery of the same commit, so nobody reads a number
        that does not exist. Raises DomainError ``members-only``, ``point-officers-only`` (for what has a source),
        ``text-empty``, ``text-too-long``."""
        if actor.person_id is None or actor.unit_id is None:
            raise DomainError("members-only")
        if report.source:
            require_point_officer(actor)
        if not report.text.strip() and not report.files:
            raise DomainError("text-empty")
        check_length(report.text)
        now = self._clock.now()
        year = now.astimezone(self._zone).year
        with self._work() as work:
            _require_triage(work, actor, report.level, report.concerned_unit_id)
            problem = work.problems.add(
                Problem(
                    number=number(year, work.counters.next("problem", year)),
                    level=report.level,
                    category=report.category,
                    concerns=report.concerns,
                    concerned_unit_id=report.concerned_unit_id,
                    text=report.text.strip(),
                    source=report.source,
                    latitude=report.latitude,
                    longitude=report.longitude,
                    reporter_id=actor.person_id,
                    reporter_unit_id=actor.unit_id,
                    created_at=now,
                )
            )
            keep_files(work, problem.id, report.files, actor.person_id, now)
            work.problems.note(Event(problem.id, now, "report", problem.state, actor.person_id, Part.REPORTER))
            work.audit.record(now, actor.person_id, "problem.report", problem.number)
            work.deliveries.record(self._receipt(actor, problem, now))
            return problem

    def _receipt(self, actor: Actor, problem: Problem, now: datetime) -> Delivery:
        return Delivery(
            dedupe_key=key("problem-filed", problem.number, "once", actor.person_id or 0),
            kind="problem-filed",
            lane=Lane.FACTS,
            payload={"v": 1, "problem": problem.id, "number": problem.number, "opinion": bool(problem.source)},
            not_before=now,
            created_at=now,
            person_id=actor.person_id,
            account_id=actor.account_id,
        )

    @reads
    def units(self, actor: Actor) -> list[Unit]:
        """The units a problem may concern, in roster order. Raises DomainError ``members-only``."""
        require_member(actor)
        with self._work() as work:
            return work.people.units((UnitKind.OFFICE, UnitKind.ORGAN, UnitKind.DEPARTMENT))

    @reads
    def check_triage(self, actor: Actor, draft: Mapping[str, Any]) -> None:
        """Refuse, as soon as that is chosen, what nobody could dispatch. Raises DomainError ``report-nobody-triages``,
        ``report-nobody-reads``."""
        require_member(actor)
        mine = draft.get("concerns") == Concerns.MINE
        with self._work() as work:
            unit_id = actor.unit_id if mine else draft.get("concerned_unit")
            _require_triage(work, actor, Level(draft["level"]), unit_id)

    @reads
    def opinions(self, actor: Actor) -> list[Card]:
        """What the actor's supervision point has entered, the newest first, with its state."""
        require_point_officer(actor)
        with self._work() as work:
            found = []
            for duty in actor.duties:
                if duty.role is RoleKind.POINT_OFFICER:
                    found += work.problems.entered_by_unit(duty.path)
            return [card_of(work, problem, frozenset({Part.REPORTER})) for problem in found]

    @reads
    def opinion(self, actor: Actor, problem_id: int) -> tuple[Card, bool]:
        """One of them, and whether the actor entered it: a colleague reads it and changes nothing. Any other problem
        reads as one that does not exist."""
        require_point_officer(actor)
        paths = tuple(duty.path for duty in actor.duties if duty.role is RoleKind.POINT_OFFICER)
        with self._work() as work:
            problem = work.problems.find(problem_id)
            unit = work.people.unit(problem.reporter_unit_id) if problem is not None else None
            if problem is None or unit is None or not problem.source or not unit.path.startswith(paths):
                raise NotFound
            card = card_of(work, problem, frozenset({Part.REPORTER}))
            calendar = work.calendar.work_calendar(self._zone)
            return dated(card, calendar, self._clock.now()), problem.reporter_id == actor.person_id

    def album_arrived(self, actor: Actor, group: str) -> None:
        """Say once for all the pieces of an album that they have come: they come one by one, without an end."""
        now = self._clock.now()
        with self._work() as work:
            work.deliveries.record(
                Delivery(
                    dedupe_key=key("report-album", group, "once", actor.account_id or 0),
                    kind="report-album",
                    lane=Lane.FACTS,
                    payload={"v": 1},
                    not_before=now + ALBUM_SETTLES,
                    created_at=now,
                    person_id=actor.person_id,
                    account_id=actor.account_id,
                )
            )

    @reads
    def own(self, actor: Actor, problem_id: int) -> str:
        """The number of the actor's own report. Anybody else's reads as one that does not exist."""
        with self._work() as work:
            return _own(work.problems.find(problem_id), actor).number

    def correct(self, actor: Actor, problem_id: int, seen: int, text: str) -> Problem:
        """Replace a report's text, as long as nobody has accepted it."""
        if not text.strip():
            raise DomainError("text-empty")
        check_length(text)
        with self._work() as work:
            problem = self._moved(work, actor, problem_id, seen, Action.CORRECT)
            problem.text = text.strip()
            return problem

    def withdraw(self, actor: Actor, problem_id: int, seen: int) -> str:
        """Take a report back, as long as nobody has accepted it; gives back its number."""
        with self._work() as work:
            return self._moved(work, actor, problem_id, seen, Action.WITHDRAW).number

    def _moved(self, work: UnitOfWork, actor: Actor, problem_id: int, seen: int, action: Action) -> Problem:
        now = self._clock.now()
        problem = _own(work.problems.take(problem_id), actor)
        problem.expect(seen, name_of(work, problem.moved_by_id))
        problem.move(action, frozenset({Part.REPORTER}), problem.reporter_id, now)
        work.problems.note(Event(problem.id, now, action, problem.state, actor.person_id, Part.REPORTER))
        work.audit.record(now, actor.person_id, f"problem.{action}", problem.number)
        # The card shows the new state, and what was asked of the reporter but not yet said is void.
        Telling(work, problem, now, work.calendar.work_calendar(self._zone), problem.reporter_id)
        return problem


def _require_triage(work: UnitOfWork, actor: Actor, level: Level, concerned_unit_id: int | None) -> None:
    """A report that nobody may dispatch would wait for ever."""
    if level is Level.INDIVIDUAL:
        readers = work.people.holders(RoleKind.SECRETARY, actor.unit_path or "/")
        if all(reader.id == actor.person_id for reader in readers):
            raise DomainError("report-nobody-reads")
        return
    path = actor.unit_path if concerned_unit_id == actor.unit_id else unit_path(work, concerned_unit_id)
    if all(belongs(home, path) for home in work.people.homes_of_holders(RoleKind.SUPERVISOR)):
        raise DomainError("report-nobody-triages")


def _own(problem: Problem | None, actor: Actor) -> Problem:
    if problem is None or problem.reporter_id != actor.person_id:
        raise NotFound
    return problem
