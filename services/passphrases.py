"""Coming back by one's own passphrase: setting it, and entering by it. It is hashed outside of every transaction."""

from functools import cache
from typing import Any

from domain.entrances import Guesses
from domain.errors import DomainError, NotFound
from domain.passphrases import as_typed, guess_keys, number_as_typed
from domain.people import Actor, Person, require_member
from domain.sign_ins import Device
from services.clock import Clock
from services.sign_ins import begin_session
from services.ways_in import page_account, tell_account
from storage.lanes import heavy, reads
from storage.unit_of_work import UnitOfWork, Work

MEMORY_KIB = 19 * 1024
PASSES = 2
"""Argon2id's parameters, as OWASP's cheat sheet on storing passwords advises for a small machine."""


@heavy
def hash_passphrase(passphrase: str) -> str:
    """What is kept of a passphrase."""
    hashed: str = _hasher().hash(passphrase)
    return hashed


@heavy
def matches(kept: str, text: str) -> bool:
    """Whether the text is the passphrase of which ``kept`` is kept. Where nothing is, saying no is as much work."""
    from argon2.exceptions import VerifyMismatchError

    try:
        _hasher().verify(kept or _nobodys(), as_typed(text))
    except VerifyMismatchError:
        return False
    return bool(kept)


@cache
def _hasher() -> Any:
    # Imported here: an idle bot has no use for it.
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1)


@cache
def _nobodys() -> str:
    hashed: str = _hasher().hash("")
    return hashed


class Passphrases:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    # One's own

    @reads
    def is_set(self, actor: Actor) -> bool:
        require_member(actor)
        with self._work() as work:
            person = work.people.person(actor.person_id or 0)
            return person is not None and person.passphrase_hash is not None

    def keep(self, actor: Actor, hashed: str | None) -> None:
        """From now on this is the actor's; None forgets it. Who is in stays in."""
        require_member(actor)
        with self._work() as work:
            person = work.people.take_person(actor.person_id or 0)
            if person is None:
                raise NotFound
            person.passphrase_hash = hashed
            action = "passphrase.set" if hashed else "passphrase.forget"
            work.audit.record(self._clock.now(), person.id, action, str(person.id))

    # Coming in

    def begin(self, staff_number: str, address: str) -> str:
        """Count a guess, and give back what is kept of that person's passphrase, empty where nothing is. It is counted
        before it is looked at, so that many at once are no more than one after another.

        Raises DomainError ``codes-too-many``.
        """
        now = self._clock.now()
        with self._work() as work:
            for guesses in self._guesses(work, staff_number, address):
                guesses.refuse_too_many(now)
                guesses.count(now)
            person = _person(work, staff_number)
            return (person.passphrase_hash or "") if person is not None else ""

    def enter(self, staff_number: str, address: str, kept: str, device: Device, before: str = "") -> str:
        """Let the person in whose passphrase was right, and give back the secret of a new session; ``kept`` is what it
        was compared with. Raises DomainError ``passphrase-wrong`` where it has changed since."""
        now = self._clock.now()
        with self._work() as work:
            found = _person(work, staff_number)
            person = work.people.take_person(found.id) if found is not None else None
            if person is None or person.left_at is not None or person.passphrase_hash != kept:
                raise DomainError("passphrase-wrong")
            for guesses in self._guesses(work, staff_number, address):
                guesses.give_back()
            account, is_new = page_account(work, person, now)
            if is_new:
                unit = work.people.unit(person.unit_id)
                words = {"name": person.name, "unit": unit.name if unit is not None else ""}
                tell_account(work, "joined", str(person.id), account, now, **words)
            return begin_session(work, account.id, device, now, before)

    def _guesses(self, work: UnitOfWork, staff_number: str, address: str) -> list[Guesses]:
        """The counts of the number and of the address, locked in this order by everybody."""
        now = self._clock.now()
        return [work.entrances.take_guesses(key, now) for key in guess_keys(staff_number, address)]


def _person(work: UnitOfWork, staff_number: str) -> Person | None:
    person = work.people.person_by_typed_number(number_as_typed(staff_number))
    return person if person is not None and person.left_at is None else None
