"""What is written without a connection: kept on the device, sent in its order, and once."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Route, expect

from tests.browser.tab import Tab
from tests.browser.tabs import Tabs

pytestmark = pytest.mark.browser

LEFT_BY_ANOTHER = """
new Promise((done) => {
    const request = indexedDB.open("chat", 1);
    request.onsuccess = () => {
        const shelf = request.result.transaction("outbox", "readwrite").objectStore("outbox");
        shelf.add({ id: "left-behind", home: location.pathname, account: "1", what: { text: "somebody else's" } });
        shelf.transaction.oncomplete = done;
    };
})
"""


async def goes_offline(tab: Tab) -> None:
    await tab.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await tab.page.context.set_offline(True)
    await expect(tab.page.locator("#offline")).to_be_visible()


async def test_what_was_written_offline_survives_a_reload_and_arrives_once_in_its_order(
    tabs: Tabs, tmp_path: Path
) -> None:
    picture = tmp_path / "photo.jpg"
    Image.new("RGB", (600, 400), "teal").save(picture)
    member = await tabs.open("member")
    waiting = member.page.locator("article.pending")
    await goes_offline(member)
    await member.says("first in the tunnel")
    await member.says("better not")
    await member.sends_photo(picture)
    await member.says("second in the tunnel")
    await expect(member.page.locator(".retry")).to_have_count(4)
    await waiting.filter(has_text="better not").locator(".discard").click()
    # It goes from sight once it is gone from the device: before that, a reload may bring it back.
    await expect(waiting).to_have_count(3)
    await member.page.reload()
    await member.is_ready()
    await expect(waiting).to_have_count(3)
    await expect(waiting.locator("img")).to_have_js_property("naturalWidth", 600)
    await member.page.context.set_offline(False)
    await expect(waiting).to_have_count(0)
    await expect(member.page.locator("#offline")).to_be_hidden()
    mine = member.page.locator("article.mine")
    await expect(mine).to_contain_text(["first in the tunnel", "", "second in the tunnel"])
    await expect(mine.nth(1).locator("img")).to_be_visible()
    await member.page.reload()
    await expect(mine).to_have_count(3)
    await expect(waiting).to_have_count(0)
    tabs.errors.clear()


async def test_an_answer_lost_on_its_way_is_one_effect_and_nobody_sends_what_another_left(tabs: Tabs) -> None:
    guest = await tabs.open("guest", worker=False)
    sent = []

    async def lose_the_first_answer(route: Route) -> None:
        sent.append(route.request.post_data_json["id"])
        answer = await route.fetch()
        await (route.abort() if len(sent) == 1 else route.fulfill(response=answer))

    await guest.page.route("**/say", lose_the_first_answer)
    await guest.page.fill("#text", "/help")
    async with guest.page.expect_response(lambda answer: answer.url.endswith("/say")):
        await guest.page.click("#send")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    await expect(guest.page.locator("article.mine")).to_have_count(1)
    await expect(guest.page.locator("article:not(.mine)", has_text="/join")).to_have_count(1)
    await guest.page.evaluate(LEFT_BY_ANOTHER)
    await guest.page.reload()
    await guest.says("/help")
    await expect(guest.page.locator("article.mine")).to_have_count(2)
    assert "else's" not in await guest.page.content()
    tabs.errors.clear()
