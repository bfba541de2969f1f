"""The reporter's answer to a question about the report."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.files import Incoming
from domain.people import Actor
from domain.problems import MAX_TEXT, Action
from domain.visibility import Card
from services.clock import Clock
from services.problems.attachments import keep_files
from services.problems.cards import card_of
from services.problems.moving import move, take
from services.problems.telling import Telling
from storage.unit_of_work import Work


class Answers:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def supply(self, actor: Actor, problem_id: int, texts: Sequence[str], files: Sequence[Incoming] = ()) -> Card:
        """Add what was asked for; the report waits for triage again, in its old place of the queue."""
        now = self._clock.now()
        words = "\n".join(texts).strip()
        if not words and not files:
            raise DomainError("text-empty")
        if len(words) > MAX_TEXT:
            raise DomainError("text-too-long", limit=MAX_TEXT, length=len(words))
        with self._work() as work:
            problem = take(work, actor, problem_id)
            played = move(work, problem, actor, Action.SUPPLY, now)
            problem.text = "\n".join(part for part in (problem.text, words) if part)
            keep_files(work, problem.id, files, actor.person_id or 0, now)
            Telling(work, problem, now, work.calendar.work_calendar(self._zone), actor.person_id or 0)
            return card_of(work, problem, played)
