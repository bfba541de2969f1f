"""Coming in by a link, over HTTP: what it spends and when, the cookie, and what is shown to those without one."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.app import App
from domain.entrances import MAX_WRONG_LINKS
from domain.people import Actor
from services.spreadsheets import read_table, write_workbook
from storage.entrances import invitation
from storage.sign_ins import page_session
from tests.conftest import FixedClock
from tests.pages.browser import Browser

Open = Callable[[], Browser]


async def link_for(app: App, staff_number: str) -> str:
    """A one-time link for somebody of the sample organisation."""
    return (await app.use(app.services.entrances.invite_by_number, staff_number)).code


async def person_of(app: App, staff_number: str) -> Actor:
    def find() -> Actor:
        with app.store.work() as work:
            person = work.people.person_by_staff_number(staff_number)
            assert person is not None
            return work.actors.of(person.id)

    return await app.use(find)


async def test_without_a_link_nobody_comes_in_and_the_page_says_how(sample: App, browser: Open) -> None:
    stranger = browser()
    status, page = await stranger.get("/")
    assert status == 403
    assert "向您的支部书记或管理员索取链接" in page
    assert "Please enter by the link you were given" in page
    for address in ("/chat/hello", "/chat/events", "/chat/history", "/chat/file/1"):
        assert (await stranger.get(address))[0] == 403
    assert await stranger.says("/menu") == 403
    assert (await stranger.get("/as/admin/"))[0] == 404


async def test_opening_a_link_spends_nothing_and_pressing_the_button_spends_it(sample: App, browser: Open) -> None:
    code = await link_for(sample, "B003")
    preview, member = browser(), browser()
    for _ in range(3):
        status, page = await preview.get(f"/enter/{code}")
        assert (status, "这是我自己的设备" in page, "A shared computer" in page) == (200, True, True)
        assert "保存多久" in page
    entered = await member.press_enter(code)
    assert (entered.status, entered.headers["Location"]) == (303, "/chat/")
    assert (await member.get("/"))[0] == 200
    await member.says("/menu")
    assert await member.sees("您好，窗口党员甲")
    assert (await preview.get("/chat/"))[0] == 403
    assert (await preview.press_enter(code)).status == 403


async def test_the_cookie_cannot_be_read_or_sent_by_another_site(sample: App, browser: Open) -> None:
    cookie = (await browser().press_enter(await link_for(sample, "B003"))).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=7776000"} <= set(cookie.split("; "))


async def test_a_link_is_spent_once_by_twenty_who_press_at_once(sample: App, browser: Open) -> None:
    code = await link_for(sample, "B003")
    answers = await asyncio.gather(*(browser().press_enter(code) for _ in range(20)))
    assert Counter(answer.status for answer in answers) == {303: 1, 403: 19}


async def test_wrong_spent_and_expired_links_answer_alike(sample: App, browser: Open, clock: FixedClock) -> None:
    stranger = browser()
    expired, spent = await link_for(sample, "B004"), await link_for(sample, "B003")
    await browser().press_enter(spent)
    clock.advance(minutes=10)
    answers = []
    for code in (expired, spent, "AAAAAAAAAAAAAAAAAAAAAA"):
        async with stranger.http.post(f"{stranger.url}/enter/{code}") as response:
            answers.append((response.status, await response.text()))
        assert (await stranger.get(f"/enter/{code}"))[0] == 200
    assert len(set(answers)) == 1
    assert answers[0][0] == 403
    assert "这个链接不对，或已失效" in answers[0][1]
    assert "This link is wrong or no longer works" in answers[0][1]


async def test_after_too_many_wrong_links_the_page_says_when_to_press_again(sample: App, browser: Open) -> None:
    stranger, code = browser(), await link_for(sample, "B003")
    for guess in range(MAX_WRONG_LINKS):
        async with stranger.http.post(f"{stranger.url}/enter/wrong{guess}") as response:
            assert "这个链接不对，或已失效" in await response.text()
    async with stranger.http.post(f"{stranger.url}/enter/{code}") as response:
        page = await response.text()
    assert response.status == 403
    assert "请您一小时后再按一次" in page
    assert "Please press again in an hour" in page


async def test_another_site_cannot_press_the_button(sample: App, browser: Open) -> None:
    code, member = await link_for(sample, "B003"), browser()
    assert (await member.press_enter(code, Origin="https://evil.example.org")).status == 403
    assert (await member.press_enter(code, Origin="null")).status == 403
    assert (await member.press_enter(code, Origin=member.url)).status == 303


async def test_the_door_is_never_kept_and_tells_no_other_site_of_the_link(sample: App, browser: Open) -> None:
    member = browser()
    async with member.http.get(f"{member.url}/enter/{await link_for(sample, 'B003')}") as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "form-action 'self'" in response.headers["Content-Security-Policy"]


async def test_a_session_ends_after_ninety_days_and_a_forged_one_is_none(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member, forger = browser(), browser()
    await member.press_enter(await link_for(sample, "B003"))
    clock.advance(days=89)
    assert (await member.get("/chat/"))[0] == 200
    assert (await forger.get("/chat/", Cookie="session=forged"))[0] == 403
    clock.advance(days=1)
    assert (await member.get("/chat/"))[0] == 403
    await sample.use(sample.services.entrances.purge)


async def test_nothing_in_the_database_opens_a_door(sample: App, browser: Open) -> None:
    code, member = await link_for(sample, "B003"), browser()
    entered = await member.press_enter(code)
    secret = entered.cookies["session"].value

    def everything() -> str:
        with sample.store.work() as work:
            return str([work._session.execute(select(table)).all() for table in (invitation, page_session)])

    kept = await sample.use(everything)
    assert code not in kept
    assert secret not in kept


async def test_on_a_shared_computer_it_ends_after_twelve_hours_or_with_the_browser(
    sample: App, browser: Open, clock: FixedClock
) -> None:
    member, quick = browser(), browser()
    cookie = (await member.press_enter(await link_for(sample, "B003"), "shared")).headers["Set-Cookie"]
    assert "Max-Age" not in cookie
    await quick.press_enter(await link_for(sample, "B004"), "")
    clock.advance(hours=11)
    assert (await member.get("/chat/"))[0] == (await quick.get("/chat/"))[0] == 200
    clock.advance(hours=1)
    assert (await member.get("/chat/"))[0] == (await quick.get("/chat/"))[0] == 403


async def test_entering_anew_ends_the_session_of_before(sample: App, browser: Open) -> None:
    member = browser()
    first = (await member.press_enter(await link_for(sample, "B003"))).cookies["session"].value
    await member.press_enter(await link_for(sample, "B003"))
    assert (await browser().get("/chat/", Cookie=f"session={first}"))[0] == 403
    assert (await member.get("/chat/"))[0] == 200


@pytest.mark.parametrize("said", ["/due", "叫号屏总是乱序"])
async def test_what_a_page_sends_again_is_answered_once(sample: App, browser: Open, said: str) -> None:
    member = browser()
    await member.press_enter(await link_for(sample, "B003"))
    assert await member.says(said, times=3) == 200
    assert [message["mine"] for message in await member.messages()] == [True, False]


async def test_two_browsers_of_one_person_show_the_same_chat(sample: App, browser: Open) -> None:
    phone, desktop = browser(), browser()
    await phone.press_enter(await link_for(sample, "B003"))
    await phone.says("/page")
    await desktop.press_enter(await phone.code())
    await desktop.says("/my")
    assert [message["id"] for message in await phone.messages()] == [m["id"] for m in await desktop.messages()]


async def test_whoever_left_is_out_at_once(sample: App, browser: Open) -> None:
    member = browser()
    await member.press_enter(await link_for(sample, "B003"))
    admin, left = await person_of(sample, "A001"), await person_of(sample, "B003")
    await sample.use(sample.services.roles.leave, admin, left.person_id or 0)
    assert (await member.get("/chat/events"))[0] == 403
    assert await member.says("/report") == 403


async def test_whoever_is_let_in_again_finds_their_chat_and_the_draft_in_it(sample: App, browser: Open) -> None:
    member, new_phone = browser(), browser()
    await member.press_enter(await link_for(sample, "B003"))
    await member.says("/report")
    await member.taps("内设机构")
    secretary, own = await person_of(sample, "B002"), (await person_of(sample, "B003")).person_id or 0
    await sample.use(sample.services.roles.stop, secretary, own)
    assert await member.says("2") == 403
    code = (await sample.use(sample.services.entrances.invite_person, secretary, own, at_hand=True)).code
    await new_phone.press_enter(code)
    await new_phone.says("/report")
    await new_phone.taps("继续填写")
    assert await new_phone.sees("2/4")


async def test_the_first_admin_comes_in_brings_the_roster_and_lets_a_unit_join(app: App, browser: Open) -> None:
    """The whole beginning of an organisation on the page alone."""
    admin, secretary, newcomer = browser(), browser(), browser()
    await admin.press_enter((await app.use(app.services.entrances.invite_admin)).code)
    assert await admin.sees("您现在是管理员")
    await admin.taps("设置")
    for _ in ("名称和语言", "工作时间和节假日"):
        await admin.taps("下一步")
    assert await admin.sees("设置 3/5：名册")
    await admin.taps("导入")
    header, *rows = read_table(await admin.newest_file(), "名册模板.xlsx").header, ("office", *[""] * 8)
    people = [
        ("b1", "第一支部", "党支部", "office", "", "", "书记", "S1", "支部书记"),
        ("b1", "", "", "", "", "", "新党员", "N1", ""),
    ]
    await admin.sends_file("名册.xlsx", write_workbook({"名册": [header, *rows, *people]}))
    await admin.taps("确认保存")
    assert await admin.sees("已保存名册：新增单位1个、变更0个；新增人员2名")
    await admin.taps("人员")
    await admin.taps("第一支部")
    await admin.taps("书记")
    await admin.taps("本人邀请链接")
    await secretary.press_enter(await admin.code())
    assert await secretary.sees("欢迎您，书记")
    assert await admin.sees("书记 已用您给的邀请加入第一支部")
    await secretary.says("/people")
    await secretary.taps("单位邀请链接")
    await newcomer.press_enter(await secretary.code())
    await newcomer.taps("继续")
    await newcomer.says("新党员")
    await newcomer.says("n1")
    await secretary.taps("确认是本人")
    assert await newcomer.sees("欢迎您，新党员：您已加入第一支部")
    assert await secretary.sees("已确认：新党员")
    await newcomer.says("/menu")
    assert await newcomer.sees("您好，新党员")


async def test_of_twenty_links_for_the_first_admin_one_serves(app: App, browser: Open) -> None:
    codes = [(await app.use(app.services.entrances.invite_admin)).code for _ in range(3)]
    answers = await asyncio.gather(*(browser().press_enter(codes[number % 3]) for number in range(20)))
    assert Counter(answer.status for answer in answers) == {303: 1, 403: 19}
    assert not await app.use(app.services.entrances.needs_admin)


async def test_a_guest_who_has_not_begun_cannot_press_anothers_beginning(sample: App, browser: Open) -> None:
    newcomer = browser()
    unit = (await person_of(sample, "B003")).unit_id or 0
    admin = await person_of(sample, "A001")
    await newcomer.press_enter((await sample.use(sample.services.entrances.invite_unit, admin, unit)).code)
    await newcomer.taps("继续")
    await newcomer.says("窗口党员甲")
    await newcomer.says("B003")
    assert await newcomer.sees("请您等支部书记确认")


async def test_a_code_typed_from_paper_leads_to_the_page_of_its_link(sample: App, browser: Open) -> None:
    newcomer, admin = browser(), await person_of(sample, "A001")
    unit = (await person_of(sample, "B003")).unit_id or 0
    code = (await sample.use(sample.services.entrances.invite_unit, admin, unit)).code
    assert 'name="code"' in (await newcomer.get("/enter"))[1]
    typed = "/join " + " ".join(code.upper()[at : at + 4] for at in range(0, len(code), 4))
    async with newcomer.http.get(f"{newcomer.url}/enter", params={"code": typed}) as response:
        assert response.url.path == f"/enter/{code}"
    await newcomer.press_enter(code)
    assert await newcomer.sees("加入第一支部之前")
    status, page = await newcomer.get("/enter?code=%3C%3E")
    assert (status, "这个链接不对，或已失效" in page) == (200, True)


async def test_on_the_page_a_stranger_reads_no_number(sample: App, browser: Open) -> None:
    """It is the account's own, and of no use in the settings."""
    stranger, admin = browser(), await person_of(sample, "A001")
    await stranger.press_enter(
        (await sample.use(sample.services.entrances.invite_unit, admin, admin.unit_id or 0)).code
    )
    await stranger.says("/start")
    assert await stranger.sees("您还没有加入")
    assert not any("BOT_ADMINS" in message["text"] for message in await stranger.messages())


async def test_a_units_link_opened_again_in_the_same_browser_leads_to_the_same_chat(sample: App, browser: Open) -> None:
    newcomer, other, secretary = browser(), browser(), await person_of(sample, "B002")
    invited = await sample.use(
        sample.services.entrances.invite_unit, secretary, (await person_of(sample, "B001")).unit_id or 0
    )
    await newcomer.press_enter(invited.code)
    await newcomer.taps("继续")
    await newcomer.says("窗口党员乙")
    assert await newcomer.sees("请您输入工号")
    for _ in range(invited.uses + 1):
        assert (await newcomer.press_enter(invited.code)).status == 303
    await newcomer.says("B004")
    assert await newcomer.sees("请您等支部书记确认")
    sheet = await sample.use(sample.services.sheets.read, invited.sheet)
    assert sheet.uses == invited.uses - 1
    assert (await other.press_enter(invited.code)).status == 303
    assert not any("等支部书记确认" in message["text"] for message in await other.messages())
