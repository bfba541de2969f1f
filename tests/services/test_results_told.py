"""When a contest is over, everybody who took part hears how they did: once, within working hours, each alone."""

from datetime import timedelta

import pytest

from bot.services import Services
from domain.deliveries import Delivery
from domain.people import Actor, Person
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.services.contests import answer_rightly, as_actor, everybody, plan

Actors = dict[str, Actor]


def tell(services: Services) -> None:
    for number in services.contests.results_untold():
        while services.contests.tell_results_slice(number):
            continue


def told(store: Store, contest_id: int) -> list[Delivery]:
    with store.work() as work:
        return work.deliveries.find("contest-result", str(contest_id))


def take_part(services: Services, store: Store, contest_id: int, count: int) -> list[Person]:
    """The first few people, the n-th with n wrong answers."""
    people = everybody(store)[:count]
    for wrong, person in enumerate(people):
        answer_rightly(services, as_actor(store, person), contest_id, store, wrong=min(wrong, 3))
    return people


def test_each_hears_their_own_score_and_the_median_and_nobody_hears_it_twice(
    services: Services, opened: int, clock: FixedClock, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.contests.SLICE", 2)
    people = take_part(services, store, opened, 6)
    tell(services)
    assert told(store, opened) == []
    closes = clock.advance(hours=4)
    tell(services)
    tell(services)
    assert not services.contests.tell_results_slice(opened)
    rows = {row.person_id: row for row in told(store, opened)}
    assert set(rows) == {person.id for person in people}
    assert len(told(store, opened)) == 6
    assert rows[people[0].id].payload["score"] == 100
    assert {row.payload["median"] for row in rows.values()} == {16}
    assert {row.not_before for row in rows.values()} == {closes}


def test_what_closes_in_the_evening_is_told_in_the_morning(
    services: Services, opened: int, clock: FixedClock, store: Store
) -> None:
    take_part(services, store, opened, 1)
    clock.set_local("2030-05-13 20:00")
    tell(services)
    assert [row.not_before for row in told(store, opened)] == [clock.set_local("2030-05-14 08:30")]


def test_where_few_took_part_no_median_is_told(
    services: Services, opened: int, clock: FixedClock, store: Store
) -> None:
    take_part(services, store, opened, 2)
    clock.advance(hours=4)
    tell(services)
    assert [row.payload["median"] for row in told(store, opened)] == [None, None]


def test_of_a_practice_round_nothing_is_told_afterwards(
    services: Services, actors: Actors, opened: int, clock: FixedClock, store: Store
) -> None:
    [bank] = services.contests.banks(actors["admin"])
    practice = services.contests.create(actors["admin"], plan(clock, bank.id, practice=True))
    services.quiz.start(actors["member"], practice)
    clock.advance(hours=4)
    assert services.contests.results_untold() == [opened]


def test_whoever_left_meanwhile_is_not_written_to(
    services: Services, opened: int, clock: FixedClock, store: Store
) -> None:
    people = take_part(services, store, opened, 2)
    clock.advance(hours=4, seconds=1)
    with store.work() as work:
        gone = work.people.take_person(people[0].id)
        assert gone is not None
        gone.left_at = clock.now() - timedelta(seconds=1)
    tell(services)
    assert [row.person_id for row in told(store, opened)] == [people[1].id]
