"""Reading and acknowledging notices, and who has not, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.services import Services
from domain.errors import NotFound
from domain.people import Actor
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.services.notices import Office, at_postgres


@pytest.fixture
def office(services: Services, store: Store, clock: FixedClock, actors: dict[str, Actor]) -> Office:
    return Office(services, store, clock, actors)


# Acknowledging


def test_an_acknowledgement_counts_once_however_often_it_is_pressed(office: Office) -> None:
    notice_id = office.sent()
    member = office.actors["member"]
    at = office.clock.now()
    assert office.services.notices.unread(member) == 1
    received, first = office.services.notices.acknowledge(member, notice_id)
    assert (first, received.acknowledged_at) == (True, at)
    office.clock.advance(minutes=5)
    received, first = office.services.notices.acknowledge(member, notice_id)
    assert (first, received.acknowledged_at) == (False, at)
    assert office.total(notice_id).acknowledged == 1
    assert office.services.notices.unread(member) == 0


def test_what_is_unread_stands_first(office: Office) -> None:
    member = office.actors["member"]
    first, second, third = (office.sent(title=title) for title in ("一", "二", "三"))
    office.services.notices.acknowledge(member, third)
    assert [notice.notice_id for notice in office.services.notices.received(member)] == [second, first, third]
    assert office.services.waiting.counts(member) == {"notices": 2}


def test_what_has_not_arrived_or_went_to_others_reads_as_none(office: Office) -> None:
    member = office.actors["member"]
    others = office.sent("branch-2", title="另一份")
    coming = office.start("branch-1")
    office.services.broadcasts.stop(office.admin, coming)
    notices = office.services.notices
    for notice_id in (coming, others, 999):
        for action in (notices.one, notices.acknowledge, notices.why, notices.file_of):
            for actor in (member, office.actors["guest"]):
                with pytest.raises(NotFound):
                    action(actor, notice_id)
    assert notices.received(member) == []


def test_everything_unasked_can_say_why(office: Office) -> None:
    notice_id = office.sent()
    assert office.services.notices.why(office.actors["member"], notice_id) == ("第一支部", "示例机关工委")


# Who has not acknowledged


def test_only_the_own_units_secretary_sees_who_has_not(office: Office, by_number: Any) -> None:
    notice_id = office.sent()
    notices = office.services.notices
    notices.acknowledge(office.actors["secretary"], notice_id)
    seen = notices.missing(office.actors["secretary"], notice_id)
    assert {row.name for row in seen} == {"综合单位负责人", "窗口党员甲", "窗口党员乙", "窗口党员丙"}
    assert {row.name for row in seen if row.reachable} == {"窗口党员甲"}
    assert {row.name for row in notices.missing(by_number("C002"), notice_id)} == {
        "技术单位负责人",
        "二支部书记",
        "技术党员甲",
        "技术党员乙",
    }
    for name in ("admin", "supervisor", "point-officer", "member", "guest"):
        with pytest.raises(NotFound):
            notices.missing(office.actors[name], notice_id)
        with pytest.raises(NotFound):
            notices.of_units(office.actors[name])


def test_a_notice_that_went_to_nobody_of_the_unit_reads_as_none_to_its_secretary(office: Office) -> None:
    notice_id = office.sent("branch-2")
    with pytest.raises(NotFound):
        office.services.notices.missing(office.actors["secretary"], notice_id)
    assert office.services.notices.of_units(office.actors["secretary"]) == []


def test_the_secretarys_list_counts_the_own_people(office: Office) -> None:
    notice_id = office.sent()
    office.services.notices.acknowledge(office.actors["member"], notice_id)
    [row] = office.services.notices.of_units(office.actors["secretary"])
    assert (row.notice_id, row.missing, row.total) == (notice_id, 4, 5)


def test_the_admin_gets_numbers_and_no_names(office: Office) -> None:
    progress = office.services.broadcasts.progress(office.admin, office.sent())
    assert "窗口党员甲" not in repr(progress)
    assert [name for name, _ in progress.units] == [
        "示例机关工委",
        "综合服务单位",
        "信息技术单位",
        "第一支部",
        "第二支部",
        "01市工委",
    ]


@pytest.mark.postgres
def test_twenty_presses_at_once_are_one_acknowledgement(postgres: Database, clock: FixedClock, tmp_path: Any) -> None:
    office = at_postgres(postgres, clock, tmp_path)
    notice_id = office.sent()
    member = office.actors["member"]
    with ThreadPoolExecutor(20) as pool:
        presses = list(pool.map(lambda _: office.services.notices.acknowledge(member, notice_id)[1], range(20)))
    assert sum(presses) == 1
    assert office.total(notice_id).acknowledged == 1
