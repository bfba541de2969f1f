"""Asking to join: what a code leads to, and who one says one is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.entrances import (
    OPEN_REQUESTS,
    Invitation,
    InvitationKind,
    JoinRequest,
    JoinState,
    Leads,
    hash_of,
    same_words,
)
from domain.errors import DomainError
from domain.people import Actor, Person, Unit, require_guest
from services.clock import Clock
from services.joining.queue import refresh, unit_of
from services.ways_in import account_for, bind, tell_account, welcome
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


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
        require_guest(actor)
        with self._work() as work:
            guesses = work.entrances.guesses(_chat(actor))
            if guesses is not None:
                guesses.refuse_too_many(now)
            found = work.entrances.find_code(hash_of(code))
            if found is None or found.kind not in _IN_A_CHAT:
                return None
            if not found.is_open(now) and not (found.lasts(now) and _begun_by(work, actor, found)):
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
            refresh(work, drop_requests(work, account.id, but=invitation.id), now, self._zone)

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
            refresh(work, drop_requests(work, account.id), now, self._zone)
            welcome(work, invitation, account, person, now)

    @reads
    def begun(self, actor: Actor) -> tuple[str, bool] | None:
        """The unit that this chat is joining and whether the secretary has been asked; None where no code was used.
        Raises DomainError ``already-joined``."""
        require_guest(actor)
        with self._work() as work:
            request = _open_request(work, actor)
            if request is None:
                return None
            return unit_of(work, request.unit_id).name, request.state is JoinState.WAITING

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
            invitation = work.entrances.take_invitation(found.invitation_id) if found is not None else None
            request = work.entrances.take_request(found.id) if found is not None else None
            person = _matched(work, request, name, staff_number) if request is not None else None
            account = work.people.account_by_id(actor.account_id or 0)
            if request is None or person is None or account is None or invitation is None:
                raise DomainError("join-no-match")
            invitation.hold(work.entrances.joiners(invitation.id, but=request.id), person.id)
            before = request.person_id
            request.ask(person.id, known_as[:80], now)
            unit = unit_of(work, person.unit_id)
            refresh(work, [before, person.id], now, self._zone)
            tell_account(work, "join-waiting", str(request.id), account, now, unit=unit.name)
            work.audit.record(now, None, "join.ask", str(request.id), person=person.id, account=account.id)

    def _not_too_many(self, work: UnitOfWork, actor: Actor) -> None:
        require_guest(actor)
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
    """Let an account begin by a unit's code, unless it has begun by it already. That takes nobody's place: a place is
    held by saying who one is."""
    unit = unit_of(work, invitation.unit_id or 0)
    known = work.entrances.request_by(invitation.id, account_id)
    if known is not None and known.state in OPEN_REQUESTS and invitation.lasts(now):
        return unit
    invitation.require_open(now)
    if known is None:
        work.entrances.add_request(JoinRequest(invitation.id, unit.id, account_id, now))
    else:
        known.state, known.begun_at, known.person_id = JoinState.BEGUN, now, None
    return unit


def drop_requests(work: UnitOfWork, account_id: int, but: int = 0) -> list[int | None]:
    """The account comes in by another way, such as the invitation ``but``: nobody need decide about what it asked for
    any more. Gives back who it asked to be."""
    dropped = [one for one in work.entrances.requests_of(account_id, OPEN_REQUESTS) if one.invitation_id != but]
    for request in dropped:
        request.drop()
    return [request.person_id for request in dropped]


def _chat(actor: Actor) -> str:
    return f"{actor.platform}:{actor.chat_id}"


def _open_request(work: UnitOfWork, actor: Actor) -> JoinRequest | None:
    if actor.account_id is None or not actor.is_guest:
        return None
    return next(iter(work.entrances.requests_of(actor.account_id, OPEN_REQUESTS)), None)


def _begun_by(work: UnitOfWork, actor: Actor, invitation: Invitation) -> bool:
    """Whether this chat has begun by this invitation, so that opening the link again is no guess and costs nothing."""
    requests = work.entrances.requests_of(actor.account_id or 0, OPEN_REQUESTS)
    return any(request.invitation_id == invitation.id for request in requests)


def _matched(work: UnitOfWork, request: JoinRequest, name: str, staff_number: str) -> Person | None:
    path = unit_of(work, request.unit_id).path
    for person in work.people.people_below(path):
        if same_words(person.staff_number, staff_number) and same_words(person.name, name):
            return person
    return None
