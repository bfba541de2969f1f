"""Joining in chat: by a unit's code with the secretary's confirmation, by one's own code at once."""

import re
from collections.abc import Callable

from sqlalchemy import select

from domain.people import Actor, Role, RoleKind
from domain.people import Person as OnRoster
from storage.audit import audit
from storage.unit_of_work import Store
from tests.talk import Person, Talk

Named = Callable[[str], Person]


def code_of(person: Person) -> str:
    """The code in the newest invitation somebody was shown."""
    found = re.findall(r"/join (\S+)", "\n".join(str(message.get("text")) for message in person.messages()))
    return str(found[-1])


async def unit_code(secretary: Person) -> str:
    await secretary.says("/people")
    await secretary.taps("单位邀请链接")
    return code_of(secretary)


async def introduces(newcomer: Person, code: str, name: str = "窗口党员乙", number: str = "B004") -> None:
    await newcomer.says(f"/start j_{code}")
    await newcomer.taps("继续")
    await newcomer.says(name)
    await newcomer.says(number)


def person_behind(talk: Talk, newcomer: Person) -> Actor:
    return talk.services.people.acting("telegram", newcomer.chat_id, "zh")


async def test_a_unit_code_leads_to_the_secretary_who_lets_the_newcomer_in(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    assert f"https://t.me/example_bot?start=j_{code}" in secretary.text()
    await newcomer.says(f"/start j_{code}")
    assert "加入综合服务单位之前" in newcomer.text()
    await newcomer.taps("继续")
    assert "请您输入姓名，与综合服务单位名册上一致" in newcomer.text()
    await newcomer.says("窗口党员乙")
    await newcomer.says("b004")
    assert newcomer.sees("请您等支部书记确认")
    assert person_behind(talk, newcomer).is_guest
    assert "请您确认：窗口党员乙 申请加入" in secretary.text()
    assert "第一支部，工号 B004" in secretary.text()
    await secretary.taps("确认是本人")
    assert newcomer.sees("欢迎您，窗口党员乙：您已加入第一支部")
    assert secretary.sees("已确认：窗口党员乙 加入了第一支部")
    assert person_behind(talk, newcomer).name == "窗口党员乙"


async def test_the_secretary_sees_on_the_menu_and_in_the_list_who_waits(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await introduces(newcomer, await unit_code(secretary))
    await secretary.says("/menu")
    assert "人员（1）" in secretary.buttons()
    await secretary.says("/people")
    await secretary.taps("待确认：窗口党员乙")
    await secretary.taps("确认是本人")
    assert person_behind(talk, newcomer).name == "窗口党员乙"
    await secretary.says("/menu")
    assert "人员（1）" not in secretary.buttons()


async def test_namesakes_are_told_apart_by_their_numbers_wherever_one_is_chosen(
    talk: Talk, person: Named, store: Store
) -> None:
    with store.work() as work:
        unit = work.people.unit_by_code("branch-1")
        assert unit is not None
        for number in ("Z001", "Z002"):
            work.people.add_person(OnRoster("张伟", number, unit.id))
    secretary = person("secretary")
    code = await unit_code(secretary)
    for number in ("Z001", "Z002"):
        await introduces(talk.person(number, None), code, "张伟", number)
    await secretary.says("/people")
    assert {"○ 张伟 Z001", "○ 张伟 Z002"} <= set(secretary.buttons())
    assert "待确认：张伟（第一支部，Z002）" in secretary.buttons()
    await secretary.taps("张伟（第一支部，Z002）")
    await secretary.taps("确认是本人")
    await secretary.says("/people")
    await secretary.presses("jn:confirmed:0:0", secretary.messages()[-1])
    assert "✕ 张伟（第一支部，Z002）" in secretary.buttons()


async def test_who_is_not_this_person_is_not_let_in(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await introduces(newcomer, await unit_code(secretary))
    await secretary.taps("不是本人")
    assert secretary.sees("没有加入")
    assert newcomer.sees("没有确认您的申请")
    assert person_behind(talk, newcomer).is_guest


async def test_a_wrong_confirmation_is_undone_and_the_account_it_replaced_works_again(
    talk: Talk, person: Named, by_number: Callable[[str], Actor]
) -> None:
    secretary, rightful = person("secretary"), talk.person("rightful", by_number("B004").person_id)
    impostor = talk.person("impostor", None)
    await introduces(impostor, await unit_code(secretary))
    assert "此人已有账号" in secretary.text()
    await secretary.taps("确认是本人")
    assert person_behind(talk, rightful).is_guest
    await secretary.taps("撤销确认")
    assert secretary.sees("已撤销：这个账号不再是 窗口党员乙")
    assert impostor.sees("撤销了您的加入确认")
    assert person_behind(talk, impostor).is_guest
    assert person_behind(talk, rightful).name == "窗口党员乙"


async def test_a_persons_own_code_lets_in_at_once_and_only_once(talk: Talk, person: Named) -> None:
    secretary, newcomer, late = person("secretary"), talk.person("newcomer", None), talk.person("late", None)
    await secretary.says("/people")
    await secretary.taps("窗口党员乙")
    await secretary.taps("本人邀请链接")
    code = code_of(secretary)
    await newcomer.says(f"/join {code}")
    assert newcomer.sees("欢迎您，窗口党员乙")
    assert secretary.sees("窗口党员乙 已用您给的邀请加入第一支部")
    await late.says(f"/join {code}")
    assert late.sees("邀请码或链接不对，或已失效")


async def test_a_code_can_be_sent_after_the_command(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    await newcomer.says("加入")
    assert "请您发送单位的邀请码" in newcomer.text()
    await newcomer.says(code)
    await newcomer.taps("继续")
    assert "请您输入姓名" in newcomer.text()


async def test_wrong_spent_and_expired_codes_answer_alike(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    await newcomer.says("/join AAAAAAAAAAAAAAAAAAAAAA")
    wrong = newcomer.text()
    talk.clock.advance(days=7)
    await newcomer.says(f"/join {code}")
    assert newcomer.text() == wrong
    fresh = await unit_code(secretary)
    await unit_code(secretary)
    await newcomer.says(f"/join {fresh}")
    assert newcomer.text() == wrong


async def test_after_five_wrong_codes_even_the_right_one_is_refused_for_an_hour(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    for number in range(5):
        await newcomer.says(f"/join wrong-{number}")
    await newcomer.says(f"/join {code}")
    assert "试的次数太多了，请在5月13日（周一）11:00之后再试" in newcomer.text()
    talk.clock.advance(hours=1)
    await newcomer.says(f"/join {code}")
    assert "加入综合服务单位之前" in newcomer.text()


async def test_names_that_do_not_match_are_counted_as_guesses_and_tell_nothing(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await newcomer.says(f"/start j_{await unit_code(secretary)}")
    await newcomer.taps("继续")
    answers = set()
    for name, number in (
        ("窗口党员乙", "B005"),
        ("没有此人", "B004"),
        ("技术党员甲", "C003"),
        ("管理员", "A001"),
        ("x" * 200, "😀"),
    ):
        await newcomer.says(name)
        await newcomer.says(number)
        answers.add(newcomer.text())
    assert len(answers) == 1
    assert "没有对上" in answers.pop()
    await newcomer.says("窗口党员乙")
    await newcomer.says("B004")
    assert "试的次数太多了" in newcomer.text()
    assert not secretary.sees("申请加入")


async def test_a_draft_of_joining_can_go_back_and_be_cancelled(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await newcomer.says(f"/start j_{await unit_code(secretary)}")
    await newcomer.taps("继续")
    await newcomer.says("窗口党员丙")
    await newcomer.taps("返回")
    await newcomer.says("窗口党员乙")
    await newcomer.taps("取消")
    assert newcomer.sees("没有保存任何内容")
    await newcomer.says("/join")
    assert "加入综合服务单位之前" in newcomer.text()
    await newcomer.taps("继续")
    assert "请您输入姓名，与综合服务单位名册上一致" in newcomer.text()


async def test_a_newcomer_who_writes_before_going_on_or_while_the_secretary_is_asked_reads_where_they_are(
    talk: Talk, person: Named
) -> None:
    code = await unit_code(person("secretary"))
    newcomer = talk.person("newcomer", None)
    await newcomer.says(f"/start j_{code}")
    for said in ("你好", "/cancel", "/start"):
        await newcomer.says(said)
        assert newcomer.text().startswith("您还没有加入，也没有保存您的姓名。要加入，请您点下面的“继续”")
        assert "加入综合服务单位之前" in newcomer.text()
    await newcomer.taps("继续")
    await newcomer.says("窗口党员乙")
    await newcomer.says("B004")
    await newcomer.says("在吗")
    assert newcomer.text() == "已提交，请您等支部书记确认，确认后会马上告诉您。"
    stranger = talk.person("stranger", None)
    await stranger.says("你好")
    assert stranger.sees("请先加入")


async def test_whoever_has_joined_is_not_asked_again(talk: Talk, person: Named) -> None:
    secretary, member = person("secretary"), person("member")
    await member.says(f"/join {await unit_code(secretary)}")
    assert "您已经加入：窗口党员甲（第一支部）" in member.text()


async def test_only_those_who_may_vouch_can_decide_and_others_read_as_if_there_was_nothing(
    talk: Talk, person: Named, by_number: Callable[[str], Actor]
) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    other = talk.person("other secretary", by_number("C002").person_id)
    await introduces(newcomer, await unit_code(secretary))
    await other.presses("jn:yes:1:1")
    refused = other.toast
    await other.presses("jn:yes:999:1")
    assert other.toast == refused
    assert person_behind(talk, newcomer).is_guest


async def test_a_secretary_cannot_let_in_somebody_with_more_power(
    talk: Talk, person: Named, by_number: Callable[[str], Actor], store: Store
) -> None:
    """Else a secretary of the whole office could become its administrator by a second account."""
    with store.work() as work:
        office = work.people.unit_by_code("office")
        member = work.people.person_by_staff_number("B003")
        assert office is not None
        assert member is not None
        work.people.grant(Role(member.id, office.id, RoleKind.SECRETARY))
    secretary, admin, newcomer = person("member"), person("admin"), talk.person("newcomer", None)
    await admin.says("/import")
    await secretary.says("/people")
    await secretary.taps("管理员")
    assert not any("邀请" in button for button in secretary.buttons())
    await secretary.presses(f"pp:invite:{by_number('A001').person_id}:0:0")
    assert "请由管理员发出邀请" in secretary.toast
    await introduces(newcomer, await unit_code(secretary), "管理员", "A001")
    assert not secretary.sees("申请加入")
    assert "请您确认：管理员 申请加入" in admin.text()
    await secretary.presses("jn:yes:1:1")
    assert person_behind(talk, newcomer).is_guest


async def test_two_who_decide_at_once_are_told_who_was_first(talk: Talk, person: Named) -> None:
    secretary, admin, newcomer = person("secretary"), person("admin"), talk.person("newcomer", None)
    await introduces(newcomer, await unit_code(secretary))
    await secretary.taps("确认是本人")
    await admin.presses("jn:no:1:1")
    assert "一支部书记已在5月13日（周一）10:00处理过" in admin.toast
    assert person_behind(talk, newcomer).name == "窗口党员乙"


async def test_a_card_that_showed_another_name_confirms_nothing(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    await introduces(newcomer, code)
    await introduces(newcomer, code, "窗口党员丙", "B005")
    await secretary.presses("jn:yes:1:1")
    assert "当前状态下不能这样操作" in secretary.toast
    await secretary.presses("jn:yes:1:2")
    assert person_behind(talk, newcomer).name == "窗口党员丙"


async def test_the_same_press_again_lets_nobody_in_twice(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await introduces(newcomer, await unit_code(secretary))
    number = await secretary.taps("确认是本人")
    await secretary.presses("jn:yes:1:1", again=number)
    assert secretary.toast.startswith("已经保存过了")
    assert sum("欢迎您" in str(message.get("text")) for message in newcomer.messages()) == 1


async def test_a_request_after_hours_reaches_the_secretary_in_the_morning(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    talk.clock.set_local("2030-05-13 21:00")
    await introduces(newcomer, code)
    assert newcomer.sees("请您等支部书记确认")
    assert not secretary.sees("申请加入")
    talk.clock.set_local("2030-05-14 08:30")
    await talk.deliver()
    assert secretary.sees("申请加入")


async def test_joining_in_english(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    code = await unit_code(secretary)
    await newcomer.says("/language")
    await newcomer.taps("English")
    await newcomer.says(f"/start j_{code}")
    await newcomer.taps("Go on")
    await newcomer.says("窗口党员乙")
    await newcomer.says("B004")
    assert newcomer.sees("Please wait for your branch secretary to confirm")
    await secretary.taps("确认是本人")
    assert newcomer.sees("Welcome, 窗口党员乙: you have joined 第一支部")


async def test_everything_about_a_binding_stands_in_the_audit_trail(talk: Talk, person: Named, store: Store) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await introduces(newcomer, await unit_code(secretary))
    await secretary.taps("确认是本人")
    await secretary.taps("撤销确认")
    with store.work() as work:
        actions = list(work._session.execute(select(audit.c.action).order_by(audit.c.id)).scalars())
    assert actions == ["invitation.make", "invitation.make", "join.ask", "account.bind", "join.confirm", "join.undo"]


async def test_whoever_is_asked_to_confirm_can_ask_why(talk: Talk, person: Named) -> None:
    secretary, newcomer = person("secretary"), talk.person("newcomer", None)
    await introduces(newcomer, await unit_code(secretary))
    await secretary.taps("为什么发给我")
    assert "您能确认这个单位的人员" in secretary.toast


async def test_a_member_gets_a_way_in_for_the_browser(person: Named) -> None:
    member = person("member")
    await member.says("/help")
    assert "网页 /page — 领取浏览器入口" in member.text()
    await member.says("/page")
    assert "https://bot.example.org/enter/" in member.text()
    assert "10:10" in member.text()
    guest = person("guest")
    await guest.says("网页")
    assert guest.sees("请先加入")


async def test_the_first_admin_named_in_the_settings_says_hello(talk: Talk) -> None:
    chosen, other = talk.person("chosen", None), talk.person("other", None)
    talk.dispatcher["admin_ids"] = frozenset({chosen.chat_id})
    await other.says("/start")
    assert other.sees("您好，我是表率")
    await chosen.says("/start")
    assert chosen.sees("您现在是管理员")
    await chosen.says("/menu")
    assert "您的身份：管理员（本单位）" in chosen.text()


async def test_where_there_is_an_admin_the_settings_make_no_other(talk: Talk, person: Named) -> None:
    person("admin")
    chosen = talk.person("chosen", None)
    talk.dispatcher["admin_ids"] = frozenset({chosen.chat_id})
    await chosen.says("/start")
    assert chosen.sees("您好，我是表率")
    assert person_behind(talk, chosen).is_guest


async def test_a_stranger_reads_how_to_join_and_the_number_that_the_settings_want(talk: Talk) -> None:
    stranger = talk.person("stranger", None)
    await stranger.says("/start")
    assert f"BOT_ADMINS）：{stranger.chat_id}" in stranger.text()
    assert {"加入", "隐私"} <= set(stranger.buttons())
    stranger.in_group = True
    await stranger.says("/start")
    assert str(stranger.chat_id) not in stranger.text()


async def test_a_link_opened_again_is_no_guess_even_when_it_has_served_everybody(
    talk: Talk, person: Named, by_number: Callable[[str], Actor]
) -> None:
    for number in ("B001", "B005"):
        talk.person(number, by_number(number).person_id)
    secretary, newcomer, late = person("secretary"), talk.person("newcomer", None), talk.person("late", None)
    code = await unit_code(secretary)
    for _ in range(7):
        await newcomer.says(f"/start j_{code}")
        assert "加入综合服务单位之前" in newcomer.text()
    await newcomer.taps("继续")
    await newcomer.says("窗口党员乙")
    await newcomer.says("B004")
    assert "请您确认：窗口党员乙" in secretary.text()
    await late.says(f"/start j_{code}")
    assert "邀请码或链接不对，或已失效" in late.text()
    await newcomer.says(f"/start j_{code}")
    assert "加入综合服务单位之前" in newcomer.text()
