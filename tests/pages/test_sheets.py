"""The sheet to be printed, over HTTP: made from the invitation, opened by its address alone."""

import re
from collections.abc import Callable

from bot.app import App
from domain.people import Actor
from tests.pages.browser import Browser
from tests.pages.test_entering import link_for, person_of

Open = Callable[[], Browser]


async def inviting(app: App, browser: Open) -> tuple[Browser, str]:
    """A secretary at the page who has made an invitation, and the address of its sheet."""
    secretary = browser()
    await secretary.press_enter(await link_for(app, "B002"))
    await secretary.says("/people")
    await secretary.taps("单位邀请链接")
    assert await secretary.sees("请您把下面的邀请转给")
    [address] = [
        button["url"]
        for message in await secretary.messages()
        for row in message["buttons"]
        for button in row
        if "打印" in button["text"]
    ]
    return secretary, str(address).removeprefix(secretary.url)


async def test_the_secretary_prints_a_sheet_by_whose_code_a_newcomer_joins(sample: App, browser: Open) -> None:
    secretary, address = await inviting(sample, browser)
    status, page = await secretary.get(address)
    assert status == 200
    assert "加入综合服务单位" in page
    assert "有疑问请找一支部书记" in page
    assert "还可加入3人" in page
    assert "会保存您的姓名、工号" in page
    [typed] = re.findall(r"/join ([0-9A-Z ]+)", page)
    newcomer = await sample.use(sample.services.people.acting, "telegram", 9001, "zh")
    found = await sample.use(sample.services.joining.look, newcomer, typed.lower())
    assert found is not None
    assert found.unit_name == "综合服务单位"


async def test_without_a_public_address_the_sheet_says_what_is_missing(sample: App, browser: Open) -> None:
    secretary, address = await inviting(sample, browser)
    _, page = await secretary.get(address)
    assert "这个链接只在本机有效" in page
    assert f"{secretary.url}/enter/" in page
    assert "<svg" not in page


async def test_with_an_address_for_others_the_sheet_carries_its_code_as_a_picture(sample: App, browser: Open) -> None:
    sample.links.username = "example_bot"
    secretary, address = await inviting(sample, browser)
    _, page = await secretary.get(address)
    assert page.count("<svg") == 1
    assert "https://t.me/example_bot?start=j_" in page
    assert "只在本机有效" not in page


async def test_the_sheet_keeps_to_the_rules_of_our_pages(sample: App, browser: Open) -> None:
    """No inline style or script, no other address: else the browser would leave it out."""
    secretary, address = await inviting(sample, browser)
    async with secretary.http.get(secretary.url + address) as response:
        page = await response.text()
        assert response.headers["Cache-Control"] == "no-store"
        assert "style-src 'self'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script| style=| on\w+=", page)
    status, style = await secretary.get("/sheet.css")
    assert (status, "size: A4" in style) == (200, True)


async def test_a_units_name_cannot_break_out_of_the_page(sample: App, browser: Open) -> None:
    admin = await person_of(sample, "A001")
    invited = await sample.use(rename_and_invite, sample, admin)
    _, page = await browser().get(f"/sheet/{invited}")
    assert "<script>" not in page
    assert "加入&lt;script&gt;" in page


def rename_and_invite(app: App, admin: Actor) -> str:
    with app.store.work() as work:
        unit = work.people.unit(admin.unit_id or 0)
        assert unit is not None
        unit.name = "<script>"
    return app.services.entrances.invite_unit(admin, admin.unit_id or 0).sheet


async def test_wrong_and_ended_sheets_answer_alike(sample: App, browser: Open) -> None:
    secretary, address = await inviting(sample, browser)
    actor = await person_of(sample, "B002")
    await sample.use(sample.services.entrances.invite_unit, actor, (await person_of(sample, "B001")).unit_id or 0)
    ended = await secretary.get(address)
    assert ended == await browser().get("/sheet/AAAAAAAAAAAAAAAAAAAAAA")
    assert ended[0] == 404
    assert "这个链接不对，或已失效" in ended[1]
