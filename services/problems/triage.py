"""Triage: the first decisions on a report. Each method is one use case and one transaction."""

from functools import partial
from zoneinfo import ZoneInfo

from domain.errors import NotFound
from domain.people import Actor, RoleKind
from domain.problems import Action, Part, Problem
from domain.rectification import check_reason
from domain.visibility import Card, Facet
from services.clock import Clock
from services.problems.cards import card_now, card_of, name_of, parts_of, unit_path
from services.problems.moving import move, take
from services.problems.telling import Telling
from storage.files import FileStore
from storage.unit_of_work import UnitOfWork, Work

SHORTEST = 4
"""A line of a text that is at least so long is looked for in the page's chats when it is struck."""


class Triage:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo, store: FileStore) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone
        self._store = store

    def accept(self, actor: Actor, problem_id: int, seen: int) -> Card:
        """Take a report on: it will be dealt with. ``seen`` is the version of the card the decision was made on."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            return self._decide(work, actor, problem, Action.ACCEPT, "problem-accepted")

    def ask(self, actor: Actor, problem_id: int, seen: int, reason: str) -> Card:
        """Ask the reporter for more; the problem waits for the answer."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            problem.reason = check_reason(reason)
            return self._decide(work, actor, problem, Action.ASK, "problem-needs-info")

    def decline(self, actor: Actor, problem_id: int, seen: int, reason: str) -> Card:
        """Not to be dealt with here; the reporter reads why."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            problem.reason = check_reason(reason)
            return self._decide(work, actor, problem, Action.DECLINE, "problem-declined")

    def strike(self, actor: Actor, problem_id: int, seen: int, reason: str) -> Card:
        """Erase what must not stand here: words, place and files, in the chats of the page as well. Number and reason
        stay. The bytes go after the commit, so that a failed one loses nothing."""
        with self._work() as work:
            problem = take(work, actor, problem_id, seen)
            problem.reason = check_reason(reason)
            self._decide(work, actor, problem, Action.STRIKE, "problem-declined")
            work.afterwards += [partial(self._store.remove, digest) for digest in _erase(work, problem)]
            problem.struck_at = self._clock.now()
            return card_of(work, problem, parts_of(work, problem, actor))

    def name_reporter(self, actor: Actor, problem_id: int) -> tuple[str, str]:
        """The number, and who reported it, for whoever dispatches it. That somebody looked is written down."""
        with self._work() as work:
            problem = take(work, actor, problem_id)
            card = card_of(work, problem, parts_of(work, problem, actor))
            if Facet.REPORTER not in card.facets or Part.TRIAGE not in card.parts:
                raise NotFound
            work.audit.record(self._clock.now(), actor.person_id, "problem.name-reporter", problem.number)
            return problem.number, name_of(work, problem.reporter_id)

    def _decide(self, work: UnitOfWork, actor: Actor, problem: Problem, action: Action, told: str) -> Card:
        now = self._clock.now()
        note = problem.reason if action is not Action.ACCEPT else ""
        move(work, problem, actor, action, now, note)
        calendar = work.calendar.work_calendar(self._zone)
        Telling(work, problem, now, calendar, actor.person_id or 0).reporter(told, note)
        return card_now(work, problem, actor, calendar, now)


def _erase(work: UnitOfWork, problem: Problem) -> set[str]:
    """Empty the problem and what the page's chats show of it; gives back the digests of bytes nobody names any more.

    Short lines are left: they would be found in messages that have nothing to do with it.
    """
    path = unit_path(work, problem.reporter_unit_id)
    readers = [*work.people.holders(RoleKind.SUPERVISOR), *work.people.holders(RoleKind.SECRETARY, path)]
    accounts = [
        account.id
        for person_id in {problem.reporter_id, *(reader.id for reader in readers)}
        for account in work.people.accounts_of(person_id)
    ]
    words = {line.strip() for line in problem.text.split("\n") if len(line.strip()) >= SHORTEST}
    problem.text, problem.source, problem.latitude, problem.longitude = "", "", None, None
    attached = {kept.id for _, kept in work.problems.attachments(problem.id)}
    digests = work.problems.erase_files(problem.id)
    work.files.forget(work.chat.erase(accounts, words, attached | work.files.of_content(digests)))
    return work.files.unnamed(digests)
