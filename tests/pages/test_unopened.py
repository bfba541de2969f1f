"""What lies on a chat page that nobody opens: the unit's secretary is told whom to remind, and nobody else is."""

import asyncio
import json
from collections.abc import Callable
from itertools import count

import pytest

from bot.app import App
from domain.deliveries import Delivery, DeliveryState, Lane
from domain.errors import DomainError, NotFound
from domain.people import Account, Actor, Listed, Person
from services.ways_in import bind, tell_account
from storage.people import PAGE
from storage.unit_of_work import UnitOfWork
from tests.conftest import FixedClock
from tests.pages.browser import WAIT_SECONDS, Browser

Open = Callable[[], Browser]
TRIES = 500
MEMBER, SECRETARY, OTHER, ADMIN = "B003", "B002", "C002", "A001"
ENTRY = "没有打开页面"
_numbers = count(1)


# A page at work


async def looks(browser: Browser, words: str = "") -> None:
    """As the page does: it asks again and again, and says each time how far it has got; until the words are here and
    nothing more comes."""
    seq, found = 0, not words
    address = "events"
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            status, answer = await browser.get(f"/chat/{address}")
            assert status == 200
            news = json.loads(answer)
            if found and address != "events" and not news["messages"]:
                return
            found = found or any(words in message["text"] for message in news["messages"])
            seq = max(seq, news["seq"])
            stale = address == "events" or news["messages"] or not words
            address = f"events?after={seq}{'&standing' if stale else ''}"


async def comes_in(app: App, browser: Browser, staff_number: str) -> None:
    await browser.press_enter((await app.use(app.services.entrances.invite_by_number, staff_number)).code)
    await looks(browser)


async def people_of(browser: Browser) -> str:
    """The newest answer to /people, its buttons with it."""
    await browser.says("/people")
    return newest(await browser.messages())


def newest(messages: list[dict[str, object]]) -> str:
    rows: object = messages[-1]["buttons"]
    assert isinstance(rows, list)
    return "\n".join([str(messages[-1]["text"]), *(button["text"] for row in rows for button in row)])


# What happens meanwhile


def person_of(work: UnitOfWork, staff_number: str) -> Person:
    person = work.people.person_by_staff_number(staff_number)
    assert person is not None
    return person


def page_of(work: UnitOfWork, staff_number: str) -> Account:
    [account] = work.people.accounts_on(PAGE, person_of(work, staff_number).id)
    return account


async def something_is_said(app: App, staff_number: str, name: str = "x") -> str:
    """To the person's page, and the sender has done its part; gives back what it is about."""
    subject = f"said-{next(_numbers)}"

    def say() -> None:
        with app.store.work() as work:
            tell_account(work, "joined", subject, page_of(work, staff_number), app.clock.now(), name=name, unit="unit")

    await app.use(say)
    await is_sent(app, subject)
    return subject


async def is_sent(app: App, subject: str) -> None:
    app.senders.nudge()

    def said() -> bool:
        with app.store.work() as work:
            return all(row.state is DeliveryState.SENT for row in work.deliveries.about(subject))

    for _ in range(TRIES):
        if await app.use(said):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it was not sent")


async def it_is_changed_in_place(app: App, staff_number: str, subject: str) -> None:
    """As a card is that shows how things stand."""
    now = app.clock.now()

    def change() -> None:
        with app.store.work() as work:
            [told] = work.deliveries.about(subject)
            row = Delivery(
                dedupe_key=f"{told.dedupe_key}:again",
                kind=told.kind,
                subject=f"{subject}:edit",
                lane=Lane.FACTS,
                payload={**told.payload, "name": "y", "edits": told.dedupe_key},
                not_before=now,
                created_at=now,
                person_id=person_of(work, staff_number).id,
            )
            work.deliveries.record(row)

    await app.use(change)
    await is_sent(app, f"{subject}:edit")


async def telegram_of(app: App, staff_number: str, *, reached: bool) -> None:
    """The person's account there, to which something has gone or not."""
    now = app.clock.now()

    def write() -> None:
        with app.store.work() as work:
            person = person_of(work, staff_number)
            account = work.people.add_account("telegram", "77", now, person.id)
            if reached:
                row = Delivery("there", "joined", Lane.FACTS, {"v": 1}, now, now, person.id, account.id)
                row.state, row.sent_at = DeliveryState.SENT, now
                work.deliveries.record(row)

    await app.use(write)


async def comes_in_anew(app: App, staff_number: str) -> None:
    """By the unit's code in another browser: a new chat takes the place of the one before."""
    now = app.clock.now()

    def replace() -> None:
        with app.store.work() as work:
            person = person_of(work, staff_number)
            bind(work, work.people.add_account(PAGE, None, now, None), person, person.id, now)

    await app.use(replace)


async def away(app: App, staff_number: str, unit_code: str = "") -> list[Listed]:
    """Whom the use case names to somebody."""

    def read() -> tuple[Actor, int]:
        with app.store.work() as work:
            unit = work.people.unit_by_code(unit_code)
            return work.actors.of(person_of(work, staff_number).id), unit.id if unit is not None else 0

    actor, unit_id = await app.use(read)
    return list(await app.use(app.services.unopened.people, actor, unit_id))


@pytest.fixture
def writes(app: App, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The accounts of which it was written down that their page is open, once for each time."""
    written: list[int] = []
    note = app.chats.opened

    def opened(account_id: int, *values: object) -> None:
        written.append(account_id)
        note(account_id, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(app.chats, "opened", opened)
    return written


# Since when


async def test_the_secretary_sees_who_has_not_opened_it_for_three_working_days(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member, secretary = browser(), browser()
    for who, number in ((member, MEMBER), (secretary, SECRETARY)):
        await comes_in(sample, who, number)
    clock.set_local("2030-05-16 17:00")
    await something_is_said(sample, MEMBER)
    await something_is_said(sample, SECRETARY)
    clock.set_local("2030-05-21 17:30")
    assert ENTRY not in await people_of(secretary)
    clock.set_local("2030-05-22 09:00")
    assert "三个工作日没有打开页面（1人）" in await people_of(secretary)
    await secretary.taps(ENTRY)
    assert await secretary.sees("请您提醒这1人打开聊天页面")
    await secretary.taps("窗口党员甲")
    assert await secretary.sees("工号 B003")
    assert "本人邀请链接" in newest(await secretary.messages())
    await looks(member)
    assert ENTRY not in await people_of(secretary)


async def test_a_day_off_is_no_working_day(sample: App, browser: Open, clock: FixedClock) -> None:
    await comes_in(sample, browser(), MEMBER)
    clock.set_local("2030-05-16 17:00")
    await something_is_said(sample, MEMBER)

    def take_the_monday_off() -> None:
        with sample.store.work() as work:
            work.calendar.put(clock.set_local("2030-05-20 12:00").date(), working=False, name="")

    await sample.use(take_the_monday_off)
    clock.set_local("2030-05-22 09:00")
    assert await away(sample, SECRETARY) == []
    clock.set_local("2030-05-23 09:00")
    assert [one.name for one in await away(sample, SECRETARY)] == ["窗口党员甲"]


# When a page is open


async def test_what_is_said_a_moment_after_the_page_was_closed_had_nobody_to_see_it(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    await comes_in(sample, browser(), MEMBER)
    clock.advance(minutes=1)
    await something_is_said(sample, MEMBER)
    clock.set_local("2030-05-21 09:00")
    assert [one.name for one in await away(sample, SECRETARY)] == ["窗口党员甲"]


async def test_what_is_said_while_the_page_is_open_is_opened_at_once(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member = browser()
    await comes_in(sample, member, MEMBER)
    clock.advance(hours=1)
    page = asyncio.create_task(looks(member, "刚说的"))
    await something_is_said(sample, MEMBER, "刚说的")
    await page
    clock.set_local("2030-05-21 09:00")
    assert await away(sample, SECRETARY) == []


async def test_a_page_that_asks_and_never_says_that_it_has_the_answer_has_opened_nothing(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member = browser()
    await comes_in(sample, member, MEMBER)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)
    assert (await member.get("/chat/events"))[0] == 200
    clock.set_local("2030-05-21 09:00")
    assert [one.name for one in await away(sample, SECRETARY)] == ["窗口党员甲"]


async def test_an_open_page_to_which_nothing_is_said_costs_no_write(
    sample: App, browser: Open, clock: FixedClock, writes: list[int]
) -> None:
    member = browser()
    await comes_in(sample, member, MEMBER)
    writes.clear()
    for _ in range(5):
        clock.advance(minutes=10)
        await looks(member)
    assert writes == []
    await something_is_said(sample, MEMBER)
    for _ in range(5):
        await looks(member)
    assert len(writes) == 1


async def test_whoever_acts_on_the_page_has_it_open(
    sample: App, browser: Open, clock: FixedClock, writes: list[int]
) -> None:
    member = browser()
    await comes_in(sample, member, MEMBER)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)
    writes.clear()
    clock.advance(minutes=1)
    for _ in range(3):
        await member.says("/help")
    assert len(writes) == 1
    clock.set_local("2030-05-21 09:00")
    assert await away(sample, SECRETARY) == []


# Who is meant


async def test_a_card_that_changes_in_place_is_nothing_new(sample: App, browser: Open, clock: FixedClock) -> None:
    member = browser()
    await comes_in(sample, member, MEMBER)
    subject = await something_is_said(sample, MEMBER)
    await looks(member)
    clock.advance(hours=1)
    await it_is_changed_in_place(sample, MEMBER, subject)
    clock.set_local("2030-05-21 09:00")
    assert await away(sample, SECRETARY) == []


async def test_whoever_was_reached_elsewhere_since_is_not_asked_for(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    await comes_in(sample, browser(), MEMBER)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)
    clock.advance(hours=1)
    await telegram_of(sample, MEMBER, reached=True)
    clock.set_local("2030-05-21 09:00")
    assert await away(sample, SECRETARY) == []


async def test_an_account_elsewhere_by_which_nothing_came_has_alerted_nobody(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    await comes_in(sample, browser(), MEMBER)
    clock.advance(hours=1)
    await telegram_of(sample, MEMBER, reached=False)
    await something_is_said(sample, MEMBER)
    clock.set_local("2030-05-21 09:00")
    assert [one.name for one in await away(sample, SECRETARY)] == ["窗口党员甲"]


async def test_what_lies_in_a_chat_that_is_no_longer_theirs_is_not_waited_for(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    await comes_in(sample, browser(), MEMBER)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)
    await comes_in_anew(sample, MEMBER)
    clock.set_local("2030-05-21 09:00")
    assert await away(sample, SECRETARY) == []


async def test_only_who_keeps_them_sees_them(sample: App, browser: Open, clock: FixedClock) -> None:
    other = browser()
    await comes_in(sample, browser(), MEMBER)
    await comes_in(sample, other, OTHER)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)
    clock.set_local("2030-05-21 09:00")
    assert ENTRY not in await people_of(other)
    assert await away(sample, OTHER) == []
    with pytest.raises(DomainError) as refused:
        await away(sample, "B004")
    assert refused.value.code == "secretaries-only"
    for number in (OTHER, "B004"):
        with pytest.raises(NotFound):
            await away(sample, number, "branch-1")
    assert [one.name for one in await away(sample, ADMIN)] == ["窗口党员甲"]


async def test_an_admin_reads_in_each_unit_of_its_own_people_alone(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    admin = browser()
    await comes_in(sample, browser(), MEMBER)
    await comes_in(sample, admin, ADMIN)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)
    clock.set_local("2030-05-21 09:00")
    await people_of(admin)
    await admin.taps("第二支部")
    assert await admin.sees("第二支部：共3人")
    assert ENTRY not in newest(await admin.messages())
    await people_of(admin)
    await admin.taps("第一支部")
    await admin.taps(ENTRY)
    assert await admin.sees("请您提醒这1人打开聊天页面")
