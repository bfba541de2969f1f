"""Confirming who asks to join: one by one, or all that a card showed; and taking a confirmation back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.entrances import UNDO_LISTED, Confirmed, Invitation, JoinRequest, RequestCard, mark_of, may_vouch
from domain.errors import DomainError, NotFound
from domain.people import Account, Actor, Person, RoleKind, Unit
from services.clock import Clock
from services.joining.queue import card_of, queues, refresh, unit_of
from services.ways_in import bind, tell_account, tell_people
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

VOUCHING = frozenset({RoleKind.SECRETARY, RoleKind.ADMIN})


class Confirming:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def waiting(self, actor: Actor) -> list[RequestCard]:
        """Those who wait for this actor's confirmation, the longest first."""
        if actor.person_id is None or not actor.has_any(VOUCHING):
            return []
        with self._work() as work:
            return queues(work).get(actor.person_id, [])

    @reads
    def card(self, actor: Actor, request_id: int) -> RequestCard:
        """Somebody who waits and whom this actor may let in. Raises NotFound, Outdated."""
        with self._work() as work:
            request, person, unit = _decidable(work, work.entrances.find_request(request_id), actor)
            request.require_waiting(_decided_by(work, request))
            return card_of(work, request, person, unit)

    def decide(self, actor: Actor, request_id: int, seen: int, *, confirmed: bool) -> None:
        """Let somebody in, or say that it is not this person. Raises NotFound, Outdated."""
        now = self._clock.now()
        with self._work() as work:
            invitation, request = _taken(work, request_id)
            request, person, unit = _decidable(work, request, actor)
            by = _decided_by(work, request)
            request.decide(confirmed=confirmed, seen=seen, by_id=actor.person_id or 0, by_name=by, now=now)
            if confirmed:
                _let_in(work, request, person, unit, actor, now)
                words = {"name": person.name, "unit": unit.name}
                _tell_me(work, actor, "join-confirmed", str(request.id), now, request=request.id, **words)
            else:
                account = _account(work, request)
                tell_account(work, "join-refused", str(request.id), account, now, unit=unit.name)
                _record(work, actor, "join.refuse", request, person, now)
                _give_back(work, invitation, request)
            refresh(work, [person.id], now, self._zone, actor.person_id)

    def confirm_shown(self, actor: Actor, count: int, seen: int) -> None:
        """Let in the first ``count`` who wait, if they are those whom the card with the mark ``seen`` showed. Who needs
        a look of their own is left waiting. Raises DomainError ``join-moved``."""
        now = self._clock.now()
        with self._work() as work:
            shown = queues(work).get(actor.person_id or 0, [])[:count]
            plain = sorted(card.request_id for card in shown if not card.needs_a_look)
            if not plain or mark_of(shown) != seen:
                raise DomainError("join-moved")
            versions = {card.request_id: card.version for card in shown}
            let_in = []
            for request_id in plain:
                request, person, unit = _decidable(work, work.entrances.take_request(request_id), actor)
                by = _decided_by(work, request)
                request.decide(
                    confirmed=True, seen=versions[request_id], by_id=actor.person_id or 0, by_name=by, now=now
                )
                _let_in(work, request, person, unit, actor, now)
                let_in.append(person.id)
            _tell_me(work, actor, "join-confirmed-many", f"{seen}", now, count=len(let_in))
            refresh(work, let_in, now, self._zone, actor.person_id)

    @reads
    def confirmed(self, actor: Actor) -> list[Confirmed]:
        """Who was let in lately by anybody who may vouch for them, the newest first."""
        now = self._clock.now()
        with self._work() as work:
            requests = work.entrances.confirmed_since(now - UNDO_LISTED)
            found = []
            for request in requests:
                try:
                    _, person, unit = _decidable(work, request, actor)
                except NotFound:
                    continue
                found.append(Confirmed(request.id, person.name, unit.name, person.staff_number))
            return found

    def undo(self, actor: Actor, request_id: int) -> str:
        """Take back a wrong confirmation; the account it replaced is the person's again. Gives back the name."""
        now = self._clock.now()
        with self._work() as work:
            invitation, request = _taken(work, request_id)
            request, person, _ = _decidable(work, request, actor)
            _give_back(work, invitation, request)
            request.undo(actor.person_id or 0, _decided_by(work, request), now)
            work.people.take_person(person.id)
            account = work.people.account_by_id(request.account_id)
            if account is not None and account.person_id == person.id:
                account.person_id = None
                tell_account(work, "join-undone", str(request.id), account, now)
                before = work.people.account_by_id(request.replaced_account_id or 0)
                if before is not None and before.person_id is None:
                    before.person_id = person.id
            _record(work, actor, "join.undo", request, person, now)
            return person.name


def _let_in(work: UnitOfWork, request: JoinRequest, person: Person, unit: Unit, actor: Actor, now: datetime) -> None:
    account = _account(work, request)
    if account.person_id not in {None, person.id}:
        raise DomainError("not-now")
    work.people.take_person(person.id)
    request.replaced_account_id = bind(work, account, person, actor.person_id, now)
    tell_account(work, "joined", str(request.id), account, now, name=person.name, unit=unit.name)
    _record(work, actor, "join.confirm", request, person, now)


def _taken(work: UnitOfWork, request_id: int) -> tuple[Invitation | None, JoinRequest | None]:
    """The code and then the request, in the order in which whoever asks takes them."""
    found = work.entrances.find_request(request_id)
    invitation = work.entrances.take_invitation(found.invitation_id) if found is not None else None
    return invitation, work.entrances.take_request(request_id)


def _give_back(work: UnitOfWork, invitation: Invitation | None, request: JoinRequest) -> None:
    """The place of whoever was not who they said."""
    if invitation is not None:
        invitation.uses = len(work.entrances.joiners(invitation.id, but=request.id))


def _account(work: UnitOfWork, request: JoinRequest) -> Account:
    account = work.people.account_by_id(request.account_id)
    if account is None:
        raise DomainError("not-now")
    return account


def _decidable(work: UnitOfWork, request: JoinRequest | None, actor: Actor) -> tuple[JoinRequest, Person, Unit]:
    """A request and whom it is about, if this actor may let them in; else it reads as one that does not exist."""
    person = work.people.person(request.person_id or 0) if request is not None else None
    if request is None or person is None or person.left_at is not None:
        raise NotFound
    unit = unit_of(work, person.unit_id)
    if not may_vouch(actor, unit.path, work.actors.of(person.id).duties):
        raise NotFound
    return request, person, unit


def _decided_by(work: UnitOfWork, request: JoinRequest) -> str:
    by = work.people.person(request.decided_by_id or 0)
    return by.name if by is not None else ""


def _tell_me(work: UnitOfWork, actor: Actor, kind: str, subject: str, now: datetime, **words: str | int) -> None:
    me = list(work.people.people([actor.person_id or 0]).values())
    tell_people(work, kind, subject, me, now, now, **words)


def _record(work: UnitOfWork, actor: Actor, action: str, request: JoinRequest, person: Person, now: datetime) -> None:
    details = {"person": person.id, "account": request.account_id}
    work.audit.record(now, actor.person_id, action, str(request.id), **details)
