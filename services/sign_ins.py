"""Sign-ins: the browsers and messenger accounts by which a person is in, listed and ended one by one or all at once."""

import secrets
from datetime import datetime

from domain.entrances import hash_of
from domain.errors import NotFound
from domain.people import Actor, Person, require_member
from domain.sign_ins import LASTS, USED_STEP, Device, Entered, PageSession, SignIn, SignInKind
from services.clock import Clock
from storage.lanes import reads
from storage.people import PAGE
from storage.unit_of_work import UnitOfWork, Work

SESSION_BYTES = 32


class SignIns:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    # A browser

    @reads
    def entered(self, secret: str) -> Entered | None:
        """The session behind a browser's cookie, or None."""
        now = self._clock.now()
        with self._work() as work:
            found = work.sign_ins.find(hash_of(secret))
            if found is None or now >= found.expires_at:
                return None
            return Entered(found.id, found.account_id, now - found.last_used_at > USED_STEP)

    def used(self, session_id: int) -> None:
        """Write down that a browser came back."""
        with self._work() as work:
            work.sign_ins.used(session_id, self._clock.now())

    def sign_out(self, secret: str) -> None:
        """End a browser's own session, and let its other pages go."""
        with self._work() as work:
            account_id = work.sign_ins.end(hash_of(secret))
            if account_id is not None:
                work.chat.wake(account_id)
                work.audit.record(self._clock.now(), _person_of(work, account_id), "page.leave", str(account_id))

    # A person's own

    @reads
    def listed(self, actor: Actor, here: int | None) -> list[SignIn]:
        """Where the actor is signed in, the messengers first; ``here`` is the browser's session that asks."""
        require_member(actor)
        now = self._clock.now()
        with self._work() as work:
            return _listed(work, actor, here, now)

    @reads
    def one(self, actor: Actor, kind: SignInKind, number: int, here: int | None) -> SignIn:
        """One of them. Raises NotFound."""
        require_member(actor)
        now = self._clock.now()
        with self._work() as work:
            return _own(work, actor, kind, number, here, now)

    def end(self, actor: Actor, kind: SignInKind, number: int, here: int | None) -> SignIn:
        """End one of the actor's own sign-ins, at once; gives back which. Raises NotFound."""
        require_member(actor)
        now = self._clock.now()
        with self._work() as work:
            found = _own(work, actor, kind, number, here, now)
            if kind is SignInKind.ACCOUNT:
                _release(work, number, actor.person_id, now)
                return found
            account_id = work.sign_ins.end_one(number)
            if account_id is not None:
                work.chat.wake(account_id)
                work.audit.record(now, actor.person_id, "page.end", str(account_id))
            return found


def begin_session(work: UnitOfWork, account_id: int, device: Device, now: datetime, before: str) -> str:
    """Let a browser in and give back its secret; ``before`` is that of its old session, which ends."""
    secret = secrets.token_urlsafe(SESSION_BYTES)
    ends = now + LASTS[device.shared]
    work.sign_ins.open(PageSession(hash_of(secret), account_id, now, ends, now, device.name, device.shared))
    if before:
        work.sign_ins.end(hash_of(before))
    work.audit.record(now, _person_of(work, account_id), "page.enter", str(account_id), shared=device.shared)
    return secret


def end_access(work: UnitOfWork, person: Person, by_id: int | None, now: datetime) -> None:
    """Nobody is in as this person any more, or comes in by what was handed out: accounts, open pages, links and the
    passphrase end. What they did, and the chat on the page with the draft in it, wait for their return."""
    for account in work.people.every_account(person.id):
        if account.platform == PAGE:
            work.sign_ins.end_all(account.id)
            work.chat.wake(account.id)
        else:
            _release(work, account.id, by_id, now)
    work.entrances.revoke_own(person.id, now)
    person.passphrase_hash = None


def _listed(work: UnitOfWork, actor: Actor, here: int | None, now: datetime) -> list[SignIn]:
    accounts = work.people.every_account(actor.person_id or 0)
    messengers = [
        SignIn(
            SignInKind.ACCOUNT, one.id, one.platform, one.created_at, one.last_used_at, here=one.id == actor.account_id
        )
        for one in accounts
        if one.platform != PAGE
    ]
    pages = [one.id for one in accounts if one.platform == PAGE]
    browsers = [
        SignIn(
            SignInKind.BROWSER,
            one.id,
            one.device,
            one.created_at,
            one.last_used_at,
            here=one.id == here,
            shared=one.shared,
        )
        for one in work.sign_ins.of_accounts(pages, now)
    ]
    return [*messengers, *browsers]


def _own(work: UnitOfWork, actor: Actor, kind: SignInKind, number: int, here: int | None, now: datetime) -> SignIn:
    for one in _listed(work, actor, here, now):
        if (one.kind, one.id) == (kind, number):
            return one
    raise NotFound


def _release(work: UnitOfWork, account_id: int, by_id: int | None, now: datetime) -> None:
    account = work.people.account_by_id(account_id)
    if account is not None:
        work.audit.record(now, by_id, "account.release", str(account.id), person=account.person_id)
        account.person_id = None


def _person_of(work: UnitOfWork, account_id: int) -> int | None:
    account = work.people.account_by_id(account_id)
    return account.person_id if account is not None else None
