"""Prepared statements: they say and see what the same statement does by SQLAlchemy's own way."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import bindparam, insert, select, update

from domain.deliveries import Delivery, DeliveryState, Lane
from domain.people import Actor
from storage.deliveries import delivery
from storage.engine import Database
from storage.people import Person, person
from storage.prepared import Prepared
from storage.unit_of_work import Store
from tests.conftest import MONDAY

ALL = select(delivery).where(delivery.c.lane == bindparam("lane")).order_by(delivery.c.id).limit(1)
PAYLOAD = {"number": "WT-2030-000001", "words": "叫号屏", "days": [1, None]}


def of(state: DeliveryState) -> Delivery:
    return Delivery(f"a:{state}", "receipt", Lane.FACTS, PAYLOAD, MONDAY, MONDAY, person_id=1, state=state)


def test_times_enums_and_json_come_back_as_they_went_in(database: Database, store: Store) -> None:
    with store.work() as work:
        work.deliveries.record(of(DeliveryState.SENT))
    with database.reading() as session:
        [known] = session.execute(ALL, {"lane": Lane.FACTS})
        [found] = Prepared(ALL).rows(session, lane=Lane.FACTS)
    assert found._asdict() == dict(known._mapping)
    assert (found.payload, found.lane, found.not_before) == (PAYLOAD, Lane.FACTS, MONDAY)
    assert found.not_before.tzinfo is UTC


def test_what_the_session_has_changed_is_seen(database: Database, actors: dict[str, Actor]) -> None:
    names = Prepared(select(person.c.name).where(person.c.id == bindparam("person")))
    number = actors["member"].person_id
    with database.writing() as session:
        found = session.get(Person, number)
        assert found is not None
        found.name = "另一个名字"
        assert names.scalars(session, person=number) == ["另一个名字"]


def test_a_change_tells_how_many_rows_it_was_made_to(database: Database, store: Store) -> None:
    with store.work() as work:
        work.deliveries.record(of(DeliveryState.SENT), of(DeliveryState.FAILED))
    at = Prepared(update(delivery).where(delivery.c.state == bindparam("now")).values(sent_at=bindparam("at")))
    later = datetime(2030, 5, 14, tzinfo=UTC) + timedelta(microseconds=1)
    with database.writing() as session:
        assert at.change(session, now=DeliveryState.SENT, at=later) == 1
        assert at.change(session, now=DeliveryState.HELD, at=later) == 0
        at.change_each(session, [{"now": state, "at": later} for state in (DeliveryState.FAILED, DeliveryState.SENT)])
        assert set(session.scalars(select(delivery.c.sent_at))) == {later}


def test_a_value_that_no_part_of_the_statement_asks_for_is_an_error(database: Database) -> None:
    with database.reading() as session, pytest.raises(KeyError):
        Prepared(ALL).rows(session, lane=Lane.FACTS, line=1)


def test_a_time_without_a_zone_is_refused_on_this_way_too(database: Database) -> None:
    named = Prepared(insert(delivery), ("not_before",))
    with database.writing() as session, pytest.raises(ValueError, match="without a zone"):
        named.change(session, not_before=datetime(2030, 5, 14))  # noqa: DTZ001 - what must not be


def test_a_list_of_any_length_cannot_be_made_ready(database: Database) -> None:
    some = Prepared(select(person.c.id).where(person.c.id.in_(bindparam("some", expanding=True))))
    with database.reading() as session, pytest.raises(ValueError, match="any length"):
        some.rows(session, some=[1])


def test_an_entity_that_is_only_looked_at_is_not_followed(database: Database, actors: dict[str, Actor]) -> None:
    number = actors["member"].person_id
    one = Prepared(select(person).where(person.c.id == bindparam("person")))
    with database.writing() as session:
        [looked_at] = one.entities(session, Person, person=number)
        assert (looked_at.id, looked_at.name) == (number, actors["member"].name)
        vars(looked_at)["name"] = "另一个名字"
        followed = session.get(Person, number)
        assert followed is not None
        assert followed.name == actors["member"].name
