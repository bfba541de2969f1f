"""The chat page itself: what it does with words, edits, photos, lost connections and strangers."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import ClientSession
from PIL import Image
from playwright.async_api import Route, expect

from tests.browser.tab import Tab
from tests.browser.tabs import Tabs
from tests.faults.running import Running

pytestmark = pytest.mark.browser


async def begin_report(member: Tab) -> None:
    """A new report, whatever the test before left open."""
    await member.says("/cancel")
    await member.sees("/menu")
    await member.says("/report")
    await member.sees("1/4")


async def test_what_a_person_writes_stays_text(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await member.says('<img src=x onerror="document.title=1"><b>bold</b> https://example.org')
    await member.sees("<b>bold</b>")
    assert await member.page.locator("article img, article b").count() == 0


async def test_a_card_is_edited_in_its_place_and_keeps_the_focus(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await begin_report(member)
    await member.button("内设机构").focus()
    await member.page.keyboard.press("Enter")
    await member.sees("2/4")
    await member.sees_not("1/4 ")
    assert "press" in str(await member.page.evaluate("document.activeElement.className"))


async def test_two_tabs_are_two_people_and_news_arrive_without_a_reload(tabs: Tabs) -> None:
    member, again = await tabs.open("member"), await tabs.open("member")
    await member.says("/help")
    await again.sees("报问题")


async def test_a_page_tells_with_its_next_question_how_far_it_has_got(tabs: Tabs) -> None:
    """By this the server knows that what came was opened."""
    member, again = await tabs.open("member"), await tabs.open("member")
    asked: list[str] = []
    again.page.on("request", lambda request: asked.append(request.url))
    await member.says("/help")
    await again.sees("报问题")
    newest = await again.page.evaluate("fetch('events').then((answer) => answer.json()).then((news) => news.seq)")
    told = f"/events?after={newest}"
    if not any(told in url for url in asked):
        await again.page.wait_for_event("request", lambda request: told in request.url)


async def test_a_photo_goes_up_and_stands_in_the_chat(tabs: Tabs, tmp_path: Path) -> None:
    picture = tmp_path / "IMG of somebody.jpg"
    Image.new("RGB", (1200, 800), "teal").save(picture)
    member = await tabs.open("member")
    await member.sends_photo(picture)
    await member.sees("要把这条内容作为问题反映吗")
    await expect(member.page.locator("article.mine img")).to_have_js_property("naturalWidth", 1200)
    assert "somebody" not in await member.page.content()


async def test_a_photo_that_is_none_is_refused_in_words(tabs: Tabs, tmp_path: Path) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_bytes(b"not a picture")
    member = await tabs.open("member")
    await member.sends_photo(fake)
    await expect(member.page.locator("#toast")).to_contain_text("打不开")
    tabs.errors.clear()


async def test_a_place_and_a_voice_that_the_device_does_not_give_are_spoken_of(tabs: Tabs) -> None:
    member = await tabs.open("member")
    for label, words in (("位置", "没有得到位置"), ("录音", "不能录音")):
        await member.page.click("#attach")
        await member.page.get_by_role("button", name=label).click()
        await expect(member.page.locator("#toast")).to_contain_text(words)
        await member.page.keyboard.press("Escape")


async def test_the_place_where_one_is_goes_along(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await member.page.context.grant_permissions(["geolocation"])
    await member.page.context.set_geolocation({"latitude": 30.5, "longitude": 114.3})
    await member.page.click("#attach")
    await member.page.get_by_role("button", name="位置").click()
    await expect(member.page.locator("article.mine").last).to_contain_text("30.50000, 114.30000")


async def test_what_is_said_over_a_button_hides_no_button(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await begin_report(member)
    await member.page.evaluate("""async () => (await import("/static/toast.js")).toast("字".repeat(150))""")
    toast, button = await member.page.locator("#toast").bounding_box(), await member.button("内设机构").bounding_box()
    assert toast is not None
    assert button is not None
    assert toast["y"] + toast["height"] < button["y"]


async def test_a_number_stands_unbroken(tabs: Tabs) -> None:
    member = await tabs.open("member", width=320)
    await member.says(f"{'请您看一看' * 2}WT-2030-000123")
    number = member.page.locator("article.mine .number").last
    assert await number.evaluate("node => node.getClientRects().length") == 1


async def test_an_unsent_text_is_still_there_after_a_reload(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await member.page.fill("#text", "half a sentence")
    await member.page.reload()
    await member.is_ready()
    await expect(member.page.locator("#text")).to_have_value("half a sentence")


async def test_it_shows_that_the_bot_works_and_keeps_the_composer_above_the_keyboard(tabs: Tabs) -> None:
    member = await tabs.open("member", worker=False)
    seen = asyncio.Event()

    async def hold(route: Route) -> None:
        await seen.wait()
        await route.continue_()

    await member.page.route("**/say", hold)
    await member.page.fill("#text", "/help")
    await member.page.click("#send")
    await expect(member.page.locator("#working")).to_be_visible()
    await expect(member.page.locator("#working")).to_contain_text("正在处理")
    seen.set()
    await member.sees("报问题")
    await expect(member.page.locator("#working")).to_be_hidden()
    await member.page.evaluate(
        """Object.defineProperty(visualViewport, "height", { value: 380 });
        visualViewport.dispatchEvent(new Event("resize"));"""
    )
    box = await member.page.locator("#composer").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 380


async def test_nothing_runs_over_the_edge_of_a_narrow_phone(tabs: Tabs) -> None:
    member = await tabs.open("member", width=320)
    await begin_report(member)
    assert await member.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_another_host_and_another_origin_are_refused(demo: Running) -> None:
    body = {"id": "a-0000001", "text": "x"}
    say = f"{demo.url}/as/admin/say"
    async with ClientSession() as client:
        for request in (
            client.get(f"{demo.url}/as/admin/hello", headers={"Host": "evil.example"}),
            client.post(say, json=body, headers={"X-Chat": "1", "Origin": "https://evil.example"}),
            client.post(say, json=body),
            client.get(f"{demo.url}/as/nobody/"),
        ):
            async with request as answer:
                assert answer.status == 403
