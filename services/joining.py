"""Joining: a code leads to a unit or a person, the secretary confirms, and what was wrong can be undone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.entrances import (
    OPEN_REQUESTS,
    Invitation,
    InvitationKind,
    JoinRequest,
    JoinState,
    Leads,
    RequestCard,
    hash_of,
    may_vouch,
    same_words,
)
from domain.errors import DomainError, NotFound
from domain.people import Actor, Person, Unit
from services.clock import Clock
from services.ways_in import account_for, bind, deciders, tell_account, tell_people, welcome
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

ASKED = "join-asked"


class Joining:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def look(self, actor: Actor, code: str) -> Leads | None:
        """What a code typed in a chat leads to; None for one that is wrong, spent, expired or meant for the page.

        Raises DomainError ``already-joined``, ``codes-too-many``.
        """
        now = self._clock.now()
        _guest(actor)
        with self._work() as work:
            guesses = work.entrances.guesses(_chat(actor))
            if guesses is not None:
                guesses.refuse_too_many(now)
            found = work.entrances.find_code(hash_of(code))
            if found is None or found.kind not in _IN_A_CHAT or not found.is_open(now):
                return None
            unit = work.people.unit(found.unit_id) if found.unit_id is not None else None
            return Leads(found.kind, unit.name if unit is not None else "")

    def count_wrong(self, actor: Actor) -> None:
        """Remember that this chat guessed wrong. Raises DomainError ``codes-too-many`` once that was too often."""
        now = self._clock.now()
        with self._work() as work:
            guesses = work.entrances.take_guesses(_chat(actor), now)
            guesses.refuse_too_many(now)
            guesses.count(now)

    def begin(self, actor: Actor, code: str) -> None:
        """A unit's code was shown: from now on this chat may say who it is."""
        now = self._clock.now()
        with self._work() as work:
            self._not_too_many(work, actor)
            invitation = self._taken(work, code, InvitationKind.UNIT)
            account = account_for(work, actor, now)
            begin_request(work, invitation, account.id, now)

    def bind(self, actor: Actor, code: str) -> None:
        """A person's own code was shown: the account is theirs at once. Both sides are told."""
        now = self._clock.now()
        with self._work() as work:
            self._not_too_many(work, actor)
            invitation = self._taken(work, code, InvitationKind.PERSON)
            invitation.spend(now)
            account = account_for(work, actor, now)
            person = work.people.take_person(invitation.person_id or 0)
            if person is None or person.left_at is not None:
                raise DomainError("code-wrong")
            bind(work, account, person, person.id, now)
            drop_requests(work, account.id)
            welcome(work, invitation, account, person, now)

    @reads
    def begun(self, actor: Actor) -> str | None:
        """The unit that this chat is joining, or None. Raises DomainError ``already-joined``."""
        _guest(actor)
        with self._work() as work:
            request = _open_request(work, actor)
            unit = work.people.unit(request.unit_id) if request is not None else None
            return unit.name if unit is not None else None

    @reads
    def matches(self, actor: Actor, name: str, staff_number: str) -> bool:
        """Whether these two stand together on the roster of the unit this chat is joining."""
        now = self._clock.now()
        with self._work() as work:
            guesses = work.entrances.guesses(_chat(actor))
            if guesses is not None:
                guesses.refuse_too_many(now)
            request = _open_request(work, actor)
            return request is not None and _matched(work, request, name, staff_number) is not None

    def ask(self, actor: Actor, name: str, staff_number: str, known_as: str) -> None:
        """Ask whoever may vouch for the person to let this chat in. Raises DomainError ``join-no-match``."""
        now = self._clock.now()
        with self._work() as work:
            self._not_too_many(work, actor)
            found = _open_request(work, actor)
            request = work.entrances.take_request(found.id) if found is not None else None
            person = _matched(work, request, name, staff_number) if request is not None else None
            account = work.people.account_by_id(actor.account_id or 0)
            if request is None or person is None or account is None:
                raise DomainError("join-no-match")
            request.ask(person.id, known_as[:80], now)
            unit = _unit(work, person.unit_id)
            work.deliveries.cancel(ASKED, str(request.id))
            card = _card(work, request, person, unit)
            at = work.calendar.work_calendar(self._zone).next_open(now)
            tell_people(work, ASKED, str(request.id), deciders(work, person, unit.path), at, now, **_payload(card))
            tell_account(work, "join-waiting", str(request.id), account, now, unit=unit.name)
            work.audit.record(now, None, "join.ask", str(request.id), person=person.id, account=account.id)

    @reads
    def waiting(self, actor: Actor) -> list[RequestCard]:
        """Those who wait for this actor's confirmation, the longest first."""
        if actor.person_id is None:
            return []
        with self._work() as work:
            return [
                _card(work, request, person, unit)
                for request in work.entrances.waiting()
                for person in work.people.people([request.person_id or 0]).values()
                for unit in [_unit(work, person.unit_id)]
                if person.left_at is None and actor.person_id in {one.id for one in deciders(work, person, unit.path)}
            ]

    @reads
    def card(self, actor: Actor, request_id: int) -> RequestCard:
        """Somebody who waits and whom this actor may let in. Raises NotFound."""
        with self._work() as work:
            request = work.entrances.find_request(request_id)
            person, unit = _decidable(work, request, actor)
            if request is None or request.state is not JoinState.WAITING:
                raise NotFound
            return _card(work, request, person, unit)

    def decide(self, actor: Actor, request_id: int, seen: int, *, confirmed: bool) -> None:
        """Let somebody in, or say that it is not this person. Raises NotFound, Outdated."""
        now = self._clock.now()
        with self._work() as work:
            request = work.entrances.take_request(request_id)
            person, unit = _decidable(work, request, actor)
            if request is None:
                raise NotFound
            by = _decided_by(work, request)
            request.decide(confirmed=confirmed, seen=seen, by_id=actor.person_id or 0, by_name=by, now=now)
            work.deliveries.cancel(ASKED, str(request.id))
            account = work.people.account_by_id(request.account_id)
            if account is None or (confirmed and account.person_id not in {None, person.id}):
                raise DomainError("not-now")
            if confirmed:
                work.people.take_person(person.id)
                request.replaced_account_id = bind(work, account, person, actor.person_id, now)
                tell_account(work, "joined", str(request.id), account, now, name=person.name, unit=unit.name)
                me = list(work.people.people([actor.person_id or 0]).values())
                words = {"request": request.id, "name": person.name, "unit": unit.name}
                tell_people(work, "join-confirmed", str(request.id), me, now, now, **words)
            else:
                tell_account(work, "join-refused", str(request.id), account, now, unit=unit.name)
            action = "join.confirm" if confirmed else "join.refuse"
            work.audit.record(now, actor.person_id, action, str(request.id), person=person.id, account=account.id)

    def undo(self, actor: Actor, request_id: int) -> str:
        """Take back a wrong confirmation; the account it replaced is the person's again. Gives back the name."""
        now = self._clock.now()
        with self._work() as work:
            request = work.entrances.take_request(request_id)
            person, _ = _decidable(work, request, actor)
            if request is None:
                raise NotFound
            request.undo(actor.person_id or 0, _decided_by(work, request), now)
            work.people.take_person(person.id)
            account = work.people.account_by_id(request.account_id)
            if account is not None and account.person_id == person.id:
                account.person_id = None
                tell_account(work, "join-undone", str(request.id), account, now)
                before = work.people.account_by_id(request.replaced_account_id or 0)
                if before is not None and before.person_id is None:
                    before.person_id = person.id
            details = {"person": person.id, "account": request.account_id}
            work.audit.record(now, actor.person_id, "join.undo", str(request.id), **details)
            return person.name

    def _not_too_many(self, work: UnitOfWork, actor: Actor) -> None:
        _guest(actor)
        guesses = work.entrances.guesses(_chat(actor))
        if guesses is not None:
            guesses.refuse_too_many(self._clock.now())

    def _taken(self, work: UnitOfWork, code: str, kind: InvitationKind) -> Invitation:
        invitation = work.entrances.take_code(hash_of(code))
        if invitation is None or invitation.kind is not kind:
            raise DomainError("code-wrong")
        return invitation


_IN_A_CHAT = frozenset({InvitationKind.UNIT, InvitationKind.PERSON})


def begin_request(work: UnitOfWork, invitation: Invitation, account_id: int, now: datetime) -> Unit:
    """Spend one use of a unit's code on an account, unless this account has begun by it already."""
    unit = _unit(work, invitation.unit_id or 0)
    known = work.entrances.request_by(invitation.id, account_id)
    if (
        known is not None
        and known.state in OPEN_REQUESTS
        and invitation.revoked_at is None
        and now < invitation.expires_at
    ):
        return unit
    invitation.spend(now)
    if known is None:
        work.entrances.add_request(JoinRequest(invitation.id, unit.id, account_id, now))
    else:
        known.state, known.begun_at, known.person_id = JoinState.BEGUN, now, None
    return unit


def drop_requests(work: UnitOfWork, account_id: int) -> None:
    """The account came in by another way: nobody need decide about it any more."""
    while (request := work.entrances.newest_request(account_id, OPEN_REQUESTS)) is not None:
        request.drop()
        work.deliveries.cancel(ASKED, str(request.id))


def _guest(actor: Actor) -> None:
    if not actor.is_guest:
        raise DomainError("already-joined", name=actor.name, unit=actor.unit_name)


def _chat(actor: Actor) -> str:
    return f"{actor.platform}:{actor.chat_id}"


def _open_request(work: UnitOfWork, actor: Actor) -> JoinRequest | None:
    if actor.account_id is None or not actor.is_guest:
        return None
    return work.entrances.newest_request(actor.account_id, OPEN_REQUESTS)


def _matched(work: UnitOfWork, request: JoinRequest, name: str, staff_number: str) -> Person | None:
    path = _unit(work, request.unit_id).path
    for person in work.people.people_below(path):
        if same_words(person.staff_number, staff_number) and same_words(person.name, name):
            return person
    return None


def _decidable(work: UnitOfWork, request: JoinRequest | None, actor: Actor) -> tuple[Person, Unit]:
    """Whom a request is about, if this actor may let them in; else it reads as one that does not exist."""
    person = work.people.person(request.person_id or 0) if request is not None else None
    if person is None or person.left_at is not None:
        raise NotFound
    unit = _unit(work, person.unit_id)
    if not may_vouch(actor, unit.path, work.people.actor_of(person.id).duties):
        raise NotFound
    return person, unit


def _card(work: UnitOfWork, request: JoinRequest, person: Person, unit: Unit) -> RequestCard:
    account = work.people.account_by_id(request.account_id)
    platform = account.platform if account is not None else ""
    return RequestCard(
        request_id=request.id,
        version=request.version,
        name=person.name,
        staff_number=person.staff_number,
        unit_name=unit.name,
        known_as=request.known_as,
        platform=platform,
        has_account=bool(work.people.accounts_on(platform, person.id)),
    )


def _payload(card: RequestCard) -> dict[str, str | int | bool]:
    return {
        "request": card.request_id,
        "version": card.version,
        "name": card.name,
        "staff_number": card.staff_number,
        "unit": card.unit_name,
        "known_as": card.known_as,
        "platform": card.platform,
        "has_account": card.has_account,
    }


def _decided_by(work: UnitOfWork, request: JoinRequest) -> str:
    by = work.people.person(request.decided_by_id or 0)
    return by.name if by is not None else ""


def _unit(work: UnitOfWork, unit_id: int) -> Unit:
    found = work.people.unit(unit_id)
    if found is None:
        raise NotFound
    return found
