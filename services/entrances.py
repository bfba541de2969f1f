"""Ways in: invitations, coming in to the chat page by one, and the first administrator. Each method is one use case."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from domain.entrances import (
    AT_HAND_LASTS,
    CODE_BYTES,
    LASTS,
    MAX_WRONG_LINKS,
    OPEN_REQUESTS,
    FirstNames,
    Invitation,
    InvitationKind,
    Invited,
    JoinState,
    hash_of,
    may_vouch,
    unit_code,
)
from domain.errors import DomainError, NotFound
from domain.people import Account, Actor, Person, Role, RoleKind, Unit, UnitKind, require_member
from domain.roster import FIRST_CODE
from domain.setup import PASSED
from domain.sign_ins import Device
from services.clock import Clock
from services.joining.asking import begin_request, drop_requests
from services.sign_ins import begin_session
from services.ways_in import account_for, bind, page_account, tell_account, welcome
from storage.lanes import reads
from storage.people import PAGE
from storage.unit_of_work import UnitOfWork, Work


class Entrances:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    # Invitations

    def invite_unit(self, actor: Actor, unit_id: int) -> Invited:
        """A code for those people of a unit who have not joined, and its sheet; they take the place of the ones before.
        Raises NotFound."""
        with self._work() as work:
            unit = work.people.unit(unit_id)
            if unit is None or not may_vouch(actor, unit.path, ()):
                raise NotFound
            people = [person.id for person in work.people.people_below(unit.path)]
            waiting = {request.person_id for request in work.entrances.waiting()} & set(people)
            uses = max(1, len(people) - len(work.people.joined(people) | waiting))
            sheet = self._invite(work, InvitationKind.SHEET, unit.name, actor.person_id, unit_id=unit.id).code
            made = self._invite(
                work, InvitationKind.UNIT, unit.name, actor.person_id, unit.id, uses=uses, code=unit_code(sheet)
            )
            return replace(made, sheet=sheet)

    def invite_person(self, actor: Actor, person_id: int, *, at_hand: bool = False) -> Invited:
        """A code for one person, who is let in by it at once; ``at_hand`` says that they stand here and take it off the
        screen. Raises NotFound, DomainError ``admins-invite``."""
        with self._work() as work:
            person = work.people.person(person_id)
            unit = work.people.unit(person.unit_id) if person is not None else None
            if person is None or person.left_at is not None or unit is None or not may_vouch(actor, unit.path, ()):
                raise NotFound
            if not may_vouch(actor, unit.path, work.actors.of(person.id).duties):
                raise DomainError("admins-invite")
            lasts = AT_HAND_LASTS if at_hand else None
            kind = InvitationKind.PERSON
            return self._invite(work, kind, person.name, actor.person_id, person_id=person.id, lasts=lasts)

    def invite_to_page(self, actor: Actor) -> Invited:
        """A joined person's own way to the chat page."""
        require_member(actor)
        with self._work() as work:
            return self._invite(work, InvitationKind.PAGE, actor.name, actor.person_id, person_id=actor.person_id)

    def invite_admin(self) -> Invited:
        """The way in for the first administrator. Raises DomainError ``admin-exists``."""
        with self._work() as work:
            if work.people.holders(RoleKind.ADMIN):
                raise DomainError("admin-exists")
            return self._invite(work, InvitationKind.ADMIN, "", None)

    def invite_by_number(self, staff_number: str) -> Invited:
        """A short-lived way in for somebody on the roster, for whoever runs the program. Raises NotFound."""
        with self._work() as work:
            person = work.people.person_by_staff_number(staff_number)
            if person is None or person.left_at is not None:
                raise NotFound
            return self._invite(work, InvitationKind.PAGE, person.name, None, person_id=person.id)

    # The chat page

    def enter(self, code: str, names: FirstNames, device: Device, before: str = "", address: str = "") -> str:
        """Spend a link and give back the secret of a new session; ``before`` is that of the browser's old one, which
        ends. Raises DomainError ``link-wrong`` for a link that is wrong, spent or expired: nobody learns which; and
        ``codes-too-many`` where too many of them came from ``address``."""
        now, key = self._clock.now(), f"link:{address[:80]}"
        with self._work() as work:
            guesses = work.entrances.guesses(key)
            if guesses is not None:
                guesses.refuse_too_many(now, MAX_WRONG_LINKS)
        try:
            with self._work() as work:
                invitation = work.entrances.take_code(hash_of(code))
                account = _been_here(work, invitation, before, now) or self._admitted(work, invitation, names, now)
                return begin_session(work, account.id, device, now, before)
        except DomainError:
            with self._work() as work:
                work.entrances.take_guesses(key, now).count(now)
            raise DomainError("link-wrong") from None

    def purge(self) -> None:
        """Forget sessions that ended, and wrong guesses whose hour is over."""
        with self._work() as work:
            work.sign_ins.purge(self._clock.now())
            work.entrances.purge(self._clock.now())

    # The first administrator

    @reads
    def needs_admin(self) -> bool:
        with self._work() as work:
            return not work.people.holders(RoleKind.ADMIN)

    def become_first_admin(self, actor: Actor, names: FirstNames) -> bool:
        """Make whoever sits at this chat the administrator, if there is none; tells whether that was so."""
        now = self._clock.now()
        with self._work() as work:
            account = account_for(work, actor, now)
            made = _first_admin(work, account, names, now)
            if made:
                tell_account(work, "first-admin", str(account.id), account, now)
            return made

    def _invite(
        self,
        work: UnitOfWork,
        kind: InvitationKind,
        name: str,
        by_id: int | None,
        unit_id: int | None = None,
        person_id: int | None = None,
        uses: int = 1,
        lasts: timedelta | None = None,
        code: str = "",
    ) -> Invited:
        now = self._clock.now()
        code = code or secrets.token_urlsafe(CODE_BYTES)
        work.entrances.revoke_open(kind, now, unit_id=unit_id, person_id=person_id)
        row = Invitation(hash_of(code), kind, now, now + (lasts or LASTS[kind]), uses, unit_id, person_id, by_id)
        work.entrances.invite(row)
        work.audit.record(now, by_id, "invitation.make", str(row.id), kind=kind, unit=unit_id, person=person_id)
        return Invited(code, name, row.expires_at, uses)

    def _admitted(self, work: UnitOfWork, invitation: Invitation | None, names: FirstNames, now: datetime) -> Account:
        """The account by which this link lets its user in."""
        if invitation is None:
            raise DomainError("code-wrong")
        if invitation.kind is InvitationKind.UNIT:
            account = work.people.add_account(PAGE, None, now, None)
            unit = begin_request(work, invitation, account.id, now)
            tell_account(work, "join-begin", str(invitation.id), account, now, unit=unit.name)
            return account
        invitation.spend(now)
        if invitation.kind is InvitationKind.ADMIN:
            account = work.people.add_account(PAGE, None, now, None)
            if not _first_admin(work, account, names, now):
                raise DomainError("code-wrong")
            tell_account(work, "first-admin", str(account.id), account, now)
            return account
        person = work.people.take_person(invitation.person_id or 0)
        if person is None or person.left_at is not None:
            raise DomainError("code-wrong")
        account, is_new = page_account(work, person, now)
        if is_new:
            welcome(work, invitation, account, person, now)
        return account


def _been_here(work: UnitOfWork, invitation: Invitation | None, before: str, now: datetime) -> Account | None:
    """Whoever opens a unit's link again in the browser that came by it before: they keep their chat, and nothing is
    spent."""
    session = work.sign_ins.find(hash_of(before)) if before else None
    if invitation is None or session is None or now >= session.expires_at:
        return None
    request = work.entrances.request_by(invitation.id, session.account_id)
    here = request is not None and request.state in {*OPEN_REQUESTS, JoinState.CONFIRMED}
    return work.people.account_by_id(session.account_id) if here else None


def _first_admin(work: UnitOfWork, account: Account, names: FirstNames, now: datetime) -> bool:
    """Make the account's person the administrator, with a unit and a person where the roster has none."""
    # Raising the counter holds its row until the commit, so two who come at once are told apart.
    work.counters.next(FIRST_CODE, 0)
    if work.people.holders(RoleKind.ADMIN):
        return False
    root = next((unit for unit in work.people.units() if unit.parent_id is None), None)
    if root is None:
        root = work.people.add_unit(Unit(FIRST_CODE, names.office, UnitKind.OFFICE))
    person = work.people.person(account.person_id or 0)
    if person is None:
        number = f"{RoleKind.ADMIN}-{account.id}"
        person = work.people.add_person(Person(names.admin, number, root.id))
        bind(work, account, person, person.id, now)
        drop_requests(work, account.id)
    work.people.grant(Role(person.id, root.id, RoleKind.ADMIN))
    work.calendar.decide_once(PASSED, 0)
    work.audit.record(now, person.id, "role.first-admin", str(person.id), unit=root.id)
    return True
