"""What a step lets people know: deliveries recorded in its commit, and the reporter's one card."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.deliveries import Delivery, Lane, key
from domain.people import Person, RoleKind
from domain.problems import OPEN, Level, Problem
from domain.workdays import WorkCalendar
from services.problems.cards import unit_name, unit_path
from storage.unit_of_work import UnitOfWork

CARD = "problem-card"
FILED = "problem-filed"

ASKING = (
    "problem-needs-info",
    "problem-assigned",
    "problem-named",
    "problem-returned",
    "problem-to-plan",
    "problem-to-verify",
    "problem-sent-back",
    "problem-deadline-moved",
)
"""What asks something of somebody. The next step makes it void where it was not yet sent."""

TITLE = 40


class Telling:
    """Speaks of one problem after one step. Unasked words wait for working hours; the reporter's card makes no sound,
    so it changes at once."""

    def __init__(self, work: UnitOfWork, problem: Problem, now: datetime, calendar: WorkCalendar, by: int) -> None:
        self._work = work
        self._problem = problem
        self._now = now
        self._calendar = calendar
        self._by = by
        self._not_before = calendar.next_open(now)
        work.deliveries.cancel_any([*ASKING, CARD], problem.number)
        self._refresh_card()

    def reporter(self, kind: str, reason: str = "") -> None:
        """A message of its own to the reporter: only for needs-info, declined, accepted, closed. Without the text, so
        that what is struck later stands in no payload."""
        self._record(kind, [self._problem.reporter_id], {"reason": reason})

    def people(self, kind: str, recipients: Iterable[int | None], reason: str = "") -> None:
        """A fact or a request to those who work on it; nobody is told of what they did themselves."""
        problem = self._problem
        deadline = problem.deadline if problem.state in OPEN else None
        extra = {
            "title": problem.title(TITLE),
            "reason": reason,
            "deadline": deadline.isoformat() if deadline is not None else None,
            "left": self._calendar.workdays_left(self._not_before, deadline) if deadline is not None else None,
        }
        self._record(kind, dict.fromkeys(found for found in recipients if found not in {None, self._by}), extra)

    def secretaries(self) -> list[int]:
        """Who signs for the unit in charge: its own secretaries, else the nearest above."""
        path = unit_path(self._work, self._problem.unit_id)
        found: list[Person] = self._work.people.nearest_holders(RoleKind.SECRETARY, path) if path else []
        return [person.id for person in found]

    def _record(self, kind: str, recipients: Iterable[int | None], extra: dict[str, Any]) -> None:
        problem = self._problem
        self._work.deliveries.record(
            *(
                Delivery(
                    dedupe_key=key(kind, problem.number, self._now, person_id or 0),
                    kind=kind,
                    subject=problem.number,
                    lane=Lane.FACTS,
                    payload={"v": 1, "problem": problem.id, "number": problem.number, **extra},
                    not_before=self._not_before,
                    created_at=self._now,
                    person_id=person_id,
                )
                for person_id in recipients
            )
        )

    def _refresh_card(self) -> None:
        """The receipt becomes the reporter's card: it always shows the state as it is."""
        problem = self._problem
        deadline = problem.deadline if problem.state in OPEN else None
        self._work.deliveries.record(
            Delivery(
                dedupe_key=key(CARD, problem.number, f"{problem.version}:{problem.state}:{self._now.isoformat()}", 0),
                kind=CARD,
                subject=problem.number,
                lane=Lane.FACTS,
                payload={
                    "v": 1,
                    "edits": key(FILED, problem.number, "once", problem.reporter_id),
                    "problem": problem.id,
                    "number": problem.number,
                    "state": problem.state.value,
                    "unit": unit_name(self._work, problem.unit_id) if problem.level is not Level.INDIVIDUAL else "",
                    "deadline": deadline.isoformat() if deadline is not None else None,
                },
                not_before=self._now,
                created_at=self._now,
                person_id=problem.reporter_id,
            )
        )
