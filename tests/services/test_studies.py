"""Study sessions behind the chat: who is told, reminded and counted, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.deliveries import Delivery, DeliveryState
from domain.errors import DomainError, NotFound, Outdated
from domain.people import Actor, Role, RoleKind
from domain.studies import Mark, Plan, SessionKind, StudySession
from storage.deliveries import delivery
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from tests.post import arrived, take

Named = Callable[[str], Actor]
PEOPLE = ("B001", "B002", "B003", "B004", "B005")
"""Everybody of the first organ; B002 is its secretary."""


on_postgres = pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
"""SQLite has one writer, which hides races."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def secretary(actors: dict[str, Actor]) -> Actor:
    return actors["secretary"]


@pytest.fixture
def unit(store: Store) -> Callable[[str], int]:
    def find(code: str) -> int:
        with store.work() as work:
            found = work.people.unit_by_code(code)
            assert found is not None
            return found.id

    return find


@pytest.fixture
def planned(services: Services, secretary: Actor, unit: Callable[[str], int]) -> Callable[..., StudySession]:
    """Plan a session of the first branch: ``planned("2030-05-14 15:00")``."""

    def plan(starts: str = "2030-05-14 15:00", code: str = "branch-1", by: Actor = secretary) -> StudySession:
        return services.studies.plan(
            by, Plan(SessionKind.THEORY, "学习条例", at(starts), "三楼会议室", (unit(code),), "https://example.org/a")
        )

    return plan


@pytest.fixture
def rows(database: Database) -> Callable[..., list[Delivery]]:
    """Deliveries of a kind, in any state."""

    def find(kind: str, *states: DeliveryState) -> list[Delivery]:
        with database.reading() as session:
            query = select(Delivery).where(delivery.c.kind == kind).order_by(delivery.c.id)
            return [row for row in session.scalars(query) if not states or row.state in states]

    return find


@pytest.fixture
def send(services: Services, store: Store, by_number: Named, clock: FixedClock) -> Callable[..., None]:
    """Everybody of the branch has a messenger; send what is due, or only to the person of this staff number."""
    for number in PEOPLE[2:]:
        person_id = by_number(number).person_id
        with store.work() as work:
            work.people.add_account("telegram", number, clock.now(), person_id)

    def sending(number: str = "") -> None:
        parcels = take(services, "sender", 100)
        theirs = [one for one in parcels if not number or one.delivery.person_id == by_number(number).person_id]
        arrived(services, "sender", theirs)
        services.deliveries.release("sender")

    return sending


Rows = Callable[..., list[Delivery]]
Planned = Callable[..., StudySession]


def refused(code: str) -> Any:
    return pytest.raises(DomainError, match=f"^{code}$")


# Planning


def test_everybody_but_the_planner_is_told_and_the_planner_learns_how_many(
    planned: Planned, rows: Rows, by_number: Named, secretary: Actor
) -> None:
    planned()
    told = {row.person_id for row in rows("session-new")}
    assert told == {by_number(number).person_id for number in ("B003", "B004", "B005")}
    [receipt] = rows("session-planned")
    assert (receipt.person_id, receipt.payload["told"]) == (secretary.person_id, 3)


def test_what_is_planned_at_night_is_told_in_the_morning(planned: Planned, rows: Rows, clock: FixedClock) -> None:
    clock.set_local("2030-05-13 22:00")
    planned()
    assert {row.not_before for row in rows("session-new")} == {at("2030-05-14 08:30")}
    assert {row.expires_at for row in rows("session-new")} == {at("2030-05-14 15:00")}


def test_nobody_is_told_of_what_will_have_begun_by_then_and_the_planner_learns_it(
    planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    clock.set_local("2030-05-13 22:00")
    planned("2030-05-14 08:00")
    assert rows("session-new") == []
    assert rows("session-planned")[0].payload["told"] == 0


def test_a_secretary_plans_for_no_other_unit(planned: Planned, rows: Rows, by_number: Named) -> None:
    for code in ("branch-2", "organ-2", "office"):
        with pytest.raises(NotFound):
            planned(code=code)
    with pytest.raises(NotFound):
        planned(by=by_number("B003"))
    assert rows("session-new") == []


def test_an_admin_plans_for_everybody(planned: Planned, actors: dict[str, Actor], rows: Rows) -> None:
    planned(code="office", by=actors["admin"])
    assert len(rows("session-new")) == 12


def test_nested_units_are_told_once(
    services: Services, secretary: Actor, unit: Callable[[str], int], rows: Rows
) -> None:
    units = (unit("organ-1"), unit("branch-1"))
    services.studies.plan(secretary, Plan(SessionKind.CLASS, "x", at("2030-05-14 15:00"), "y", units))
    assert len(rows("session-new")) == len(PEOPLE) - 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "words-missing"),
        ({"place": ""}, "words-missing"),
        ({"title": "长" * 121}, "text-too-long"),
        ({"material": "长" * 2001}, "text-too-long"),
        ({"starts_at": at("2030-05-13 10:00")}, "when-past"),
    ],
)
def test_half_a_plan_is_refused_and_nothing_is_saved(
    services: Services,
    secretary: Actor,
    unit: Callable[[str], int],
    rows: Rows,
    changes: dict[str, Any],
    code: str,
) -> None:
    whole = Plan(SessionKind.CLASS, "x", at("2030-05-14 15:00"), "y", (unit("branch-1"),))
    with refused(code):
        services.studies.plan(secretary, replace(whole, **changes))
    assert rows("session-new") == []
    assert services.studies.upcoming(secretary) == []


def test_a_unit_without_anybody_is_no_audience(planned: Planned, actors: dict[str, Actor]) -> None:
    with refused("audience-empty"):
        planned(code="dept-1", by=actors["admin"])


# Who sees it


def test_members_see_what_is_for_them_and_others_read_that_there_is_nothing(
    services: Services, planned: Planned, by_number: Named, actors: dict[str, Actor]
) -> None:
    session = planned()
    assert [card.title for card in services.studies.upcoming(by_number("B003"))] == ["学习条例"]
    for other in (by_number("C003"), by_number("C002"), by_number("B001"), actors["supervisor"], actors["guest"]):
        assert services.studies.upcoming(other) == []
        with pytest.raises(NotFound):
            services.studies.card(other, session.id)
        with pytest.raises(NotFound):
            services.studies.material(other, session.id)
        with pytest.raises(NotFound):
            services.studies.cannot_come(other, session.id, "")
    with pytest.raises(NotFound):
        services.studies.card(by_number("B003"), session.id + 100)


def test_a_secretary_who_does_not_attend_cannot_be_excused(
    services: Services, planned: Planned, secretary: Actor, unit: Callable[[str], int], store: Store
) -> None:
    elsewhere = unit("dept-1")
    with store.work() as work:
        person = work.people.person(secretary.person_id or 0)
        assert person is not None
        person.unit_id = elsewhere
        moved = work.actors.of(person.id)
    session = planned()
    assert not services.studies.card(moved, session.id).attends
    with pytest.raises(NotFound):
        services.studies.cannot_come(moved, session.id, "")


# Cannot come


def test_an_excuse_is_kept_once_and_can_be_taken_back(services: Services, planned: Planned, by_number: Named) -> None:
    session, member = planned(), by_number("B003")
    assert services.studies.cannot_come(member, session.id, "出差").on_leave
    assert services.studies.cannot_come(member, session.id, "看病").on_leave
    assert not services.studies.can_come(member, session.id).on_leave
    assert not services.studies.can_come(member, session.id).on_leave


def test_after_the_start_or_a_cancellation_nobody_excuses_themselves(
    services: Services, planned: Planned, by_number: Named, secretary: Actor, clock: FixedClock
) -> None:
    begun, cancelled, member = planned(), planned("2030-05-16 15:00"), by_number("B003")
    services.studies.cancel(secretary, cancelled.id, 1)
    with refused("session-cancelled"):
        services.studies.cannot_come(member, cancelled.id, "")
    clock.set_local("2030-05-14 15:00")
    with refused("session-begun"):
        services.studies.cannot_come(member, begun.id, "")


# Moving and cancelling


def test_a_move_takes_back_the_old_hour_and_tells_the_new_one(
    services: Services, planned: Planned, send: Callable[..., None], rows: Rows, secretary: Actor, clock: FixedClock
) -> None:
    session = planned()
    send()
    clock.set_local("2030-05-14 14:00")
    assert services.studies.record_hour_before() == 4
    services.studies.move(secretary, session.id, 1, at("2030-05-15 15:00"))
    assert rows("session-hour", DeliveryState.PENDING) == []
    assert len(rows("session-hour", DeliveryState.CANCELLED)) == 4
    clock.set_local("2030-05-14 14:30")
    assert services.studies.record_hour_before() == 0
    clock.set_local("2030-05-15 14:00")
    assert services.studies.record_hour_before() == 4


def test_who_has_heard_of_a_session_hears_that_it_moved_and_who_has_not_hears_the_new_time_alone(
    services: Services, planned: Planned, send: Callable[..., None], rows: Rows, secretary: Actor, by_number: Named
) -> None:
    session = planned()
    send("B004")
    services.studies.move(secretary, session.id, 1, at("2030-05-15 15:00"))
    [moved] = rows("session-moved")
    assert moved.person_id == by_number("B004").person_id
    assert moved.payload["before"] == at("2030-05-14 15:00").isoformat()
    fresh = rows("session-new", DeliveryState.PENDING)
    assert {row.payload["at"] for row in fresh} == {at("2030-05-15 15:00").isoformat()}
    assert len(fresh) == 2


def test_a_session_that_moves_away_and_back_is_told_each_time(
    services: Services, planned: Planned, send: Callable[..., None], rows: Rows, secretary: Actor
) -> None:
    session = planned()
    send()
    services.studies.move(secretary, session.id, 1, at("2030-05-15 15:00"))
    services.studies.move(secretary, session.id, 2, at("2030-05-14 15:00"))
    assert len(rows("session-moved", DeliveryState.PENDING)) == 3
    assert len(rows("session-moved", DeliveryState.CANCELLED)) == 3


def test_a_cancellation_bothers_only_who_had_heard(
    services: Services, planned: Planned, send: Callable[..., None], rows: Rows, secretary: Actor, by_number: Named
) -> None:
    session = planned()
    send("B004")
    services.studies.cancel(secretary, session.id, 1)
    assert len(rows("session-cancelled")) == 1
    assert rows("session-new", DeliveryState.PENDING, DeliveryState.LEASED) == []
    assert services.studies.upcoming(by_number("B003")) == []
    assert services.studies.card(by_number("B003"), session.id).is_cancelled


def test_two_changes_on_the_same_card_are_one(services: Services, planned: Planned, secretary: Actor) -> None:
    session = planned()
    services.studies.move(secretary, session.id, 1, at("2030-05-15 15:00"))
    with pytest.raises(Outdated):
        services.studies.cancel(secretary, session.id, 1)
    assert not services.studies.card(secretary, session.id).is_cancelled


def test_a_branch_secretary_does_not_move_a_session_of_the_whole_organisation(
    services: Services, planned: Planned, actors: dict[str, Actor], secretary: Actor, by_number: Named
) -> None:
    session = planned(code="office", by=actors["admin"])
    for other in (secretary, by_number("B003")):
        assert not services.studies.card(other, session.id).changeable
        with refused("not-yours"):
            services.studies.move(other, session.id, 1, at("2030-05-15 15:00"))
        with refused("not-yours"):
            services.studies.cancel(other, session.id, 1)


# Reminders


def digested(services: Services, rows: Rows, clock: FixedClock, when: str) -> dict[int, list[str]]:
    """What the digest of that morning says, by person."""
    clock.set_local(when)
    known = {row.id for row in rows("digest")}
    services.digests.record()
    fresh = [row for row in rows("digest") if row.id not in known]
    return {row.person_id or 0: [item["title"] for item in row.payload["items"]] for row in fresh}


def test_the_digest_of_the_last_working_day_names_it_once(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock, by_number: Named
) -> None:
    planned("2030-05-20 15:00")
    services.studies.cannot_come(by_number("B004"), services.studies.upcoming(by_number("B004"))[0].session_id, "")
    assert digested(services, rows, clock, "2030-05-16 08:30") == {}
    friday = digested(services, rows, clock, "2030-05-17 08:30")
    assert set(friday) == {by_number(number).person_id for number in ("B002", "B003", "B005")}
    assert digested(services, rows, clock, "2030-05-20 08:30") == {}


def test_a_session_on_a_day_off_is_named_on_the_working_day_before_it(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    planned("2030-05-18 15:00")
    assert digested(services, rows, clock, "2030-05-16 08:30") == {}
    assert len(digested(services, rows, clock, "2030-05-17 08:30")) == 4
    clock.set_local("2030-05-18 14:00")
    assert services.studies.record_hour_before() == 0


def test_a_session_on_a_make_up_workday_has_its_hour(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock, store: Store
) -> None:
    with store.work() as work:
        work.calendar.put(date(2030, 5, 18), working=True, name="调休")
    planned("2030-05-18 15:00")
    assert len(digested(services, rows, clock, "2030-05-17 08:30")) == 4
    clock.set_local("2030-05-18 14:00")
    assert services.studies.record_hour_before() == 4


def test_a_digest_that_could_not_be_written_is_made_good_on_the_day(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    planned("2030-05-20 15:00")
    assert len(digested(services, rows, clock, "2030-05-20 08:30")) == 4


def test_a_session_moved_over_days_is_named_again_before_its_new_day(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock, secretary: Actor
) -> None:
    session = planned("2030-05-15 15:00")
    assert len(digested(services, rows, clock, "2030-05-14 08:30")) == 4
    services.studies.move(secretary, session.id, 1, at("2030-05-22 15:00"))
    assert digested(services, rows, clock, "2030-05-15 08:30") == {}
    assert len(digested(services, rows, clock, "2030-05-21 08:30")) == 4


def test_an_hour_before_everybody_who_comes_is_reminded_once(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock, by_number: Named
) -> None:
    session = planned()
    services.studies.cannot_come(by_number("B004"), session.id, "")
    clock.set_local("2030-05-14 13:59")
    assert services.studies.record_hour_before() == 0
    clock.set_local("2030-05-14 14:00")
    assert services.studies.record_hour_before() == 3
    clock.set_local("2030-05-14 14:01")
    assert services.studies.record_hour_before() == 0
    assert {row.expires_at for row in rows("session-hour")} == {session.starts_at}
    keys = {
        f"session-hour:{session.id}:{session.starts_at.isoformat()}:{row.person_id}" for row in rows("session-hour")
    }
    assert {row.dedupe_key for row in rows("session-hour")} == keys


def test_a_process_that_was_away_over_the_hour_reminds_until_the_start_and_not_after(
    services: Services, planned: Planned, clock: FixedClock
) -> None:
    coming = planned("2030-05-14 15:00")
    planned("2030-05-14 14:40")
    clock.set_local("2030-05-14 14:50")
    services.studies.record_hour_before()
    said = [parcel.delivery for parcel in take(services, "sender", 50)]
    assert {row.payload["session"] for row in said if row.kind == "session-hour"} == {coming.id}
    clock.set_local("2030-05-14 15:00")
    assert services.studies.record_hour_before() == 0


def test_a_reminder_that_waited_past_the_start_is_not_sent(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    planned()
    clock.set_local("2030-05-14 14:00")
    services.studies.record_hour_before()
    clock.set_local("2030-05-14 15:00")
    sent = {parcel.delivery.kind for parcel in take(services, "sender", 50)}
    assert "session-hour" not in sent
    assert {row.state for row in rows("session-hour")} == {DeliveryState.SUPPRESSED}


def test_a_reminder_that_nobody_was_there_to_record_is_left_out_with_its_reason(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    planned()
    planned("2030-05-14 19:30")
    clock.set_local("2030-05-16 07:00")
    assert services.studies.record_hour_before() == 4
    assert services.studies.record_hour_before() == 0
    assert "session-hour" not in {parcel.delivery.kind for parcel in take(services, "sender", 50)}
    assert {(row.state, row.error) for row in rows("session-hour")} == {(DeliveryState.SUPPRESSED, "expired")}


@pytest.mark.parametrize(
    ("starts", "reminded"),
    [
        ("2030-05-20 15:00", "14:00"),
        ("2030-05-20 09:00", "08:30"),
        ("2030-05-20 08:30", None),
        ("2030-05-20 08:00", None),
        ("2030-05-20 18:50", "17:50"),
        ("2030-05-20 19:00", None),
        ("2030-05-18 15:00", None),
    ],
)
def test_the_hour_before_is_within_working_hours_or_not_at_all(
    services: Services, planned: Planned, clock: FixedClock, starts: str, reminded: str | None
) -> None:
    planned(starts)
    heard = []
    for minute in range(6 * 60, 21 * 60, 10):
        at_hand = clock.set_local(f"{starts[:10]} {minute // 60:02}:{minute % 60:02}").astimezone(ZONE)
        if services.studies.record_hour_before():
            heard.append(f"{at_hand:%H:%M}")
    assert heard == ([reminded] if reminded else [])


def test_what_is_planned_or_moved_within_the_hour_is_not_told_twice(
    services: Services, planned: Planned, secretary: Actor, clock: FixedClock
) -> None:
    moved = planned("2030-05-14 17:00")
    clock.set_local("2030-05-14 14:30")
    planned("2030-05-14 15:00")
    services.studies.move(secretary, moved.id, 1, at("2030-05-14 15:10"))
    clock.set_local("2030-05-14 14:40")
    assert services.studies.record_hour_before() == 0


def test_a_process_that_comes_back_after_hours_is_silent(
    services: Services, planned: Planned, clock: FixedClock
) -> None:
    planned("2030-05-14 18:30")
    clock.set_local("2030-05-14 18:10")
    assert services.studies.record_hour_before() == 0


def test_an_early_session_has_its_digest_and_no_hour(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    planned("2030-05-15 08:00")
    assert len(digested(services, rows, clock, "2030-05-14 08:30")) == 4
    for minute in ("2030-05-15 07:00", "2030-05-15 07:59", "2030-05-15 08:30"):
        clock.set_local(minute)
        assert services.studies.record_hour_before() == 0


# The roll


@pytest.fixture
def held(planned: Planned, clock: FixedClock) -> StudySession:
    """A session of the first branch that has just begun."""
    session = planned()
    clock.set_local("2030-05-14 15:00")
    return session


def test_the_roll_opens_with_all_present_but_those_on_leave(
    services: Services,
    planned: Planned,
    by_number: Named,
    secretary: Actor,
    unit: Callable[[str], int],
    clock: FixedClock,
) -> None:
    session = planned()
    services.studies.cannot_come(by_number("B004"), session.id, "出差")
    clock.set_local("2030-05-14 15:00")
    sheet = services.rolls.sheet(secretary, session.id, unit("branch-1"))
    marks = {person: mark for person, _, mark in sheet.lines}
    assert marks.pop(by_number("B004").person_id or 0) is Mark.ON_LEAVE
    assert set(marks.values()) == {Mark.PRESENT}
    assert len(marks) == 3


def test_a_roll_is_confirmed_once_and_counted_by_unit(
    services: Services, held: StudySession, by_number: Named, secretary: Actor, unit: Callable[[str], int]
) -> None:
    branch, absent = unit("branch-1"), by_number("B003").person_id or 0
    services.rolls.confirm(secretary, held.id, branch, {absent: Mark.ABSENT})
    with pytest.raises(Outdated):
        services.rolls.confirm(secretary, held.id, branch, {})
    [count] = services.rolls.counts(secretary, held.id)
    assert (count.unit_name, count.expected, count.present, count.absent, count.on_leave) == ("第一支部", 4, 3, 1, 0)
    assert services.studies.card(by_number("B003"), held.id).mark is Mark.ABSENT
    assert services.studies.card(by_number("B005"), held.id).mark is Mark.PRESENT


def test_a_roll_is_not_called_before_people_come(
    services: Services, planned: Planned, secretary: Actor, unit: Callable[[str], int]
) -> None:
    session = planned()
    with refused("roll-too-early"):
        services.rolls.confirm(secretary, session.id, unit("branch-1"), {})
    assert services.rolls.places(secretary) == []


def test_members_and_other_secretaries_find_no_roll(
    services: Services, held: StudySession, by_number: Named, unit: Callable[[str], int]
) -> None:
    for number in ("B003", "C002", "C003", "P001"):
        other = by_number(number)
        with pytest.raises(NotFound):
            services.rolls.sheet(other, held.id, unit("branch-1"))
        with pytest.raises(NotFound):
            services.rolls.confirm(other, held.id, unit("branch-1"), {})
        assert services.rolls.places(other) == []
    assert services.rolls.counts(by_number("B003"), held.id) == []


def test_somebody_of_another_unit_cannot_be_put_on_a_roll(
    services: Services, held: StudySession, by_number: Named, secretary: Actor, unit: Callable[[str], int]
) -> None:
    with refused("roll-changed"):
        services.rolls.confirm(secretary, held.id, unit("branch-1"), {by_number("C003").person_id or 0: Mark.ABSENT})
    assert services.rolls.counts(secretary, held.id) == []


def test_who_called_it_sets_it_right_and_the_old_mark_is_kept(
    services: Services,
    held: StudySession,
    by_number: Named,
    secretary: Actor,
    unit: Callable[[str], int],
    store: Store,
    actors: dict[str, Actor],
) -> None:
    branch, who = unit("branch-1"), by_number("B003").person_id or 0
    services.rolls.confirm(secretary, held.id, branch, {who: Mark.ABSENT})
    for _ in range(2):
        services.rolls.correct(secretary, held.id, branch, who, Mark.ON_LEAVE)
    with store.work() as work:
        [line] = work.studies.corrections(held.id)
        assert (line.before, line.after, line.by_id) == (Mark.ABSENT, Mark.ON_LEAVE, secretary.person_id)
    assert services.studies.card(by_number("B003"), held.id).mark is Mark.ON_LEAVE
    with refused("not-yours"):
        services.rolls.correct(actors["admin"], held.id, branch, who, Mark.PRESENT)


def test_each_secretary_calls_the_own_part_of_a_large_session_and_nobody_counts_twice(
    services: Services,
    planned: Planned,
    actors: dict[str, Actor],
    secretary: Actor,
    by_number: Named,
    unit: Callable[[str], int],
    clock: FixedClock,
) -> None:
    admin = actors["admin"]
    session = planned(code="office", by=admin)
    clock.set_local("2030-05-14 15:00")
    services.rolls.confirm(secretary, session.id, unit("organ-1"), {})
    services.rolls.confirm(by_number("C002"), session.id, unit("organ-2"), {})
    with pytest.raises(NotFound):
        services.rolls.confirm(secretary, session.id, unit("organ-2"), {})
    rest = services.rolls.confirm(admin, session.id, unit("office"), {})
    assert len(rest.lines) == 4
    counts = services.rolls.counts(admin, session.id)
    assert sum(count.expected for count in counts) == 13
    own = {count.unit_name for count in services.rolls.counts(secretary, session.id)}
    assert own == {"综合服务单位", "第一支部"}


def test_a_roll_whose_people_were_all_named_in_parts_waits_no_more(
    services: Services,
    planned: Planned,
    secretary: Actor,
    by_number: Named,
    unit: Callable[[str], int],
    store: Store,
    clock: FixedClock,
) -> None:
    branch = unit("branch-1")
    with store.work() as work:
        head = work.people.person_by_staff_number("B001")
        assert head is not None
        head.unit_id = branch
        work.people.grant(Role(head.id, branch, RoleKind.SECRETARY))
    session = planned(code="organ-1")
    clock.set_local("2030-05-14 15:00")
    assert [place.called for place in services.rolls.places(secretary)] == [False]
    services.rolls.confirm(by_number("B001"), session.id, branch, {})
    assert [place.called for place in services.rolls.places(secretary)] == [True]
    with refused("roll-changed"):
        services.rolls.confirm(secretary, session.id, unit("organ-1"), {})


@on_postgres
def test_of_many_devices_that_confirm_a_roll_at_once_one_does(
    services: Services, held: StudySession, secretary: Actor, unit: Callable[[str], int], store: Store
) -> None:
    branch = unit("branch-1")

    def confirm(_: int) -> bool:
        try:
            services.rolls.confirm(secretary, held.id, branch, {})
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(confirm, range(20))) == 1
    with store.work() as work:
        assert len(work.studies.attendance(held.id)) == 4
        assert len(work.studies.rolls(held.id)) == 1


@on_postgres
def test_many_taps_of_cannot_come_leave_one_excuse(
    services: Services, planned: Planned, by_number: Named, store: Store
) -> None:
    session, member = planned(), by_number("B003")
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda n: services.studies.cannot_come(member, session.id, str(n)), range(20)))
    with store.work() as work:
        assert work.studies.on_leave(session.id) == {member.person_id}


@on_postgres
def test_many_processes_at_the_hour_remind_everybody_once(
    services: Services, planned: Planned, rows: Rows, clock: FixedClock
) -> None:
    planned()
    clock.set_local("2030-05-14 14:00")
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda _: services.studies.record_hour_before(), range(8))) == 4
    assert len(rows("session-hour")) == 4


def test_past_sessions_tell_their_own_people_how_they_stood(
    services: Services,
    held: StudySession,
    by_number: Named,
    secretary: Actor,
    unit: Callable[[str], int],
    clock: FixedClock,
) -> None:
    services.rolls.confirm(secretary, held.id, unit("branch-1"), {})
    clock.advance(hours=2)
    member = by_number("B003")
    assert services.studies.upcoming(member) == []
    assert [card.mark for card in services.studies.past(member)] == [Mark.PRESENT]
    clock.at += timedelta(days=200)
    assert services.studies.past(member) == []
