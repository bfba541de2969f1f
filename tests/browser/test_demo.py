"""The demo as somebody meets it who has never seen the program: a campaign under way, a clock, and things to try."""

import asyncio
import re
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.tabs import Tabs
from tests.faults.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo that people see, filled as they come."""
    bot = Running(tmp_path_factory.mktemp("living"), living=True)
    asyncio.run(bot.start())
    yield bot
    asyncio.run(bot.stop())


async def test_the_page_opens_first_and_says_that_the_demo_is_being_filled(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await expect(member.page.locator("#demo")).to_have_text("演示")
    await expect(member.page.locator("#stage summary")).to_contain_text("试一试 0/7")
    await expect(member.page.locator("#stage progress")).to_be_hidden(timeout=60_000)
    await member.says("/menu")
    await member.sees("通知（1）")


async def test_a_try_ticks_itself_off_and_the_next_persona_has_news(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await expect(member.page.locator("#stage progress")).to_be_hidden(timeout=60_000)
    await member.says("/report")
    await member.sees("1/4")
    for button in ("内设机构", "我的单位", "服务效能"):
        await member.taps(button)
    await member.says("排队机没有语音提示")
    await member.sees("请您核对")
    await member.taps("提交")
    await member.sees("已收到")
    await expect(member.page.locator("#stage summary")).to_contain_text("试一试 1/7")
    await expect(member.page.locator("#stage summary")).to_contain_text("督导")
    await expect(member.page.locator("a[href='/as/supervisor/'] .unread")).to_have_text(re.compile("[1-9]"))
    await member.page.locator("#stage summary").click()
    await expect(member.page.locator("#stage li.done")).to_have_count(1)


async def test_the_clock_goes_on_by_a_day_and_what_is_due_is_said(tabs: Tabs) -> None:
    secretary = await tabs.open("secretary")
    await expect(secretary.page.locator("#stage progress")).to_be_hidden(timeout=60_000)
    await secretary.page.locator("#stage summary").click()
    before = await secretary.page.locator("#stage .clock").inner_text()
    await secretary.page.get_by_role("button", name="到下一件事").click()
    await expect(secretary.page.locator("#stage .clock")).not_to_have_text(before)
    await secretary.page.get_by_role("button", name="+1天").click()
    await secretary.sees("请您今天留意")


async def test_it_begins_afresh_in_the_other_language(tabs: Tabs) -> None:
    admin = await tabs.open("admin")
    await expect(admin.page.locator("#stage progress")).to_be_hidden(timeout=60_000)
    await admin.page.locator("#stage summary").click()
    await admin.page.get_by_role("button", name="重新开始").click()
    await admin.page.get_by_role("button", name="English").click()
    await expect(admin.page.locator("#demo")).to_have_text("Demo", timeout=60_000)
    await expect(admin.page.locator("#stage summary")).to_contain_text("Try it 0/7")
    await expect(admin.page.locator("#stage progress")).to_be_visible()
    tabs.errors.clear()
