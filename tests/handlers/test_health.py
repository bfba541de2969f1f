"""How the program is doing: an administrator reads one word when all is well, and what to do when it is not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.deliveries import UNREACHABLE, Delivery, DeliveryState, Lane
from domain.health import TELEGRAM
from domain.people import Actor
from storage.calendar import RESTORED
from storage.files import FileStore
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.handlers.test_joining import introduces, unit_code
from tests.talk import Person, Talk

GIGABYTE = 2**30


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Say how much of the disk is free."""

    def is_free(count: int) -> None:
        monkeypatch.setattr(FileStore, "free_bytes", lambda _store: count)

    is_free(20 * GIGABYTE)
    return is_free


@pytest.fixture
def admin(person: Callable[[str], Person], disk: Callable[[int], None]) -> Person:
    return person("admin")


def given_up(store: Store, clock: FixedClock, name: str, error: str, person_id: int = 1, **ago: float) -> None:
    """A delivery that was due so long ago and could not be made."""
    at = clock.now() - timedelta(**ago)
    row = Delivery(name, "x", Lane.FACTS, {}, at, at, person_id, state=DeliveryState.FAILED, error=error)
    with store.work() as work:
        work.deliveries.record(row)


async def test_nothing_is_asked_while_all_is_well(admin: Person) -> None:
    await admin.says("/health")
    assert admin.text().splitlines()[0] == "一切正常，无需您处理。"
    assert "20.0 GB" in admin.text()
    await admin.says("健康")
    assert "一切正常" in admin.text()


async def test_each_worry_says_what_to_do_in_both_languages(
    admin: Person, talk: Talk, store: Store, clock: FixedClock, disk: Callable[[int], None]
) -> None:
    disk(120 * 2**20)
    given_up(store, clock, "refused", "400")
    given_up(store, clock, "nowhere", UNREACHABLE, person_id=1)
    given_up(store, clock, "nowhere again", UNREACHABLE, person_id=1)
    await talk.use(talk.ingest._inbox.bury, 100, 77, "Boom", "ref", clock.now())
    talk.pulse.expect("digests", timedelta(seconds=5), clock.now() - timedelta(minutes=5))
    talk.pulse.expect(TELEGRAM, timedelta(seconds=30), clock.now() - timedelta(minutes=5))
    await admin.says("/health")
    text = admin.text()
    assert text.splitlines()[0] == "请您留意：6处"
    for part in ("120 MB", "09:55", "1项定时任务", "1条收到的消息", "1条消息没能送达", "1人没有可用的账号"):
        assert part in text
    await admin.says("/language")
    await admin.taps("English")
    await admin.says("/health")
    assert admin.text().splitlines()[0] == "Please look at 6 things"
    assert "1 person has no working account" in admin.text()


async def test_who_cannot_be_reached_is_named_to_administrators_alone(
    admin: Person, person: Callable[[str], Person], by_number: Callable[[str], Actor], store: Store, clock: FixedClock
) -> None:
    given_up(store, clock, "nowhere", UNREACHABLE, person_id=by_number("B004").person_id or 0)
    await admin.says("/health")
    await admin.taps("看是哪些人（1）")
    await admin.taps("窗口党员乙（第一支部）")
    assert "本人邀请链接" in admin.buttons()
    member = person("member")
    await member.presses("pp:unreachable:0:0:0")
    assert "由管理员办理" in member.toast
    assert not member.sees("窗口党员乙")


async def test_a_message_that_waits_too_long_is_noticed(admin: Person, store: Store, clock: FixedClock) -> None:
    later = clock.now() + timedelta(minutes=30)
    with store.work() as work:
        work.deliveries.record(Delivery("stuck", "x", Lane.FACTS, {}, later, clock.now(), account_id=99))
    await admin.says("/health")
    assert "一切正常" in admin.text()
    clock.advance(minutes=33)
    await admin.says("/health")
    assert "从5月13日（周一）10:30起一直没有发出" in admin.text()


async def test_what_was_given_up_long_ago_worries_nobody(admin: Person, store: Store, clock: FixedClock) -> None:
    given_up(store, clock, "old", "400", days=8)
    await admin.says("/health")
    assert "一切正常" in admin.text()


async def test_only_administrators_look(person: Callable[[str], Person]) -> None:
    member = person("member")
    await member.says("/health")
    assert "GB" not in member.text()
    assert "管理员" in member.text()


@pytest.mark.parametrize(
    ("tapped", "state"), [("现在发送", DeliveryState.SENT), ("不再发送", DeliveryState.SUPPRESSED)]
)
async def test_what_was_due_before_a_backup_came_back_waits_for_one_tap(
    admin: Person, person: Callable[[str], Person], store: Store, clock: FixedClock, tapped: str, state: DeliveryState
) -> None:
    member = person("member")
    await member.says("/menu")
    with store.work() as work:
        work.calendar.decide(RESTORED, clock.now().isoformat())
    clock.advance(hours=1)
    now, due = clock.now(), clock.now() - timedelta(hours=2)
    person_id = member.talk.services.people.acting("telegram", member.chat_id, "zh").person_id
    words = {"v": 1, "name": "窗口党员甲", "unit": "第一支部"}
    with store.work() as work:
        work.deliveries.record(Delivery("late", "joined", Lane.FACTS, words, due, now, person_id=person_id))
        work.deliveries.record(Delivery("new", "joined", Lane.FACTS, words, now, now, person_id=person_id))
    await admin.says("/health")
    assert "有1条当时该发的消息没有发" in admin.text()
    assert [row.state for row in rows(store)] == [DeliveryState.HELD, DeliveryState.SENT]
    await member.presses("nav:held-send")
    assert [row.state for row in rows(store)] == [DeliveryState.HELD, DeliveryState.SENT]
    await admin.taps(tapped)
    assert [row.state for row in rows(store)] == [state, DeliveryState.SENT]
    await admin.taps("健康")
    assert "没有发" not in admin.text()


def rows(store: Store) -> list[Delivery]:
    with store.work() as work:
        return [row for key in ("late", "new") if (row := work.deliveries.by_key(key)) is not None]


async def test_who_only_waits_to_be_let_in_needs_no_new_invitation(
    admin: Person, person: Callable[[str], Person], store: Store, clock: FixedClock
) -> None:
    talk, secretary, newcomer = admin.talk, person("secretary"), admin.talk.person("newcomer", None)
    with store.work() as work:
        known = work.people.person_by_staff_number("B004")
    assert known is not None
    given_up(store, clock, "nowhere", UNREACHABLE, person_id=known.id)
    await admin.says("/health")
    assert "有1人没有可用的账号" in admin.text()
    await introduces(newcomer, await unit_code(secretary))
    await admin.says("/health")
    assert "没有可用的账号" not in admin.text()
    assert talk.services.health.unreachable(talk.services.people.acting("telegram", admin.chat_id, "zh")) == []
