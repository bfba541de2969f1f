"""Somebody's access is stopped from their card, and they come in again by what the secretary shows them."""

import io
from collections.abc import Callable

from PIL import Image

from domain.people import Actor
from tests.talk import Person, Talk

Named = Callable[[str], Person]
ByNumber = Callable[[str], Actor]
NOTHING = "没有找到，可能编号有误，或者您无权查看。"


async def stop(secretary: Person, somebody: Actor) -> None:
    await secretary.presses(f"pp:card:{somebody.person_id}:0:0")
    await secretary.taps("停用登录")
    await secretary.taps("确认停用")


async def test_a_secretary_stops_a_lost_phone_in_two_taps_and_gives_a_new_link_right_there(
    person: Named, by_number: ByNumber, talk: Talk
) -> None:
    secretary, member, finder = person("secretary"), person("member"), talk.person("stranger", None)
    await stop(secretary, by_number("B003"))
    assert "已停用：窗口党员甲 在各处都已退出" in secretary.text()
    await member.says("/my")
    assert member.sees("请先加入")
    await secretary.taps("本人邀请链接")
    code = secretary.text().split("start=j_")[1].split()[0]
    await finder.says(f"/start j_{code}")
    assert finder.sees("欢迎您，窗口党员甲")
    assert secretary.sees("窗口党员甲 已用您给的邀请加入")


async def test_a_draft_waits_for_whoever_comes_back_by_the_same_messenger(
    person: Named, by_number: ByNumber, talk: Talk
) -> None:
    secretary, member = person("secretary"), person("member")
    await member.says("/report")
    await member.taps("内设机构")
    step = member.text()
    await stop(secretary, by_number("B003"))
    await secretary.taps("本人邀请链接")
    await member.says("/start j_" + secretary.text().split("start=j_")[1].split()[0])
    await member.says("/report")
    await member.taps("继续")
    assert member.text() == step


async def test_the_phone_scans_the_secretarys_screen_and_is_in_within_ten_minutes(
    person: Named, by_number: ByNumber
) -> None:
    secretary = person("secretary")
    await secretary.presses(f"pp:card:{by_number('B004').person_id}:0:0")
    await secretary.taps("出示二维码")
    [call] = [call for call in secretary.talk.session.calls if call.method == "sendPhoto"]
    assert call.payload["chat_id"] == secretary.chat_id
    assert "请 窗口党员乙 本人用手机相机扫码" in call.payload["caption"]
    assert "5月13日（周一）10:10" in call.payload["caption"]
    picture = Image.open(io.BytesIO(call.files["photo"].data))
    assert picture.width == picture.height > 250


async def test_who_is_not_of_the_unit_sees_no_such_person(person: Named, by_number: ByNumber) -> None:
    secretary, member = person("secretary"), person("member")
    for do in ("stop", "stop-yes", "qr"):
        await secretary.presses(f"pp:{do}:{by_number('C003').person_id}:0:0")
        assert secretary.toast == NOTHING
        await member.presses(f"pp:{do}:{by_number('B004').person_id}:0:0")
        assert member.toast == NOTHING


async def test_nobody_stops_themself_and_the_card_does_not_offer_it(person: Named, by_number: ByNumber) -> None:
    secretary = person("secretary")
    own = by_number("B002").person_id
    await secretary.presses(f"pp:card:{own}:0:0")
    assert "停用登录" not in secretary.buttons()
    await secretary.presses(f"pp:stop-yes:{own}:0:0")
    assert "不能在这里停用自己的登录" in secretary.toast
    await secretary.says("/people")
    assert secretary.sees("综合服务单位")
