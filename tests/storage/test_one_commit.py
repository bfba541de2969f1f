"""One update, one commit: the mark, the dialogue, the rows and the deliveries stand or fall together."""

import pytest
from sqlalchemy import func, select

from domain.deliveries import Delivery, Lane
from domain.people import Unit, UnitKind
from domain.turn import AlreadySeen, DialogueMoved, SecondWrite, Turn, current_turn
from storage.deliveries import delivery
from storage.engine import Database
from storage.inbox import Inbox, dialogue, seen_update
from storage.people import unit
from storage.unit_of_work import Store
from tests.conftest import FixedClock


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


def turn(clock: FixedClock, update: int = 1) -> Turn:
    return Turn(bot_id=7, update_id=update, chat_id=70, platform="telegram", at=clock.now())


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (seen_update, dialogue, unit, delivery)
        }


def write(store: Store, clock: FixedClock, code: str = "u1") -> None:
    with store.work() as work:
        work.people.add_unit(Unit(code, "Unit", UnitKind.ORGAN))
        work.deliveries.record(
            Delivery(f"k:{code}", "digest", Lane.FACTS, {"v": 1}, clock.now(), clock.now(), person_id=1)
        )


def test_a_writing_use_case_takes_the_whole_update_along(
    database: Database, store: Store, inbox: Inbox, clock: FixedClock
) -> None:
    known = inbox.open(turn(clock))
    known.state, known.changed = "Reporting:level", True
    current_turn.set(known)
    write(store, clock)
    current_turn.set(None)
    assert counts(database) == {"seen_update": 1, "dialogue": 1, "unit": 1, "delivery": 1}
    again = inbox.open(turn(clock))
    assert again.seen
    assert again.state == "Reporting:level"


def test_an_update_that_had_its_effect_elsewhere_has_none_here(
    database: Database, store: Store, inbox: Inbox, clock: FixedClock
) -> None:
    first, second = inbox.open(turn(clock)), inbox.open(turn(clock))
    current_turn.set(first)
    write(store, clock, "u1")
    current_turn.set(second)
    with pytest.raises(AlreadySeen):
        write(store, clock, "u2")
    current_turn.set(None)
    assert counts(database)["unit"] == 1


def test_the_loser_of_two_updates_of_one_dialogue_leaves_nothing(
    database: Database, store: Store, inbox: Inbox, clock: FixedClock
) -> None:
    first, second = inbox.open(turn(clock, 1)), inbox.open(turn(clock, 2))
    first.changed = second.changed = True
    current_turn.set(first)
    write(store, clock, "u1")
    current_turn.set(second)
    with pytest.raises(DialogueMoved):
        write(store, clock, "u2")
    current_turn.set(None)
    assert counts(database) == {"seen_update": 1, "dialogue": 1, "unit": 1, "delivery": 1}


def test_so_does_the_loser_in_the_middle_of_a_dialogue(database: Database, inbox: Inbox, clock: FixedClock) -> None:
    begun = inbox.open(turn(clock, 1))
    begun.changed = True
    inbox.settle(begun)
    first, second = inbox.open(turn(clock, 2)), inbox.open(turn(clock, 3))
    for one, state in ((first, "Reporting:unit"), (second, "Reporting:category")):
        one.state, one.changed = state, True
    inbox.settle(first)
    with pytest.raises(DialogueMoved):
        inbox.settle(second)
    assert inbox.open(turn(clock, 3)).state == "Reporting:unit"


def test_a_second_writing_use_case_in_one_update_raises(store: Store, inbox: Inbox, clock: FixedClock) -> None:
    current_turn.set(inbox.open(turn(clock)))
    write(store, clock, "u1")
    with pytest.raises(SecondWrite):
        write(store, clock, "u2")
    current_turn.set(None)


def test_a_failure_in_the_use_case_leaves_nothing(
    database: Database, store: Store, inbox: Inbox, clock: FixedClock
) -> None:
    known = inbox.open(turn(clock))
    known.changed = True
    current_turn.set(known)

    def broken() -> None:
        with store.work() as work:
            work.people.add_unit(Unit("u1", "Unit", UnitKind.ORGAN))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    current_turn.set(None)
    assert set(counts(database).values()) == {0}
    assert not inbox.open(turn(clock)).seen


def test_the_marks_are_forgotten_after_two_days_and_idle_drafts_after_seven(
    database: Database, inbox: Inbox, clock: FixedClock
) -> None:
    known = inbox.open(turn(clock))
    known.state, known.changed = "Reporting:level", True
    inbox.settle(known)
    clock.advance(days=4)
    inbox.purge(clock.now())
    assert counts(database)["seen_update"] == 0
    assert counts(database)["dialogue"] == 1
    clock.advance(days=4)
    inbox.purge(clock.now())
    assert counts(database)["dialogue"] == 0


def test_whoever_only_looks_is_written_to_where_they_looked(
    database: Database, store: Store, inbox: Inbox, clock: FixedClock
) -> None:
    with store.work() as work:
        work.people.add_account("telegram", "70", clock.now(), None).blocked_at = clock.now()
    for update in (1, 2):
        inbox.settle(inbox.open(turn(clock, update)))
    with store.work() as work:
        account = work.people.account("telegram", "70")
        assert account is not None
        assert (account.last_used_at, account.blocked_at) == (clock.now(), None)
    # The second look within the hour wrote nothing.
    assert counts(database)["seen_update"] == 1
