"""The rules of study sessions: when one is reminded, who sees one, who calls which roll."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.audiences import belongs, may_plan, outermost, planning_paths
from domain.errors import DomainError, Outdated
from domain.people import Actor, Duty, RoleKind
from domain.studies import SessionKind, StudySession, days_ahead, may_see, roll_paths
from domain.workdays import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def session(starts: str = "2030-05-20 15:00") -> StudySession:
    return StudySession(SessionKind.THEORY, "t", at(starts), "p", "", 1, at("2030-05-01 10:00"))


def actor(path: str, *duties: tuple[RoleKind, str]) -> Actor:
    held = tuple(Duty(role, 1, where) for role, where in duties)
    return Actor("web", 1, "zh", person_id=7, unit_id=1, unit_path=path, duties=held)


@pytest.mark.parametrize(
    ("today", "starts", "ahead"),
    [
        ("2030-05-17", "2030-05-20 15:00", 1),
        ("2030-05-16", "2030-05-20 15:00", 2),
        ("2030-05-20", "2030-05-20 15:00", 0),
        ("2030-05-17", "2030-05-18 15:00", 1),
        ("2030-05-16", "2030-05-18 15:00", 2),
        ("2030-05-17", "2030-05-19 15:00", 1),
    ],
)
def test_one_day_ahead_is_the_last_working_day_before_even_of_a_session_at_the_weekend(
    today: str, starts: str, ahead: int
) -> None:
    assert days_ahead(CALENDAR, at(f"{today} 08:30"), at(starts)) == ahead


def test_a_long_holiday_lies_between_the_reminder_and_its_session() -> None:
    off = frozenset(date(2030, 10, day) for day in range(1, 8))
    calendar = WorkCalendar(ZONE, off)
    assert days_ahead(calendar, at("2030-09-30 08:30"), at("2030-10-08 15:00")) == 1


def test_a_secretary_plans_for_the_own_subtree_alone_and_an_admin_for_everybody() -> None:
    secretary = actor("/1/2/5/", (RoleKind.SECRETARY, "/1/2/"))
    assert may_plan(secretary, ["/1/2/", "/1/2/5/"])
    assert not may_plan(secretary, ["/1/2/5/", "/1/3/"])
    assert not may_plan(secretary, ["/1/"])
    assert not may_plan(secretary, [])
    assert may_plan(actor("/1/", (RoleKind.ADMIN, "/1/")), ["/1/3/", "/1/"])
    assert not may_plan(actor("/1/2/", (RoleKind.MEMBER, "/1/2/")), ["/1/2/"])
    assert planning_paths(actor("/1/", (RoleKind.SUPERVISOR, "/1/"))) == ()


def test_a_number_that_begins_alike_is_another_unit() -> None:
    assert not may_plan(actor("/1/2/", (RoleKind.SECRETARY, "/1/2/")), ["/1/25/"])
    assert not belongs(actor("/1/25/"), ["/1/2/"])


def test_members_see_what_is_for_them_and_secretaries_what_is_for_theirs() -> None:
    member, other = actor("/1/2/5/"), actor("/1/3/")
    assert may_see(member, ["/1/2/"])
    assert not may_see(other, ["/1/2/"])
    assert may_see(actor("/1/", (RoleKind.SECRETARY, "/1/2/")), ["/1/2/5/"])
    assert not may_see(actor("/1/3/", (RoleKind.SECRETARY, "/1/3/")), ["/1/2/"])


def test_a_secretary_calls_the_roll_of_the_own_part_of_a_larger_audience() -> None:
    secretary = actor("/1/2/", (RoleKind.SECRETARY, "/1/2/"))
    assert roll_paths(secretary, ["/1/"]) == ("/1/2/",)
    assert roll_paths(secretary, ["/1/2/5/", "/1/3/"]) == ("/1/2/5/",)
    assert roll_paths(actor("/1/"), ["/1/"]) == ()
    assert roll_paths(actor("/1/", (RoleKind.ADMIN, "/1/")), ["/1/2/", "/1/3/"]) == ("/1/2/", "/1/3/")


def test_nested_units_count_once() -> None:
    assert outermost(["/1/2/5/", "/1/2/", "/1/3/", "/1/2/"]) == ("/1/2/", "/1/3/")


def test_a_session_moves_only_ahead_and_only_before_it_begins() -> None:
    one = session()
    one.move(at("2030-05-21 15:00"), 3, at("2030-05-20 10:00"))
    assert (one.starts_at, one.version, one.changed_by_id) == (at("2030-05-21 15:00"), 2, 3)
    for to, now, code in (
        ("2030-05-20 09:00", "2030-05-20 10:00", "when-past"),
        ("2030-05-21 15:00", "2030-05-20 10:00", "session-same-time"),
        ("2030-05-22 15:00", "2030-05-21 15:00", "session-begun"),
    ):
        with pytest.raises(DomainError) as refused:
            one.move(at(to), 3, at(now))
        assert refused.value.code == code
    assert one.version == 2


def test_a_cancelled_session_stays_so() -> None:
    one = session()
    one.cancel(3, at("2030-05-20 10:00"))
    assert not one.is_open(at("2030-05-20 10:00"))
    assert not one.roll_may_be_called(at("2030-05-20 16:00"))
    with pytest.raises(DomainError, match="session-cancelled"):
        one.cancel(3, at("2030-05-20 10:05"))


def test_the_card_of_before_a_change_decides_nothing() -> None:
    one = session()
    one.expect(1, "x")
    one.cancel(3, at("2030-05-20 10:00"))
    with pytest.raises(Outdated):
        one.expect(1, "x")


def test_the_roll_opens_half_an_hour_before_the_start() -> None:
    assert not session().roll_may_be_called(at("2030-05-20 14:29"))
    assert session().roll_may_be_called(at("2030-05-20 14:30"))
