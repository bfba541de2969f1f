"""Study sessions in chat: planned, told, looked at, excused from, moved, called off; and the roll."""

from collections.abc import Callable

import pytest

from bot.services import Services
from domain.files import FileKind
from domain.people import Actor
from domain.studies import Mark
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.talk import Person, Talk

Named = Callable[[str], Person]


async def plan(secretary: Person, typed: str = "5月14日15:00", title: str = "学习条例") -> int:
    """Fill in a session for the secretary's own unit and confirm it; gives back the number of the last update."""
    await secretary.says("/session_new")
    await secretary.taps("学习")
    await secretary.taps("党课")
    await secretary.says(title)
    await secretary.says(typed)
    await secretary.taps("没错")
    await secretary.says("三楼会议室")
    await secretary.taps("选好了")
    await secretary.says("https://example.org/a")
    await secretary.taps("下一步")
    return await secretary.taps("确认并通知")


@pytest.fixture
async def member(person: Named) -> Person:
    """Somebody who has written here before: that is where they are written to."""
    found = person("member")
    await found.says("/report")
    await found.says("/cancel")
    return found


@pytest.fixture
async def secretary(person: Named) -> Person:
    found = person("secretary")
    await found.says("/report")
    await found.says("/cancel")
    return found


async def test_a_secretary_plans_a_session_and_the_members_are_told(member: Person, secretary: Person) -> None:
    await plan(secretary)
    assert secretary.sees("综合服务单位，共5人")
    assert secretary.sees(
        "已安排：\n5月14日（周二）15:00\n学习条例\n5月13日（周一）10:00起通知4人。\n您自己也参加，不再另行通知。"
    )
    assert member.text() == "请您参加\n5月14日（周二）15:00\n学习条例\n党课 · 三楼会议室"
    assert member.buttons() == ["详情和材料", "不能参加", "为什么发给我"]


async def test_a_redelivered_confirmation_plans_nothing_more(
    member: Person, secretary: Person, services: Services, actors: dict[str, Actor]
) -> None:
    number = await plan(secretary)
    await secretary.presses("step:plan:", again=number)
    assert secretary.toast.startswith("已经保存过了")
    assert len(services.studies.upcoming(actors["member"])) == 1


async def test_a_second_press_of_an_old_confirmation_is_stale(
    secretary: Person, services: Services, actors: dict[str, Actor]
) -> None:
    await plan(secretary)
    await secretary.presses("step:plan:")
    assert "过期" in secretary.toast
    assert len(services.studies.upcoming(actors["member"])) == 1


async def test_every_step_can_be_gone_back_and_keeps_what_was_filled_in(secretary: Person) -> None:
    await secretary.says("建会")
    await secretary.taps("学习")
    await secretary.taps("主题党日")
    await secretary.says("学习条例")
    await secretary.taps("明天")
    await secretary.taps("15:00")
    await secretary.taps("没错")
    await secretary.says("三楼会议室")
    for step in ("5/7", "4/7", "3/7", "2/7", "1/7"):
        await secretary.taps("返回")
        expected = {"5/7": "4/7", "4/7": "3/7", "3/7": "2/7", "2/7": "1/7", "1/7": "请您选择要安排什么"}[step]
        assert expected in secretary.text()
    await secretary.taps("取消")
    assert "没有保存任何内容" in secretary.text()


async def test_a_session_on_a_day_off_is_pointed_out_before_it_is_confirmed(secretary: Person) -> None:
    await secretary.says("/session_new")
    await secretary.taps("学习")
    await secretary.taps("党课")
    await secretary.says("学习条例")
    await secretary.says("2030-05-18 15:00")
    await secretary.taps("没错")
    await secretary.says("三楼")
    await secretary.taps("选好了")
    await secretary.taps("没有材料")
    assert "这一天不是工作日" in secretary.text()
    assert "2030年5月18日（周六）15:00" in secretary.text()


async def test_empty_words_too_long_ones_and_no_unit_are_refused_in_place(secretary: Person) -> None:
    await secretary.says("/session_new")
    await secretary.taps("学习")
    await secretary.taps("党课")
    await secretary.says("长" * 121)
    assert "最多120字" in secretary.text()
    await secretary.says("学习条例")
    await secretary.says("2030-02-30")
    assert "没有这个日期" in secretary.text()
    await secretary.says("5月14日15:00")
    await secretary.taps("没错")
    await secretary.says("三楼")
    await secretary.taps("✓ 综合服务单位")
    assert "选好了" not in secretary.buttons()
    await secretary.presses("step:units-done:")
    assert "请至少选一个" in secretary.toast


async def test_units_are_found_by_part_of_their_name_and_counted_exactly(person: Named) -> None:
    admin = person("admin")
    await admin.says("/session_new")
    await admin.taps("学习")
    await admin.taps("党课")
    await admin.says("学习条例")
    await admin.says("5月14日15:00")
    await admin.taps("没错")
    await admin.says("三楼")
    assert "还没有选单位" in admin.text()
    await admin.says("支部")
    assert admin.buttons()[:2] == ["第一支部", "第二支部"]
    await admin.taps("第一支部")
    await admin.taps("第二支部")
    assert "已选：第一支部、第二支部，共7人" in admin.text()


async def test_who_plans_for_nobody_is_told_so(person: Named, member: Person) -> None:
    await member.says("/session_new")
    assert "只有支部书记和管理员可以安排" in member.text()
    guest = person("guest")
    await guest.says("/session_new")
    assert guest.sees("请先加入")


async def test_a_member_looks_at_what_comes_and_gets_the_material(member: Person, secretary: Person) -> None:
    await plan(secretary)
    await member.says("/study")
    assert "今天和接下来有1次：\n学习条例：5月14日（周二）15:00，三楼会议室" in member.text()
    await member.taps("学习条例")
    assert "材料：https://example.org/a" in member.text()
    assert "参加：综合服务单位" in member.text()
    await member.taps("‹ 返回列表")
    assert "今天和接下来有1次" in member.text()


async def test_a_session_that_goes_on_is_still_listed_until_its_roll_was_called(
    member: Person, secretary: Person, talk: Talk
) -> None:
    await plan(secretary)
    talk.clock.set_local("2030-05-14 15:10")
    for reader in (member, secretary):
        await reader.says("/study")
        assert "今天和接下来有1次" in reader.text()


async def test_rolls_over_the_same_unit_are_told_apart_by_their_sessions(secretary: Person, talk: Talk) -> None:
    await plan(secretary)
    await plan(secretary, "5月14日15:05", "讨论条例")
    talk.clock.set_local("2030-05-14 15:10")
    await secretary.says("/roll")
    assert secretary.buttons() == ["点名：综合服务单位 · 讨论条例", "点名：综合服务单位 · 学习条例"]


async def test_material_files_come_as_documents_with_plain_names(
    talk: Talk, member: Person, secretary: Person, services: Services
) -> None:
    await secretary.says("/session_new")
    await secretary.taps("学习")
    await secretary.taps("党课")
    await secretary.says("学习条例")
    await secretary.says("5月14日15:00")
    await secretary.taps("没错")
    await secretary.says("三楼")
    await secretary.taps("选好了")
    document = {"file_id": "remote-1", "file_unique_id": "u", "file_size": 9, "file_name": "张三的名单.pdf"}
    await secretary.sends({"document": document})
    assert "附件：1个" in secretary.text()
    await secretary.taps("下一步")
    await secretary.taps("确认并通知")
    await member.taps("详情和材料")
    await member.taps("查看材料（1个文件）")
    assert "还有1个文件正在接收" in member.text()
    [waiting] = services.files.waiting(5)
    services.files.fetched(waiting.id, services.files.prepare(FileKind.DOCUMENT, b"%PDF-1.7 x"))
    await member.taps("查看材料（1个文件）")
    sent = talk.session.calls[-1] if talk.session.calls[-1].files else talk.session.calls[-2]
    assert sent.files["document"].name == "材料1.pdf"
    assert sent.payload["caption"] == "学习条例：材料1/1"


async def test_cannot_come_with_a_reason_and_after_all_can(member: Person, secretary: Person) -> None:
    await plan(secretary)
    await member.taps("不能参加")
    await member.says("出差")
    assert member.text().startswith("您已说明不能参加")
    await member.taps("改为能参加")
    assert member.text().startswith("请您参加")


async def test_cannot_come_without_a_reason_and_the_wish_not_to_say_so(member: Person, secretary: Person) -> None:
    await plan(secretary)
    await member.taps("不能参加")
    await member.taps("返回")
    assert member.text().startswith("请您参加")
    await member.taps("不能参加")
    await member.taps("不写原因")
    assert member.text().startswith("您已说明不能参加")


async def test_a_redelivered_reason_shows_that_it_is_saved(
    member: Person, secretary: Person, store: Store, services: Services, actors: dict[str, Actor]
) -> None:
    await plan(secretary)
    await member.taps("不能参加")
    number = await member.says("出差")
    await member.says("出差", again=number)
    assert member.sees("已经保存过了")
    assert services.studies.upcoming(actors["member"])[0].on_leave


async def test_an_open_draft_is_not_lost_by_a_button_that_begins_something(member: Person, secretary: Person) -> None:
    await plan(secretary)
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("不能参加")
    assert "您还没有完成" in member.text()
    await member.taps("继续填写")
    assert "涉及哪个" in member.text()


async def test_a_planner_moves_a_session_and_everybody_who_had_heard_is_told(member: Person, secretary: Person) -> None:
    await plan(secretary)
    await secretary.taps("详情和材料")
    await secretary.taps("更多")
    await secretary.taps("改时间")
    await secretary.says("5月15日9:00")
    await secretary.taps("没错")
    assert "时间已改为：\n5月15日（周三）09:00" in secretary.text()
    assert member.text().startswith("请您留意：时间改了\n5月15日（周三）09:00，原定5月14日（周二）15:00")


async def test_a_planner_calls_a_session_off_after_one_more_question(member: Person, secretary: Person) -> None:
    await plan(secretary)
    await secretary.taps("详情和材料")
    await secretary.taps("更多")
    await secretary.taps("取消这次")
    await secretary.taps("确认取消并通知")
    assert secretary.sees("已取消，原定：")
    assert member.text().startswith("请您留意：取消了")
    await member.taps("不能参加")
    assert "已经取消" in member.toast


async def test_two_changes_on_one_card_end_with_the_first(
    secretary: Person, talk: Talk, actors: dict[str, Actor]
) -> None:
    other = talk.person("the same secretary elsewhere", actors["secretary"].person_id)
    await plan(secretary)
    await secretary.taps("详情和材料")
    await secretary.taps("更多")
    await secretary.taps("取消这次")
    await other.presses("ss:cancel-yes:1:1")
    await secretary.taps("确认取消并通知")
    assert "处理过这一条" in secretary.toast


async def test_what_is_for_others_reads_as_what_does_not_exist(person: Named, secretary: Person) -> None:
    await plan(secretary)
    for name in ("guest", "supervisor", "point-officer"):
        other = person(name)
        said = []
        for data in ("ss:card:1:0", "ss:card:99:0", "ss:material:1:0", "ss:cannot-come:1:0", "rl:open:1:2:0::0"):
            await other.presses(data)
            said.append(other.toast)
        assert set(said) == {"没有找到，可能编号有误，或者您无权查看。"}


async def test_an_hour_before_who_comes_is_reminded(talk: Talk, member: Person, secretary: Person) -> None:
    await plan(secretary)
    talk.clock.set_local("2030-05-14 14:00")
    talk.services.studies.record_hour_before()
    await talk.deliver()
    assert member.text().startswith("请您准时参加，快开始了\n5月14日（周二）15:00")


async def test_the_digest_says_when_and_does_not_call_it_a_deadline(
    talk: Talk, member: Person, secretary: Person
) -> None:
    await plan(secretary, "5月15日15:00")
    talk.clock.set_local("2030-05-14 08:30")
    talk.services.digests.record()
    await talk.deliver()
    assert member.sees("参加：学习条例，5月15日（周三）15:00")


async def test_the_roll_opens_with_all_present_and_two_taps_make_the_exceptions(
    member: Person, secretary: Person, talk: Talk, services: Services, actors: dict[str, Actor]
) -> None:
    await plan(secretary)
    talk.clock.set_local("2030-05-14 15:00")
    await secretary.says("/roll")
    assert "1个待点" in secretary.text()
    await secretary.taps("点名：综合服务单位")
    assert "应到5，出席5，缺席0，请假0" in secretary.text()
    await secretary.taps("窗口党员甲")
    await secretary.taps("窗口党员乙")
    await secretary.taps("✗ 窗口党员乙")
    assert "应到5，出席3，缺席1，请假1" in secretary.text()
    await secretary.taps("确认点名")
    assert secretary.text().startswith("已由一支部书记点名，5月14日（周二）15:00")
    assert "第一支部：应到4，出席2，缺席1，请假1" in secretary.text()
    await member.says("/study")
    assert "近期没有安排" in member.text()
    await member.taps("往期")
    assert "学习条例：5月14日（周二）15:00，缺席" in member.text()
    assert services.studies.card(actors["member"], 1).mark is Mark.ABSENT


async def test_a_confirmed_roll_is_set_right_by_its_caller(
    secretary: Person, talk: Talk, services: Services, actors: dict[str, Actor]
) -> None:
    await plan(secretary)
    talk.clock.set_local("2030-05-14 15:00")
    await secretary.says("/roll")
    await secretary.taps("点名")
    await secretary.taps("确认点名")
    await secretary.taps("更正")
    await secretary.taps("窗口党员甲")
    assert "✗ 窗口党员甲" in secretary.buttons()
    assert services.studies.card(actors["member"], 1).mark is Mark.ABSENT
    await secretary.taps("更正完了")
    assert "第一支部：应到4，出席3，缺席1，请假0" in secretary.text()


async def test_the_same_roll_on_two_devices_is_confirmed_on_one_and_the_other_reads_by_whom(
    secretary: Person, talk: Talk, actors: dict[str, Actor]
) -> None:
    other = talk.person("the same secretary elsewhere", actors["secretary"].person_id)
    await plan(secretary)
    talk.clock.set_local("2030-05-14 15:00")
    for device in (secretary, other):
        await device.says("/roll")
        await device.taps("点名")
    await other.taps("窗口党员甲")
    await secretary.taps("确认点名")
    await other.taps("确认点名")
    assert other.text().startswith("已由一支部书记点名")
    assert "出席4，缺席0" in other.text()


async def test_the_same_press_on_a_name_twice_makes_its_mark_once(secretary: Person, talk: Talk) -> None:
    await plan(secretary)
    talk.clock.set_local("2030-05-14 15:00")
    await secretary.says("/roll")
    await secretary.taps("点名")
    [button] = [
        one
        for message in secretary.messages()[-1:]
        for row in message["reply_markup"]["inline_keyboard"]
        for one in row
        if one["text"] == "窗口党员甲"
    ]
    for _ in range(2):
        await secretary.presses(button["callback_data"], secretary.messages()[-1])
    assert "出席4，缺席1" in secretary.text()


async def test_nobody_waits_for_a_roll_says_what_comes_next(secretary: Person, member: Person) -> None:
    await secretary.says("/roll")
    assert "没有等您点名的" in secretary.text()
    assert "建会" in secretary.buttons()
    await member.says("/study")
    assert "近期没有安排" in member.text()


async def test_the_menu_counts_the_rolls_that_wait(secretary: Person, talk: Talk) -> None:
    await plan(secretary)
    await secretary.says("/menu")
    assert "点名（1）" not in secretary.buttons()
    talk.clock.set_local("2030-05-14 15:00")
    await secretary.says("/menu")
    assert "点名（1）" in secretary.buttons()


async def test_past_sessions_are_listed_with_the_own_mark_alone(
    member: Person, secretary: Person, talk: Talk, clock: FixedClock
) -> None:
    await plan(secretary)
    clock.set_local("2030-05-14 15:00")
    await secretary.says("/roll")
    await secretary.taps("点名")
    await secretary.taps("窗口党员乙")
    await secretary.taps("确认点名")
    clock.set_local("2030-05-15 09:00")
    await member.says("/study")
    await member.taps("往期")
    assert member.text() == "半年内参加的：\n学习条例：5月14日（周二）15:00，出席"


async def test_the_whole_story_in_english(member: Person, secretary: Person, talk: Talk) -> None:
    for one in (member, secretary):
        await one.says("/language")
        await one.taps("English")
    await secretary.says("new session")
    await secretary.taps("study session")
    await secretary.taps("party class")
    await secretary.says("The new rules")
    await secretary.says("14 May 3pm")
    await secretary.taps("That is right")
    await secretary.says("Room 3")
    await secretary.taps("Done")
    await secretary.taps("No material")
    assert "5 people" in secretary.text()
    await secretary.taps("Confirm and tell them")
    assert member.text() == "Please come\nTue 14 May 15:00\nThe new rules\nparty class · Room 3"
    await member.taps("I cannot come")
    await member.taps("No reason")
    talk.clock.set_local("2030-05-14 15:00")
    await secretary.says("/roll")
    await secretary.taps("Roll: ")
    assert "Expected 5, present 4, absent 0, on leave 1" in secretary.text()
    await secretary.taps("Confirm the roll")
    assert secretary.text().startswith("Roll called by")
