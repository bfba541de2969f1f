"""Reminders of problems, day by day: when they come, to whom, and when they end."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.services import Services
from domain.people import Actor
from domain.problems import Level
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from tests.services.problems import Story

Heard = list[tuple[str, str, str, int]]
"""When, who, which kind, how many working days were left."""


TICKS = ("00:05", "08:29", "08:30", "12:00", "17:59", "18:00", "21:00")
"""When the look for what is due happens to run each day, in and out of hours."""


class Days:
    """Time that passes day by day, and what is recorded on the way."""

    def __init__(self, services: Services, store: Store, clock: FixedClock) -> None:
        self.services, self.store, self.clock = services, store, clock

    def pass_until(self, local: str) -> Heard:
        """Who hears what until then, in the organisation's time."""
        before = self._digests()
        start, end = self.clock.now(), FixedClock().set_local(local)
        day = start.astimezone(ZONE).date()
        while day <= end.astimezone(ZONE).date():
            for tick in TICKS:
                if start < self.clock.set_local(f"{day} {tick}") <= end:
                    self.services.digests.record()
            day += timedelta(days=1)
        self.clock.at = end
        return self._digests()[len(before) :]

    def _digests(self) -> Heard:
        with self.store.work() as work:
            rows = work.deliveries.find("digest", "")
            names = {row.person_id: work.people.person(row.person_id or 0) for row in rows}
            return [
                (
                    f"{row.not_before.astimezone(ZONE):%m-%d %H:%M}",
                    getattr(names[row.person_id], "name", ""),
                    item["kind"],
                    item["left"],
                )
                for row in rows
                for item in row.payload["items"]
            ]


@pytest.fixture
def story(services: Services, clock: FixedClock, by_number: Callable[[str], Actor]) -> Story:
    return Story(services, clock, by_number)


@pytest.fixture
def days(services: Services, store: Store, clock: FixedClock) -> Days:
    return Days(services, store, clock)


def make_head(store: Store, unit_id: int | None, actor: Actor) -> None:
    with store.work() as work:
        unit = work.people.unit(unit_id or 0)
        assert unit is not None
        unit.head_person_id = actor.person_id


def test_the_owner_hears_at_three_and_one_days_on_the_day_and_once_after_it(story: Story, days: Days) -> None:
    story.signed(5)
    assert days.pass_until("2030-06-10 18:00") == [
        ("05-15 08:30", story.owner.name, "problem", 3),
        ("05-17 08:30", story.owner.name, "problem", 1),
        ("05-20 08:30", story.owner.name, "problem", 0),
        ("05-21 08:30", story.owner.name, "problem", -1),
    ]


def test_the_head_hears_three_working_days_later_once(story: Story, days: Days, store: Store) -> None:
    make_head(store, story.unit_id, story.bystander)
    story.signed(5)
    heard = [line for line in days.pass_until("2030-06-10 18:00") if line[1] == story.bystander.name]
    assert heard == [("05-23 08:30", story.bystander.name, "problem-head", -3)]


def test_the_head_reads_the_number_and_no_text(story: Story, days: Days, store: Store) -> None:
    make_head(store, story.unit_id, story.bystander)
    card = story.signed(5)
    days.pass_until("2030-06-10 18:00")
    with store.work() as work:
        rows = [row for row in work.deliveries.find("digest", "") if row.person_id == story.bystander.person_id]
    [item] = rows[0].payload["items"]
    assert item["subject"] == card.number
    assert story.services.problems.card(story.owner, card.problem_id).text[:5] not in repr(rows[0].payload)


def test_nothing_is_said_at_night_or_on_a_day_off(story: Story, days: Days, store: Store) -> None:
    with store.work() as work:
        for day in (15, 16, 17):
            work.calendar.put(FixedClock().now().date().replace(day=day), working=False, name="")
    story.signed(5)
    heard = days.pass_until("2030-06-10 18:00")
    assert {when[6:] for when, *_ in heard} == {"08:30"}
    assert not {when[:5] for when, *_ in heard} & {"05-15", "05-16", "05-17", "05-18", "05-19"}


def test_everything_of_a_day_is_one_message(story: Story, days: Days, store: Store) -> None:
    story.signed(5)
    story.signed(5)
    days.pass_until("2030-05-15 18:00")
    with store.work() as work:
        [row] = work.deliveries.find("digest", "")
    assert len(row.payload["items"]) == 2


def test_it_stops_when_the_problem_is_closed(story: Story, days: Days, services: Services) -> None:
    card = story.verifying()
    services.rectification.close(story.verifier, card.problem_id, card.version)
    assert days.pass_until("2030-06-10 18:00") == []


def test_while_it_is_verified_the_verifier_is_reminded_and_nobody_else(story: Story, days: Days) -> None:
    story.verifying()
    assert {line[1] for line in days.pass_until("2030-06-10 18:00")} == {story.verifier.name}


def test_a_moved_deadline_is_reminded_of_at_its_new_days_only(story: Story, days: Days, services: Services) -> None:
    card = story.signed(5)
    days.pass_until("2030-05-15 10:00")
    later = services.assigning.deadline_in(10)
    services.assigning.move_deadline(story.supervisor, card.problem_id, card.version, later, "parts late")
    assert days.pass_until("2030-05-29 18:00") == [
        ("05-24 08:30", story.owner.name, "problem", 3),
        ("05-28 08:30", story.owner.name, "problem", 1),
        ("05-29 08:30", story.owner.name, "problem", 0),
    ]


def test_a_process_that_slept_says_the_nearest_rung_only(
    story: Story, services: Services, store: Store, clock: FixedClock
) -> None:
    story.signed(5)
    clock.set_local("2030-05-20 11:00")
    services.digests.record()
    services.digests.record()
    with store.work() as work:
        [row] = work.deliveries.find("digest", "")
    assert [item["left"] for item in row.payload["items"]] == [0]
    assert row.expires_at == clock.set_local("2030-05-20 18:00")


def test_of_ones_own_shortcoming_only_oneself_is_reminded(
    story: Story, days: Days, services: Services, store: Store
) -> None:
    card = story.reported(Level.INDIVIDUAL)
    make_head(store, story.reporter.unit_id, story.bystander)
    card = services.triage.accept(story.secretary, card.problem_id, card.version)
    start = services.assigning.start(story.secretary, card.problem_id)
    given = story.assignment(5)
    own = type(given)(start.unit_id or 0, start.person_id or 0, given.verifier_id, given.deadline)
    services.assigning.assign(story.secretary, card.problem_id, card.version, own)
    heard = days.pass_until("2030-06-10 18:00")
    assert {line[1] for line in heard} == {story.reporter.name}
