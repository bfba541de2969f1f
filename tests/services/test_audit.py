"""The audit trail is only added to, sealed once it has settled, and found out when it was changed."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.services import Services
from domain.audit import NOTHING, SETTLED, SLICE
from domain.audit import sealed as make_seal
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import FixedClock

Tamper = Callable[[str], None]


@pytest.fixture
def record(store: Store, clock: FixedClock) -> Callable[[int], None]:
    def add(many: int) -> None:
        with store.work() as work:
            for number in range(many):
                work.audit.record(clock.now(), 7, "problem.assign", str(number), unit=3)

    return add


@pytest.fixture
def sealed(record: Callable[[int], None], services: Services, clock: FixedClock) -> int:
    """A trail in two seals; gives back how many entries it has."""
    before = services.audit.verify().unsealed
    record(SLICE + 5)
    clock.advance(seconds=SETTLED.total_seconds())
    while services.audit.seal():
        continue
    return before + SLICE + 5


@pytest.fixture
def tamper(database: Database) -> Tamper:
    """Change it as somebody could who has the database in hand and its guards taken off."""

    def change(statement: str) -> None:
        with database.engine.begin() as connection:
            guards = (
                ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
                if database.is_sqlite
                else ["ALTER TABLE audit DISABLE TRIGGER USER"]
            )
            for guard in guards:
                connection.execute(text(guard))
            connection.execute(text(statement))

    return change


def test_the_database_refuses_to_change_or_delete_an_entry(database: Database, sealed: int) -> None:
    for statement in (
        "UPDATE audit SET subject = 'x'",
        "DELETE FROM audit",
        "UPDATE audit_seal SET hash = 'x'",
        "DELETE FROM audit_seal",
    ):
        with pytest.raises(DatabaseError, match="append-only"), database.engine.begin() as connection:
            connection.execute(text(statement))


def test_what_has_settled_is_sealed_and_the_newest_is_not(
    services: Services, record: Callable[[int], None], sealed: int
) -> None:
    record(2)
    assert not services.audit.waiting()
    assert services.audit.seal() is False
    verdict = services.audit.verify()
    assert (verdict.broken, verdict.seals, verdict.entries, verdict.unsealed) == (None, 2, sealed, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET subject = '1001' WHERE subject = '1000'",
        "UPDATE audit SET details = '{\"unit\": 4}' WHERE subject = '3'",
        "DELETE FROM audit WHERE subject = '500'",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
    ],
)
def test_an_entry_that_was_changed_or_is_missing_is_found(
    services: Services, sealed: int, tamper: Tamper, statement: str
) -> None:
    assert services.audit.verify().broken is None
    tamper(statement)
    assert services.audit.verify().broken is not None


def test_a_seal_that_was_made_anew_does_not_fit_the_one_after_it(
    services: Services, store: Store, sealed: int, tamper: Tamper, database: Database
) -> None:
    tamper("UPDATE audit SET subject = '4' WHERE subject = '3'")
    with store.work() as work:
        anew = make_seal(NOTHING, work.audit.entries(0, SLICE))
    guards = [f"DROP TRIGGER audit_seal_no_{deed}" for deed in ("update", "delete")]
    with database.engine.begin() as connection:
        for guard in guards if database.is_sqlite else ["ALTER TABLE audit_seal DISABLE TRIGGER USER"]:
            connection.execute(text(guard))
        connection.execute(text("UPDATE audit_seal SET hash = :hash WHERE number = 1"), {"hash": anew.hash})
    broken = services.audit.verify().broken
    assert broken is not None
    assert broken.number == 2


def test_a_trail_that_was_written_anew_does_not_lead_through_the_seal_somebody_wrote_down(
    services: Services, sealed: int, record: Callable[[int], None], clock: FixedClock
) -> None:
    head = services.audit.verify().head
    record(1)
    clock.advance(seconds=SETTLED.total_seconds())
    services.audit.seal()
    assert services.audit.verify(head).broken is None
    assert services.audit.verify(head[:-1] + ("0" if head[-1] != "0" else "1")).broken is not None


def test_two_who_seal_at_once_add_one_seal(services: Services, store: Store, sealed: int, clock: FixedClock) -> None:
    with store.work() as work:
        last = work.audit.last_seal()
        assert not work.audit.seal(last, clock.now())
    assert services.audit.verify().broken is None
