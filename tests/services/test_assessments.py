"""Assessment deadlines behind the chat: who answers, who is reminded until it is in, who sees what."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.assessments import Assessment, AssessmentPlan
from domain.deliveries import Delivery, DeliveryState
from domain.errors import DomainError, NotFound, Outdated
from domain.people import Actor
from storage.deliveries import delivery
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock

Named = Callable[[str], Actor]
Rows = Callable[[str], list[Delivery]]
Units = Callable[[str], int]
Planned = Callable[..., Assessment]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def unit(store: Store) -> Units:
    def find(code: str) -> int:
        with store.work() as work:
            found = work.people.unit_by_code(code)
            assert found is not None
            return found.id

    return find


@pytest.fixture
def admin(actors: dict[str, Actor]) -> Actor:
    return actors["admin"]


@pytest.fixture
def planned(services: Services, admin: Actor, unit: Units, by_number: Named) -> Planned:
    """A deadline for both branches, on a Friday; their secretaries answer."""

    def plan(due: str = "2030-05-31 18:00", by: Actor = admin, **people: str) -> Assessment:
        named = people or {"branch_1": "B002", "branch_2": "C002"}
        answer = {unit(code.replace("_", "-")): by_number(number).person_id or 0 for code, number in named.items()}
        return services.assessments.plan(by, AssessmentPlan("年度述职材料", at(due), answer))

    return plan


@pytest.fixture
def rows(database: Database) -> Rows:
    def find(kind: str) -> list[Delivery]:
        with database.reading() as session:
            return list(session.scalars(select(Delivery).where(delivery.c.kind == kind).order_by(delivery.c.id)))

    return find


def refused(code: str) -> Any:
    return pytest.raises(DomainError, match=f"^{code}$")


@pytest.fixture
def digested(services: Services, rows: Rows, clock: FixedClock) -> Callable[[str], dict[int, list[tuple[str, int]]]]:
    """Title and days left of what the digest of a morning says, by person."""

    def run(day: str) -> dict[int, list[tuple[str, int]]]:
        clock.set_local(f"{day} 08:30")
        known = {row.id for row in rows("digest")}
        services.digests.record()
        fresh = [row for row in rows("digest") if row.id not in known]
        return {r.person_id or 0: [(item["title"], item["left"]) for item in r.payload["items"]] for r in fresh}

    return run


def test_the_nearest_secretary_answers_unless_somebody_else_is_chosen(
    services: Services, admin: Actor, unit: Units, by_number: Named
) -> None:
    branch, office = unit("branch-1"), unit("office")
    chosen = by_number("B003").person_id or 0
    answer = {one.unit_id: one for one in services.assessments.responsible(admin, [branch, office], {})}
    assert answer[branch].person_id == by_number("B002").person_id
    assert answer[office].person_id is None
    [other] = services.assessments.responsible(admin, [branch], {branch: chosen})
    assert other.person_name == "窗口党员甲"


def test_each_of_those_who_answer_is_told_once(planned: Planned, rows: Rows, by_number: Named, admin: Actor) -> None:
    planned(branch_1="B002", organ_1="B002", branch_2="C002")
    told = {row.person_id: row.payload["units"] for row in rows("assessment-new")}
    assert told == {
        by_number("B002").person_id: ["综合服务单位", "第一支部"],
        by_number("C002").person_id: ["第二支部"],
    }
    [receipt] = rows("assessment-planned")
    assert (receipt.person_id, receipt.payload["units"], receipt.payload["told"]) == (admin.person_id, 3, 2)


def test_a_secretary_sets_deadlines_for_the_own_units_alone(
    planned: Planned, actors: dict[str, Actor], by_number: Named, rows: Rows
) -> None:
    planned(by=actors["secretary"], branch_1="B003")
    for by in (actors["secretary"], by_number("C003")):
        with pytest.raises(NotFound):
            planned(by=by, branch_2="C002")
    assert len(rows("assessment-new")) == 1


def test_nobody_of_another_unit_answers(planned: Planned) -> None:
    with pytest.raises(NotFound):
        planned(branch_1="C003")


def test_a_deadline_that_has_passed_is_refused(planned: Planned, rows: Rows) -> None:
    with refused("when-past"):
        planned("2030-05-13 10:00")
    assert rows("assessment-planned") == []


def test_reminders_come_at_ten_five_three_one_and_no_days_and_once_when_late(
    planned: Planned, digested: Callable[[str], dict[int, list[tuple[str, int]]]], by_number: Named
) -> None:
    planned(branch_1="B002")
    who, said = by_number("B002").person_id or 0, {}
    for day in (*range(14, 32),):
        if told := digested(f"2030-05-{day}").get(who):
            said[day] = told[0][1]
    for day in range(1, 8):
        if told := digested(f"2030-06-{day:02}").get(who):
            said[day + 31] = told[0][1]
    assert said == {17: 10, 24: 5, 28: 3, 30: 1, 31: 0, 34: -1}


def test_what_is_submitted_is_reminded_of_no_more(
    services: Services,
    planned: Planned,
    unit: Units,
    digested: Callable[[str], dict[int, list[tuple[str, int]]]],
    by_number: Named,
) -> None:
    found = planned()
    services.assessments.submit(by_number("B002"), found.id, unit("branch-1"))
    assert set(digested("2030-05-30")) == {by_number("C002").person_id}


def test_after_a_week_without_a_process_one_reminder_is_enough(
    planned: Planned, digested: Callable[[str], dict[int, list[tuple[str, int]]]], by_number: Named
) -> None:
    planned(branch_1="B002")
    assert digested("2030-05-29") == {by_number("B002").person_id: [("年度述职材料", 2)]}
    assert digested("2030-05-30") == {by_number("B002").person_id: [("年度述职材料", 1)]}


def test_a_submission_is_made_once_and_seen_by_the_planner(
    services: Services, planned: Planned, unit: Units, by_number: Named, admin: Actor
) -> None:
    found, secretary, branch = planned(), by_number("B002"), unit("branch-1")
    services.assessments.submit(secretary, found.id, branch, "已交纸质材料")
    with pytest.raises(Outdated):
        services.assessments.submit(secretary, found.id, branch)
    card = services.assessments.card(admin, found.id)
    assert (card.submitted, len(card.lines)) == (1, 2)
    assert [line.note for line in card.lines] == ["已交纸质材料", ""]


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_of_many_submissions_at_once_one_counts(
    services: Services, planned: Planned, unit: Units, by_number: Named, rows: Rows
) -> None:
    found, secretary, branch = planned(), by_number("B002"), unit("branch-1")

    def submit(number: int) -> bool:
        try:
            services.assessments.submit(secretary, found.id, branch, str(number))
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(submit, range(20))) == 1
    assert len(rows("assessment-submitted")) == 1


def test_each_sees_the_own_units_line_and_strangers_that_there_is_nothing(
    services: Services, planned: Planned, by_number: Named, actors: dict[str, Actor], unit: Units
) -> None:
    found = planned(branch_1="B003", branch_2="C002")
    for number in ("B002", "B003"):
        card = services.assessments.card(by_number(number), found.id)
        assert [line.unit_name for line in card.lines] == ["第一支部"]
        assert not card.planned
        with pytest.raises(NotFound):
            services.assessments.material(by_number(number), found.id, unit("branch-2"))
    for stranger in (by_number("B004"), by_number("P001"), actors["supervisor"], actors["guest"]):
        for act in (
            lambda one: services.assessments.card(one, found.id),
            lambda one: services.assessments.material(one, found.id),
            lambda one: services.assessments.submit(one, found.id, unit("branch-1")),
            lambda one: services.assessments.cancel(one, found.id, 1),
            lambda one: services.assessments.card(one, found.id + 100),
        ):
            with pytest.raises(NotFound):
                act(stranger)
        assert services.assessments.mine(stranger) == []
        assert services.assessments.planned(stranger) == []


def test_who_answers_is_changed_by_the_planner_or_the_secretary_and_the_new_one_is_told(
    services: Services, planned: Planned, by_number: Named, unit: Units, rows: Rows, admin: Actor
) -> None:
    found, branch, new = planned(branch_1="B003"), unit("branch-1"), by_number("B004").person_id or 0
    with refused("not-yours"):
        services.assessments.hand_over(by_number("B003"), found.id, branch, new)
    with pytest.raises(NotFound):
        services.assessments.hand_over(admin, found.id, branch, by_number("C003").person_id or 0)
    services.assessments.hand_over(by_number("B002"), found.id, branch, new)
    assert rows("assessment-new")[-1].person_id == new
    assert [card.title for card in services.assessments.mine(by_number("B004"))] == ["年度述职材料"]
    with pytest.raises(NotFound):
        services.assessments.card(by_number("B003"), found.id)


def test_a_cancelled_one_is_asked_of_nobody_and_those_who_owed_it_are_told(
    services: Services,
    planned: Planned,
    by_number: Named,
    unit: Units,
    rows: Rows,
    admin: Actor,
    digested: Callable[[str], dict[int, list[tuple[str, int]]]],
) -> None:
    found = planned()
    services.assessments.submit(by_number("B002"), found.id, unit("branch-1"))
    with refused("not-yours"):
        services.assessments.cancel(by_number("C002"), found.id, 1)
    services.assessments.cancel(admin, found.id, 1)
    assert [row.person_id for row in rows("assessment-cancelled")] == [by_number("C002").person_id]
    assert {row.state for row in rows("assessment-new")} == {DeliveryState.CANCELLED}
    with refused("assessment-cancelled"):
        services.assessments.submit(by_number("C002"), found.id, unit("branch-2"))
    assert digested("2030-05-30") == {}
    assert services.assessments.mine(by_number("C002")) == []


def test_what_is_set_at_night_is_told_in_the_morning(planned: Planned, rows: Rows, clock: FixedClock) -> None:
    clock.set_local("2030-05-18 22:00")
    planned()
    assert {row.not_before for row in rows("assessment-new")} == {at("2030-05-20 08:30")}
