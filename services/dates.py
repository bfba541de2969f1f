"""Everything with a date that concerns somebody, from every area."""

from domain.assessments import AssessmentCard
from domain.people import Actor, require_member
from domain.studies import SessionCard
from domain.visibility import Card
from services.assessments import Assessments
from services.problems.reading import Problems
from services.studies.sessions import Studies
from storage.lanes import reads_at_once


class Dates:
    """Reads only, through each area's own list."""

    def __init__(self, problems: Problems, assessments: Assessments, studies: Studies) -> None:
        self._problems = problems
        self._assessments = assessments
        self._studies = studies

    @reads_at_once
    def of(self, actor: Actor) -> tuple[list[Card], list[AssessmentCard], list[SessionCard]]:
        """Problems by deadline, assessments still owed, sessions to come. Raises DomainError ``members-only``."""
        require_member(actor)
        return self._problems.due(actor), self._assessments.mine(actor), self._studies.upcoming(actor)
