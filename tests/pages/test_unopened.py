"""What lies on a chat page that nobody opens: the unit's secretary is told whom to remind, and nobody else is."""

import asyncio
from collections.abc import Callable

from bot.app import App
from domain.deliveries import DeliveryState
from domain.people import Actor
from services.ways_in import tell_account
from storage.people import PAGE
from tests.conftest import FixedClock
from tests.pages.browser import Browser

Open = Callable[[], Browser]
TRIES = 500
MEMBER, SECRETARY, OTHER = "B003", "B002", "C002"


async def comes_in(app: App, browser: Browser, staff_number: str) -> None:
    await browser.press_enter((await app.use(app.services.entrances.invite_by_number, staff_number)).code)
    await opens(browser)


async def opens(browser: Browser) -> None:
    assert (await browser.get("/chat/events"))[0] == 200


async def something_is_said(app: App, staff_number: str) -> None:
    """To the person's page, and the sender has done its part."""

    def say() -> None:
        with app.store.work() as work:
            person = work.people.person_by_staff_number(staff_number)
            assert person is not None
            [account] = [one for one in work.people.accounts_of(person.id) if one.platform == PAGE]
            tell_account(work, "joined", "said", account, app.clock.now(), name="x", unit="y")

    def said() -> bool:
        with app.store.work() as work:
            return all(row.state is DeliveryState.SENT for row in work.deliveries.about("said"))

    await app.use(say)
    for _ in range(TRIES):
        if await app.use(said):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it was not sent")


def acting(app: App, staff_number: str) -> Actor:
    with app.store.work() as work:
        person = work.people.person_by_staff_number(staff_number)
        assert person is not None
        return work.people.actor_of(person.id)


async def people_of(browser: Browser) -> str:
    """The newest answer to /people, its buttons with it."""
    await browser.says("/people")
    messages = await browser.messages()
    buttons = [button["text"] for row in messages[-1]["buttons"] for button in row]
    return "\n".join([messages[-1]["text"], *buttons])


async def test_the_secretary_sees_who_has_not_opened_it_for_three_working_days(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member, secretary, other = browser(), browser(), browser()
    for who, number in ((member, MEMBER), (secretary, SECRETARY), (other, OTHER)):
        await comes_in(sample, who, number)
    clock.set_local("2030-05-16 17:00")
    await something_is_said(sample, MEMBER)
    await something_is_said(sample, OTHER)
    clock.set_local("2030-05-20 17:00")
    assert "没有打开页面" not in await people_of(secretary)
    clock.set_local("2030-05-21 09:00")
    assert "三个工作日没有打开页面（1人）" in await people_of(secretary)
    assert "没有打开页面" not in await people_of(other)
    assert await sample.use(sample.services.unopened.people, await sample.use(acting, sample, "B004")) == []
    await secretary.taps("没有打开页面")
    assert await secretary.sees("请您提醒这1人打开聊天页面")
    await opens(member)
    assert "没有打开页面" not in await people_of(secretary)


async def test_what_is_said_to_an_open_page_had_somebody_to_see_it(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member, secretary = browser(), browser()
    await comes_in(sample, member, MEMBER)
    await something_is_said(sample, MEMBER)
    clock.set_local("2030-05-21 09:00")
    await comes_in(sample, secretary, SECRETARY)
    assert "没有打开页面" not in await people_of(secretary)


async def test_whoever_has_another_messenger_is_not_asked_for(sample: App, browser: Open, clock: FixedClock) -> None:
    member, secretary = browser(), browser()
    await comes_in(sample, member, MEMBER)
    clock.advance(hours=1)
    await something_is_said(sample, MEMBER)

    def has_another() -> None:
        with sample.store.work() as work:
            person = work.people.person_by_staff_number(MEMBER)
            assert person is not None
            work.people.add_account("telegram", "77", clock.now(), person.id)

    await sample.use(has_another)
    clock.set_local("2030-05-21 09:00")
    await comes_in(sample, secretary, SECRETARY)
    assert "没有打开页面" not in await people_of(secretary)
