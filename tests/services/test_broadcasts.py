"""Sending notices, from the start to the end, counted row by row, on both databases."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.deliveries import DeliveryState
from domain.errors import DomainError, NotFound
from domain.messenger import Answer
from domain.notices import NOTICE, SLICE, Audience, State, Tally, sending_paths
from domain.people import Actor, RoleKind
from services.notices.dispatch import NoticeDispatch
from storage.chat import ChatStore
from storage.engine import Database
from storage.notices import recipient
from storage.unit_of_work import Store, UnitOfWork
from tests.conftest import FixedClock
from tests.post import answered, arrived, take
from tests.services.notices import EVERYBODY, REACHED, Office, at_postgres, refused


@pytest.fixture
def office(services: Services, store: Store, clock: FixedClock, actors: dict[str, Actor]) -> Office:
    return Office(services, store, clock, actors)


# The audience


def test_an_audience_is_units_and_roles_counted_exactly(office: Office) -> None:
    size = office.services.broadcasts.size
    assert size(Audience(office.units(), (RoleKind.MEMBER,))) == (EVERYBODY, REACHED)
    assert size(Audience(office.units("branch-1"), (RoleKind.MEMBER,)))[0] == 4
    assert size(Audience(office.units("branch-1"), (RoleKind.SECRETARY,)))[0] == 1
    assert size(Audience(office.units(), (RoleKind.SECRETARY, RoleKind.POINT_OFFICER)))[0] == 3
    assert size(Audience((), (RoleKind.MEMBER,)))[0] == 0
    assert size(Audience(office.units(), ()))[0] == 0


def test_who_comes_later_is_not_in_it_and_who_left_is_not_either(office: Office, by_number: Any) -> None:
    leaving = by_number("C003").person_id
    with office.store.work() as work:
        work.people.person(leaving).left_at = office.clock.now()
    notice_id = office.start("branch-2")
    office.crowd(3)
    assert office.total(notice_id) == Tally(waiting=2)


def test_only_so_many_messages_stand_ready_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.notices.dispatch.AHEAD", 2)
    monkeypatch.setattr("services.notices.dispatch.SLICE", 2)
    office.crowd(5)
    notice_id = office.start("branch-2")
    dispatch = office.services.notice_dispatch
    assert dispatch.to_record() == []
    office.clock.advance(seconds=30)
    for _ in range(4):
        office.post()
        for number in dispatch.to_record():
            dispatch.record_slice(number)
        assert office.rows(notice_id)[DeliveryState.PENDING] <= 2
    assert office.total(notice_id).waiting == 0


def test_an_audience_that_changed_since_the_preview_is_asked_about_again(office: Office) -> None:
    plan = office.plan("branch-2")
    office.crowd(1)
    error = refused("notice-audience-changed", office.services.broadcasts.start, office.admin, plan)
    assert error.values == {"count": 4}


def test_nobody_is_no_audience(office: Office) -> None:
    refused("notice-nobody", office.start, "dept-1", roles=(RoleKind.ADMIN,))


def test_a_secretary_writes_to_the_own_units_only(office: Office) -> None:
    secretary = office.actors["secretary"]
    assert office.start("branch-1", by=secretary)
    with pytest.raises(NotFound):
        office.start("branch-2", by=secretary)
    units = office.services.broadcasts.units(sending_paths(secretary))
    assert [unit.code for unit in units] == ["organ-1", "dept-1", "branch-1"]


@pytest.mark.parametrize("name", ["member", "supervisor", "point-officer"])
def test_nobody_else_may_send(office: Office, name: str) -> None:
    refused("notice-senders-only", office.start, "branch-1", by=office.actors[name])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "notice-empty"),
        ({"body": ""}, "notice-empty"),
        ({"title": "长" * 81}, "text-too-long"),
        ({"body": "长" * 5000}, "text-too-long"),
        ({"body": "😀" * 1501}, "text-too-long"),
    ],
)
def test_words_that_do_not_do_leave_nothing_behind(office: Office, values: dict[str, str], code: str) -> None:
    refused(code, office.start, **values)
    assert office.services.broadcasts.sent(office.admin) == []


def test_exactly_three_thousand_characters_are_taken(office: Office) -> None:
    assert office.start(body="长" * 3000)


# Starting, undoing, stopping


def test_nothing_goes_out_before_thirty_seconds_are_over(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=29)
    assert office.post() == 0
    office.clock.advance(seconds=1)
    assert office.post() == REACHED
    assert office.total(notice_id) == Tally(sent=REACHED, unreachable=EVERYBODY - REACHED)


def test_undo_takes_all_of_it_back_at_once(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=29)
    progress = office.services.broadcasts.undo(office.admin, notice_id)
    assert (progress.state, progress.total) == (State.UNDONE, Tally(left_out=EVERYBODY))
    assert office.rows(notice_id) == {DeliveryState.CANCELLED: EVERYBODY}
    office.clock.advance(hours=1)
    assert office.post() == 0
    assert office.services.notices.received(office.actors["member"]) == []


def test_undo_of_a_large_notice_also_holds_what_was_not_recorded_yet(office: Office) -> None:
    office.crowd(SLICE)
    notice_id = office.start()
    office.services.broadcasts.undo(office.admin, notice_id)
    assert office.services.notice_dispatch.record_slice(notice_id) is False
    assert office.total(notice_id) == Tally(left_out=SLICE + EVERYBODY)


def test_undo_comes_too_late_after_thirty_seconds(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=30)
    refused("notice-undo-late", office.services.broadcasts.undo, office.admin, notice_id)
    assert office.total(notice_id).waiting == EVERYBODY


def test_undo_refuses_when_a_sender_holds_a_message_already(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=30)
    take(office.services, "ahead", 4)
    office.clock.advance(seconds=-1)
    refused("notice-undo-late", office.services.broadcasts.undo, office.admin, notice_id)
    assert office.total(notice_id).waiting == EVERYBODY - office.rows(notice_id)[DeliveryState.FAILED]


def test_stop_in_the_middle_keeps_what_went_and_counts_what_did_not(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=30)
    office.post(4)
    held = take(office.services, "slow", 3)
    progress = office.services.broadcasts.stop(office.admin, notice_id)
    assert progress.state is State.STOPPED
    arrived(office.services, "slow", held)
    assert office.post() == 0
    total = office.total(notice_id)
    rows = office.rows(notice_id)
    assert total.total == EVERYBODY
    assert total.waiting == 0
    assert (total.sent, total.left_out) == (rows[DeliveryState.SENT], rows[DeliveryState.CANCELLED])
    assert total.left_out > 0


def test_what_was_held_at_the_stop_and_then_put_back_is_not_sent_any_more(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=30)
    held = take(office.services, "slow", 2)
    office.services.broadcasts.stop(office.admin, notice_id)
    answered(office.services, "slow", held, Answer(ok=False, error_code=429, retry_after=5))
    office.clock.advance(seconds=6)
    assert office.post() == 0
    assert office.total(notice_id).waiting == 0


def test_what_ended_cannot_be_stopped_or_undone(office: Office) -> None:
    notice_id = office.sent()
    office.services.notice_dispatch.finish(notice_id)
    refused("notice-ended", office.services.broadcasts.stop, office.admin, notice_id)
    refused("notice-ended", office.services.broadcasts.undo, office.admin, notice_id)
    other = office.start(title="另一份")
    office.services.broadcasts.stop(office.admin, other)
    refused("notice-ended", office.services.broadcasts.stop, office.admin, other)


def test_another_persons_notice_cannot_be_touched_and_reads_as_none(office: Office) -> None:
    notice_id = office.start()
    for action in (
        office.services.broadcasts.undo,
        office.services.broadcasts.stop,
        office.services.broadcasts.progress,
    ):
        for name in ("secretary", "member", "guest"):
            with pytest.raises(NotFound):
                action(office.actors[name], notice_id)
        with pytest.raises(NotFound):
            action(office.admin, 999)


def test_an_admin_who_stops_a_secretarys_notice_lets_the_secretary_know(office: Office) -> None:
    notice_id = office.start("branch-1", by=office.actors["secretary"])
    office.services.broadcasts.stop(office.admin, notice_id)
    assert [payload["notice"] for payload in office.told("notice-stopped")] == [notice_id]


# Working hours


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2030-05-13 10:00", "2030-05-13 10:00"),
        ("2030-05-13 17:59", "2030-05-13 17:59"),
        ("2030-05-13 18:30", "2030-05-14 08:30"),
        ("2030-05-17 20:00", "2030-05-20 08:30"),
    ],
)
def test_it_goes_out_within_working_hours_only(office: Office, now: str, opens: str) -> None:
    office.clock.set_local(now)
    office.start()
    office.clock.set_local(opens)
    office.clock.advance(seconds=-1)
    assert office.post() == 0
    office.clock.advance(seconds=31)
    assert office.post() == REACHED


def test_what_was_not_sent_by_closing_time_waits_for_the_morning(office: Office) -> None:
    office.clock.set_local("2030-05-13 17:59")
    notice_id = office.start()
    office.clock.advance(seconds=30)
    assert office.post(3) <= 3
    office.clock.set_local("2030-05-13 18:00")
    assert office.post() == 0
    assert office.total(notice_id).waiting > 0
    office.clock.set_local("2030-05-14 08:30")
    office.post()
    assert office.total(notice_id) == Tally(sent=REACHED, unreachable=EVERYBODY - REACHED)


def test_an_urgent_one_goes_out_at_night_and_says_why(office: Office) -> None:
    office.clock.set_local("2030-05-13 22:00")
    notice_id = office.start(urgent_reason="台风")
    office.clock.advance(seconds=30)
    assert office.post() == REACHED
    assert office.services.broadcasts.progress(office.admin, notice_id).urgent_reason == "台风"


def test_only_an_admin_calls_something_urgent(office: Office) -> None:
    by = office.actors["secretary"]
    refused("notice-urgent-admins-only", office.start, "branch-1", by=by, urgent_reason="很急")


# The same again


def test_the_same_text_to_the_same_people_within_seven_days_is_asked_about(office: Office) -> None:
    first = office.clock.now()
    office.sent("branch-1")
    office.clock.advance(days=6)
    error = refused("notice-similar", office.start, body=" 周三 停电 ")
    assert error.values == {"at": first}
    assert office.start("branch-1", again=True)


def test_other_people_another_text_or_a_later_week_are_not_asked_about(office: Office) -> None:
    office.sent("branch-1")
    assert office.start("branch-2")
    assert office.start("branch-1", body="周四停电")
    office.clock.advance(days=8)
    assert office.start("branch-1")


def test_one_that_was_undone_was_not_sent_to_anybody(office: Office) -> None:
    office.services.broadcasts.undo(office.admin, office.start("branch-1"))
    assert office.start("branch-1")


# Many


def test_two_thousand_recipients_are_counted_as_the_rows_stand(office: Office) -> None:
    office.crowd(2000)
    notice_id = office.start()
    assert office.total(notice_id) == Tally(waiting=2000 + EVERYBODY)
    office.record_all(notice_id)
    office.clock.advance(seconds=30)
    office.post(900)
    rows = office.rows(notice_id)
    assert sum(rows.values()) == 2000 + EVERYBODY
    total = office.total(notice_id)
    assert (total.sent, total.unreachable) == (rows[DeliveryState.SENT], rows[DeliveryState.FAILED])
    assert total.waiting == rows[DeliveryState.PENDING] > 0
    while office.post():
        continue
    rows = office.rows(notice_id)
    assert office.total(notice_id) == Tally(sent=1800 + REACHED, unreachable=200 + EVERYBODY - REACHED)
    assert rows == {DeliveryState.SENT: 1800 + REACHED, DeliveryState.FAILED: 200 + EVERYBODY - REACHED}
    by_unit = office.services.broadcasts.progress(office.admin, notice_id).units
    assert dict(by_unit)["第二支部"].total == 2003


def test_a_slice_that_dies_neither_skips_nor_doubles_anybody(office: Office) -> None:
    office.crowd(2 * SLICE)
    notice_id = office.start()

    @contextmanager
    def dying() -> Iterator[UnitOfWork]:
        with office.store.work() as work:
            yield work
            work._session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        NoticeDispatch(dying, office.clock).record_slice(notice_id)
    again = NoticeDispatch(office.store.work, office.clock)
    assert again.to_record() == [notice_id]
    office.record_all(notice_id)
    with office.store.work() as work:
        people = [row.person_id for row in work.deliveries.find(NOTICE, str(notice_id))]
        wanted = set(work._session.scalars(select(recipient.c.person_id)))
    assert len(people) == len(set(people)) == 2 * SLICE + EVERYBODY
    assert set(people) == wanted


# Reaching people


def test_who_left_or_blocked_the_bot_meanwhile_is_unreachable(office: Office) -> None:
    notice_id = office.start()
    with office.store.work() as work:
        work.people.person(office.actors["member"].person_id).left_at = office.clock.now()
        [own] = work.people.accounts_of(office.actors["supervisor"].person_id)
        own.blocked_at = office.clock.now()
    office.clock.advance(seconds=30)
    office.post()
    assert office.total(notice_id) == Tally(sent=REACHED - 2, unreachable=EVERYBODY - REACHED + 2)


def test_it_ends_when_nobody_waits_and_the_sender_is_told_once(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=30)
    dispatch = office.services.notice_dispatch
    assert dispatch.agenda(ended_too=False).to_finish == ()
    dispatch.finish(notice_id)
    assert office.told("notice-done") == []
    office.post()
    assert dispatch.agenda(ended_too=False).to_finish == (notice_id,)
    dispatch.finish(notice_id)
    dispatch.finish(notice_id)
    assert [payload["total"] for payload in office.told("notice-done")] == [[5, 0, 8, 0, 0, 0]]
    assert dispatch.agenda(ended_too=False).to_finish == ()


# The sender's card


def test_the_card_is_edited_at_most_every_three_seconds_and_only_when_something_changed(office: Office) -> None:
    notice_id = office.start()
    dispatch = office.services.notice_dispatch
    assert dispatch.agenda(ended_too=True).to_show == ()
    office.clock.advance(seconds=30)
    office.post(2)
    assert dispatch.agenda(ended_too=False).to_show == (notice_id,)
    assert dispatch.show(notice_id) is True
    office.post()
    office.clock.advance(seconds=2)
    assert dispatch.show(notice_id) is False
    office.clock.advance(seconds=1)
    assert dispatch.show(notice_id) is True
    office.clock.advance(seconds=60)
    assert dispatch.show(notice_id) is False
    edits = [payload for payload in office.told("notice-card") if "edits" in payload]
    assert edits[-1]["total"] == [5, 0, 8, 0, 0, 0]
    assert {payload["edits"] for payload in edits} == {f"notice-card:{notice_id}:once:{office.admin.person_id}"}


def test_two_processes_edit_the_card_once(office: Office) -> None:
    notice_id = office.start()
    office.clock.advance(seconds=30)
    office.post()
    dispatches = [NoticeDispatch(office.store.work, office.clock) for _ in range(2)]
    assert [dispatch.show(notice_id) for dispatch in dispatches] == [True, False]


def test_the_card_follows_acknowledgements_after_the_end(office: Office) -> None:
    notice_id = office.sent()
    dispatch = office.services.notice_dispatch
    dispatch.finish(notice_id)
    dispatch.show(notice_id)
    office.services.notices.acknowledge(office.actors["member"], notice_id)
    assert dispatch.agenda(ended_too=False).to_show == ()
    assert dispatch.agenda(ended_too=True).to_show == (notice_id,)
    office.clock.advance(days=8)
    assert dispatch.agenda(ended_too=True).to_show == ()


# At the same time


@pytest.mark.postgres
def test_slices_recorded_at_once_by_many_processes_double_nobody(
    postgres: Database, clock: FixedClock, tmp_path: Any
) -> None:
    office = at_postgres(postgres, clock, tmp_path)
    office.crowd(3 * SLICE)
    notice_id = office.start()
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: office.services.notice_dispatch.record_slice(notice_id), range(20)))
    with office.store.work() as work:
        notice = work.notices.find(notice_id)
        assert notice is not None
        assert notice.recorded == notice.recipients == 3 * SLICE + EVERYBODY
    assert sum(office.rows(notice_id).values()) == 3 * SLICE + EVERYBODY


@pytest.mark.postgres
def test_of_an_undo_and_twenty_stops_at_once_one_decides(postgres: Database, clock: FixedClock, tmp_path: Any) -> None:
    office = at_postgres(postgres, clock, tmp_path)
    notice_id = office.start()

    def decide(number: int) -> str:
        action = office.services.broadcasts.stop if number else office.services.broadcasts.undo
        try:
            return action(office.admin, notice_id).state
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(decide, range(20)))
    assert outcomes["notice-ended"] == 19
    assert office.rows(notice_id) == {DeliveryState.CANCELLED: EVERYBODY}


def test_what_lies_on_a_page_that_nobody_opened_is_told_apart(office: Office, database: Database) -> None:
    notice_id = office.sent()
    pages = {}
    with office.store.work() as work:
        for row in work.deliveries.find(NOTICE, str(notice_id)):
            if row.state is DeliveryState.SENT:
                [account] = work.people.accounts_of(row.person_id or 0)
                row.account_id = pages[row.person_id] = account.id
    assert office.total(notice_id).unopened == REACHED
    ChatStore(database).opened(pages[office.actors["member"].person_id], office.clock.now())
    assert office.total(notice_id).unopened == REACHED - 1
    assert office.total(notice_id).sent == REACHED
