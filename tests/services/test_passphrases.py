"""Coming back by a passphrase, behind the page: what is kept, what is counted, and many at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.entrances import MAX_WRONG
from domain.passphrases import checked
from domain.people import Actor
from domain.sign_ins import Device
from services import passphrases
from services.passphrases import hash_passphrase, matches
from storage.audit import audit
from storage.people import person
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.services.outcomes import on_postgres, outcome

Named = Callable[[str], Actor]
OURS = "四个词 也能 当作 口令"
HERE = "192.0.2.1"


@pytest.fixture
def member(services: Services, by_number: Named) -> Actor:
    """Somebody who has set a passphrase."""
    actor = by_number("B003")
    services.passphrases.keep(actor, hash_passphrase(checked(OURS)))
    return actor


def come(services: Services, number: str, text: str, address: str = HERE) -> str:
    """What the page does; gives back the new session's secret or the kind of refusal."""

    def steps() -> None:
        kept = services.passphrases.begin(number, address)
        if not matches(kept, text):
            secrets.append("wrong")
            return
        secrets.append(services.passphrases.enter(number, address, kept, Device()))

    secrets: list[str] = []
    answer = outcome(steps)
    return secrets[0] if answer == "done" else answer


def test_only_an_argon2id_hash_is_kept(services: Services, member: Actor, store: Store) -> None:
    with store.work() as work:
        row = work._session.execute(select(person).where(person.c.id == member.person_id)).one()
        trail = str(work._session.execute(select(audit)).all())
    assert row.passphrase_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert OURS not in str(row)
    assert "passphrase.set" in trail
    assert row.passphrase_hash not in trail


def test_the_right_one_lets_its_person_in_however_number_and_spaces_are_typed(
    services: Services, member: Actor
) -> None:
    for number, text in (("B003", OURS), (" b003 ", OURS.replace(" ", "\u3000"))):
        entered = services.sign_ins.entered(come(services, number, text))
        assert entered is not None
        assert services.people.acting("web", entered.account_id, "zh").person_id == member.person_id


def test_everything_else_is_wrong_in_the_same_way(services: Services, member: Actor, actors: dict[str, Actor]) -> None:
    for number, text in (("B003", OURS.upper() + "x"), ("B004", OURS), ("nobody", OURS), ("", ""), ("B004", "")):
        assert come(services, number, text, number or "x") == "wrong"
    services.roles.leave(actors["admin"], member.person_id or 0)
    assert come(services, "B003", OURS, "y") == "wrong"


def test_where_there_is_nobody_no_less_work_is_done(
    services: Services, member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted by what is handed to Argon2, since a slow machine's clock would tell nothing."""
    done: list[str] = []
    real = passphrases._hasher()

    class Counting:
        def hash(self, text: str) -> str:
            return str(real.hash(text))

        def verify(self, kept: str, text: str) -> bool:
            done.append(kept.rpartition("$")[0].rpartition("$")[0])
            return bool(real.verify(kept, text))

    monkeypatch.setattr(passphrases, "_hasher", Counting)
    for number in ("B003", "B004", "nobody"):
        come(services, number, "not the right one", number)
    assert done == ["$argon2id$v=19$m=19456,t=2,p=1"] * 3


def test_after_five_wrong_ones_even_the_right_one_waits_an_hour(
    services: Services, member: Actor, clock: FixedClock
) -> None:
    for guess in range(MAX_WRONG):
        assert come(services, "B003", "wrong", f"192.0.2.{guess}") == "wrong"
    assert come(services, "B003", OURS, "198.51.100.1") == "codes-too-many"
    assert come(services, "B004", "wrong", "198.51.100.1") == "wrong"
    clock.advance(hours=1)
    assert services.sign_ins.entered(come(services, "B003", OURS)) is not None


def test_an_address_guesses_five_times_whatever_numbers_it_tries(services: Services, member: Actor) -> None:
    for guess in range(MAX_WRONG):
        assert come(services, f"N{guess}", "wrong") == "wrong"
    assert come(services, "B003", OURS) == "codes-too-many"
    assert services.sign_ins.entered(come(services, "B003", OURS, "198.51.100.1")) is not None


def test_who_comes_in_often_is_not_counted_as_guessing(services: Services, member: Actor) -> None:
    for _ in range(2 * MAX_WRONG):
        assert services.sign_ins.entered(come(services, "B003", OURS)) is not None


def test_the_right_one_of_an_attacker_does_not_wipe_out_their_guesses(services: Services, member: Actor) -> None:
    for guess in range(MAX_WRONG - 1):
        come(services, f"N{guess}", "wrong")
        come(services, "B003", OURS)
    assert come(services, "N9", "wrong") == "wrong"
    assert come(services, "N10", "wrong") == "codes-too-many"


def test_one_that_changed_while_it_was_looked_at_lets_nobody_in(services: Services, member: Actor) -> None:
    kept = services.passphrases.begin("B003", HERE)
    services.passphrases.keep(member, None)
    assert outcome(lambda: services.passphrases.enter("B003", HERE, kept, Device())) == "passphrase-wrong"


def test_whose_access_was_stopped_needs_a_link_again(services: Services, member: Actor, by_number: Named) -> None:
    services.roles.stop(by_number("B002"), member.person_id or 0)
    assert come(services, "B003", OURS) == "wrong"


@on_postgres
def test_of_twenty_guesses_at_once_five_are_looked_at(services: Services, member: Actor) -> None:
    with ThreadPoolExecutor(20) as threads:
        tries = [lambda: services.passphrases.begin("B003", HERE)] * 20
        assert Counter(threads.map(outcome, tries)) == {"done": MAX_WRONG, "codes-too-many": 20 - MAX_WRONG}
