"""What waits for whom: the counts on the menu."""

from domain.people import Actor
from services.assessments import Assessments
from services.joining.confirming import Confirming
from services.notices.reading import Notices
from services.problems.reading import Problems
from services.quiz import Quiz
from services.setup import SetUp
from services.studies.rolls import Rolls
from storage.lanes import reads


class Waiting:
    """Reads only, through each area, so that what is counted stands in the list behind the command."""

    def __init__(
        self,
        problems: Problems,
        notices: Notices,
        quiz: Quiz,
        rolls: Rolls,
        assessments: Assessments,
        confirming: Confirming,
        set_up: SetUp,
    ) -> None:
        self._problems = problems
        self._rolls = rolls
        self._assessments = assessments
        self._notices = notices
        self._confirming = confirming
        self._quiz = quiz
        self._set_up = set_up

    @reads
    def counts(self, actor: Actor) -> dict[str, int]:
        """How many things wait behind each command; a command with nothing is not in it."""
        wanted, held = self._problems.asked_of(actor)
        counts = {
            "setup": self._set_up.left(actor),
            "my": wanted,
            "due": held,
            "roll": sum(not place.called for place in self._rolls.places(actor)),
            "study": self._assessments.owed(actor),
            "quiz": self._quiz.waiting(actor),
            "notices": self._notices.unread(actor),
            "triage": len(self._problems.queue(actor)),
            "inbox": len(self._problems.inbox(actor)),
            "verify": len(self._problems.to_verify(actor)),
            "people": len(self._confirming.waiting(actor)),
        }
        return {command: count for command, count in counts.items() if count}
