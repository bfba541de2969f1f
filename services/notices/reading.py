"""Notices as people get them: the list, one of them, the acknowledgement; and who of a unit has not acknowledged."""

from datetime import timedelta

from domain.errors import NotFound
from domain.notices import Missing, Received, Unread
from domain.people import Actor, RoleKind, require_member
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

LISTED = timedelta(days=90)
"""A secretary's list goes back so far."""


class Notices:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads
    def received(self, actor: Actor) -> list[Received]:
        """What the actor has got, what is not acknowledged first."""
        require_member(actor)
        with self._work() as work:
            return work.notices.received(actor.person_id or 0)

    @reads
    def unread(self, actor: Actor) -> int:
        with self._work() as work:
            return work.notices.unread(actor.person_id) if actor.person_id is not None else 0

    @reads
    def one(self, actor: Actor, notice_id: int) -> Received:
        """A notice the actor has got. Any other reads as one that does not exist."""
        with self._work() as work:
            return _received(work, actor, notice_id)

    def acknowledge(self, actor: Actor, notice_id: int) -> tuple[Received, bool]:
        """Note that the actor has read it, once however often it is pressed; tells whether this press was the one."""
        with self._work() as work:
            _received(work, actor, notice_id)
            first = work.notices.acknowledge(notice_id, actor.person_id or 0, self._clock.now())
            return _received(work, actor, notice_id), first

    @reads
    def file_of(self, actor: Actor, notice_id: int) -> tuple[str, int]:
        """The title and the file's number of a notice the actor has got or sent."""
        with self._work() as work:
            notice = work.notices.find(notice_id)
            if notice is None or notice.file_id is None:
                raise NotFound
            if notice.sender_id != actor.person_id:
                _received(work, actor, notice_id)
            return notice.title, notice.file_id

    @reads
    def why(self, actor: Actor, notice_id: int) -> tuple[str, str]:
        """Why the actor got it: the unit they were in when it was sent, and who sent it."""
        with self._work() as work:
            received = _received(work, actor, notice_id)
            row = work.notices.recipient(notice_id, actor.person_id or 0)
            unit = work.people.unit(row.unit_id) if row is not None else None
            return unit.name if unit is not None else "", received.sender

    @reads
    def of_units(self, actor: Actor) -> list[Unread]:
        """The notices of the last months that went to the secretary's units, with how many have not acknowledged."""
        paths = _own_paths(actor)
        with self._work() as work:
            return work.notices.missing_in(paths, self._clock.now() - LISTED)

    @reads
    def missing(self, actor: Actor, notice_id: int) -> list[Missing]:
        """Who of the secretary's own units has not acknowledged. For anybody else, and for notices that went to
        nobody there, it reads as one that does not exist."""
        paths = _own_paths(actor)
        with self._work() as work:
            if not work.notices.went_to(notice_id, paths):
                raise NotFound
            return work.notices.names_missing(notice_id, paths)


def _received(work: UnitOfWork, actor: Actor, notice_id: int) -> Received:
    found = work.notices.received(actor.person_id, notice_id) if actor.person_id is not None else []
    if not found:
        raise NotFound
    return found[0]


def _own_paths(actor: Actor) -> tuple[str, ...]:
    paths = tuple(duty.path for duty in actor.duties if duty.role is RoleKind.SECRETARY)
    if not paths:
        raise NotFound
    return paths
