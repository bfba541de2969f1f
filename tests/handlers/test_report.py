"""Reporting a problem in chat, from the command to the number, and the first decision on it."""

from collections.abc import Callable

import pytest

from domain.people import Actor, Role, RoleKind
from domain.people import Person as OnRoster
from domain.problems import State
from handlers.drafts import BEGINNING
from storage.unit_of_work import Store
from tests.talk import Person, Talk

Named = Callable[[str], Person]


async def report(member: Person, text: str = "窗口叫号屏总是乱序") -> int:
    """Fill in a report up to its confirmation and send it; gives back the number of the last update."""
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("我的单位")
    await member.taps("服务效能")
    await member.says(text)
    return await member.taps("提交")


async def test_a_member_reports_in_five_taps_and_one_message(person: Named) -> None:
    member = person("member")
    await report(member)
    assert member.sees("已收到，编号 WT-2030-000001")


async def test_the_plain_word_begins_a_report_and_inside_the_text_step_it_is_text(person: Named) -> None:
    member = person("member")
    await member.says("报问题")
    await member.taps("内设机构")
    await member.taps("不确定")
    await member.taps("其他")
    await member.says("菜单")
    assert member.sees("内容：菜单")


async def test_the_same_update_again_files_nothing_and_says_so(person: Named, store: Store) -> None:
    member = person("member")
    number = await report(member)
    await member.presses("step:send:", again=number)
    with store.work() as work:
        assert len(work.problems.in_states(State)) == 1
    assert member.toast.startswith("已经保存过了")


async def test_a_supervisor_accepts_and_the_reporter_is_told(person: Named) -> None:
    member, supervisor = person("member"), person("supervisor")
    await report(member)
    await supervisor.says("/triage")
    assert supervisor.sees("窗口叫号屏总是乱序")
    await supervisor.taps("受理")
    assert member.sees("WT-2030-000001 已受理")


async def test_a_guest_is_told_how_to_join(person: Named) -> None:
    guest = person("guest")
    await guest.says("/report")
    assert guest.sees("请先加入")


def photo(name: str, group: str = "") -> dict[str, object]:
    """A photo as a messenger announces it."""
    sizes = [{"file_id": f"{name}-{side}", "file_unique_id": name, "width": side, "height": side} for side in (90, 800)]
    return {"photo": sizes, **({"media_group_id": group} if group else {})}


async def up_to_the_text(member: Person) -> None:
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("我的单位")
    await member.taps("服务效能")


async def test_another_unit_is_chosen_from_the_list(person: Named, store: Store) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("领导班子")
    await member.taps("其他单位")
    assert "2/4" in member.text()
    await member.taps("信息技术单位")
    await member.taps("形式主义")
    await member.says("同一张表两周内要了三次")
    await member.taps("提交")
    with store.work() as work:
        [problem] = work.problems.in_states(State)
        concerned = work.people.unit(problem.concerned_unit_id or 0)
    assert concerned is not None
    assert concerned.name == "信息技术单位"


async def test_a_shortcoming_of_ones_own_has_three_steps_and_says_who_sees_it(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("个人（自查）")
    assert "2/3" in member.text()
    await member.taps("理论学习")
    await member.says("学习不够主动")
    assert "您本人、支部书记和复核人" in member.text()


async def test_a_picture_alone_is_a_report(person: Named, store: Store) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.sends(photo("p1"))
    assert "附件：1个" in member.text()
    await member.taps("提交")
    with store.work() as work:
        [problem] = work.problems.in_states(State)
        [(_, kept)] = work.problems.attachments(problem.id)
    assert kept.remote_id == "p1-800"


async def test_the_pieces_of_an_album_join_one_draft_and_get_one_answer(person: Named, store: Store) -> None:
    member = person("member")
    await up_to_the_text(member)
    for name in ("a", "b", "c"):
        await member.sends(photo(name, group="g1"))
    member.talk.clock.advance(seconds=2)
    await member.talk.deliver()
    assert sum("照片已收到" in message["text"] for message in member.messages()) == 1
    await member.taps("核对")
    assert "附件：3个" in member.text()
    await member.taps("提交")
    with store.work() as work:
        [problem] = work.problems.in_states(State)
        assert len(work.problems.attachments(problem.id)) == 3


async def test_the_same_text_sent_twice_by_the_messenger_does_not_fill_two_steps(person: Named) -> None:
    member = person("member")
    await up_to_the_text(member)
    number = await member.says("叫号屏乱序")
    await member.says("叫号屏乱序", again=number)
    assert member.sees("已经保存过了")
    await member.taps("提交")
    assert member.sees("WT-2030-000001")
    assert not member.sees("WT-2030-000002")


async def test_back_goes_one_step_back_and_keeps_what_was_filled_in(person: Named) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.taps("返回")
    assert "3/4" in member.text()
    await member.taps("工作作风")
    await member.says("文字")
    await member.taps("返回")
    await member.says("新的文字")
    assert "新的文字" in member.text()


async def test_cancel_saves_nothing(person: Named, store: Store) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.taps("取消")
    assert member.sees("没有保存任何内容")
    await member.presses("step:send:")
    with store.work() as work:
        assert work.problems.in_states(State) == []


async def test_a_command_in_the_middle_is_asked_about(person: Named) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.says("/report")
    assert member.sees("您还没有完成：报问题。要继续填写，还是放弃它？")
    await member.taps("继续填写")
    assert "4/4" in member.text()
    await member.says("/report")
    await member.taps("放弃")
    assert "1/4" in member.text()


@pytest.mark.parametrize("command", sorted(BEGINNING))
@pytest.mark.parametrize("name", ["member", "secretary", "point-officer", "supervisor", "admin"])
async def test_nobody_is_asked_to_give_a_draft_up_for_what_they_may_not_do(
    person: Named, command: str, name: str
) -> None:
    reader = person(name)
    await reader.says(f"/{command}")
    without = reader.text()
    await reader.says("/report")
    await reader.taps("内设机构")
    await reader.says(f"/{command}")
    assert reader.text() in (without, "您还没有完成：报问题。要继续填写，还是放弃它？")
    if reader.text() == without:
        await reader.says("/report")
        await reader.taps("继续填写")
        assert "2/4" in reader.text()
    else:
        await reader.taps("放弃")
        assert reader.text() == without


async def test_what_is_typed_after_looking_elsewhere_falls_into_no_draft_unasked(person: Named) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.says("/menu")
    await member.says("好的收到")
    assert member.text() == "您还没有完成：报问题。刚发的这条没有放进去。要继续填写，还是放弃它？"
    await member.taps("继续填写")
    assert "4/4" in member.text()
    await member.says("叫号屏乱序")
    assert "内容：叫号屏乱序" in member.text()
    await member.says("菜单")
    await member.taps("提交")
    assert not member.sees("已收到")
    await member.taps("提交")
    assert member.sees("已收到，编号 WT-2030-000001")


async def test_looking_elsewhere_before_anything_was_filled_in_ends_it_without_a_question(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.says("/menu")
    await member.says("叫号屏乱序")
    assert member.sees("要把这条内容作为问题反映吗")


async def test_words_where_one_taps_show_the_step_again(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.says("内设机构吧")
    assert member.text().startswith("请您点下面的按钮选择：\n1/4 请您选择")
    assert "内设机构" in member.buttons()


async def test_a_second_message_comes_below_the_first_and_asked_anew_takes_its_place(person: Named) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.says("走廊的灯坏了")
    await member.says("楼梯口的也坏了")
    assert "内容：走廊的灯坏了\n楼梯口的也坏了" in member.text()
    await member.taps("返回")
    assert "保持不变" in member.buttons()
    await member.taps("保持不变")
    assert "楼梯口的也坏了" in member.text()
    await member.taps("返回")
    await member.says("三楼走廊的灯坏了")
    assert "内容：三楼走廊的灯坏了\n" in member.text()


async def test_what_was_chosen_is_read_back_with_the_words(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("其他单位")
    await member.says("窗口处")
    await member.taps("接待窗口处")
    await member.taps("服务效能")
    await member.says("叫号屏乱序")
    assert "内设机构 · 接待窗口处 · 服务效能" in member.text()


async def test_a_unit_that_is_not_there_is_said_and_the_step_stays(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("其他单位")
    await member.says("火星处")
    assert "没有找到名称里有这几个字的单位" in member.toast + member.text()
    await member.says("窗口处")
    assert "接待窗口处" in member.buttons()


async def test_a_units_name_is_understood_before_another_unit_is_asked_for(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("内设机构")
    await member.says("火星处")
    assert "我的单位" in member.buttons()
    await member.says("信息技术")
    await member.taps("信息技术单位")
    assert "3/4" in member.text()
    await member.taps("返回")
    assert "信息技术单位" in member.buttons()


async def test_a_report_that_nobody_may_dispatch_is_refused_before_it_is_written(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("其他单位")
    await member.taps("示例机关工委")
    assert "目前没有人能受理分办" in member.toast
    await member.says("窗口处")
    await member.taps("接待窗口处")
    assert "请您选择类别" in member.text()


async def test_a_shortcoming_nobody_else_could_read_is_refused_before_it_is_written(person: Named) -> None:
    secretary = person("secretary")
    await secretary.says("/report")
    await secretary.taps("个人")
    assert "没有别的支部书记可以接收" in secretary.toast


async def test_words_outside_any_dialogue_are_kept_while_the_question_stands(person: Named, store: Store) -> None:
    member = person("member")
    await member.says("会议室投影坏了三周")
    assert member.sees("要把这条内容作为问题反映吗")
    await member.taps("反映问题")
    await member.taps("内设机构")
    await member.taps("我的单位")
    await member.taps("机关事务")
    assert "会议室投影坏了三周" in member.text()
    await member.taps("提交")
    with store.work() as work:
        [problem] = work.problems.in_states(State)
    assert problem.text == "会议室投影坏了三周"


async def test_an_edited_message_changes_the_open_draft_and_nothing_that_was_filed(person: Named, store: Store) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.sends({"text": "错字", "message_id": 77})
    await member.edits(77, "对字")
    assert "对字" in member.text()
    await member.taps("提交")
    await member.edits(77, "再改")
    with store.work() as work:
        [problem] = work.problems.in_states(State)
    assert problem.text == "对字"


async def test_a_report_can_be_corrected_and_withdrawn_until_it_is_accepted(person: Named, store: Store) -> None:
    member, supervisor = person("member"), person("supervisor")
    await report(member)
    await member.presses("pb:correct:1:1")
    await member.says("叫号屏和广播都乱序")
    assert member.sees("已更正")
    await member.presses("pb:withdraw:1:2")
    await member.taps("撤回")
    assert member.sees("WT-2030-000001 已撤回")
    await supervisor.presses("pb:accept:1:3")
    with store.work() as work:
        [problem] = work.problems.in_states(State)
    assert (problem.state, problem.text) == (State.WITHDRAWN, "叫号屏和广播都乱序")


async def test_nobody_corrects_anothers_report(person: Named) -> None:
    member, supervisor = person("member"), person("supervisor")
    await report(member)
    await supervisor.presses("pb:correct:1:1")
    seen = supervisor.toast
    await supervisor.presses("pb:correct:999:1")
    assert supervisor.toast == seen
    assert seen.startswith("没有找到")


async def test_a_forged_choice_is_refused(person: Named) -> None:
    member = person("member")
    await member.says("/report")
    await member.presses("step:level:boss")
    assert member.toast == "请点选卡片上的选项。"


async def test_too_long_a_text_is_refused_before_anything_is_saved(person: Named, store: Store) -> None:
    member = person("member")
    await up_to_the_text(member)
    await member.says("字" * 2001)
    assert "最多2000字，您写了2001字" in member.toast + member.text()
    with store.work() as work:
        assert work.problems.in_states(State) == []


async def test_a_point_officer_enters_several_opinions_in_a_row_and_sees_their_state(person: Named) -> None:
    officer = person("point-officer")
    for text in ("办事指南看不懂", "电话总占线"):
        await officer.says("/opinion")
        await officer.taps("综合服务单位")
        await officer.taps("走访")
        await officer.taps("服务效能")
        await officer.says(text)
        await officer.taps("提交")
    await officer.says("/points")
    assert "意见建议进展（2条）" in officer.text()
    await officer.taps("办事指南看不懂")
    assert "WT-2030-000001 · 待受理" in officer.text()
    assert "撤回" in officer.buttons()
    await officer.taps("‹ 返回列表")
    assert "意见建议进展（2条）" in officer.text()


async def test_a_colleague_at_the_point_reads_an_opinion_and_changes_nothing_and_others_find_nothing(
    person: Named, by_number: Callable[[str], Actor], talk: Talk, store: Store
) -> None:
    officer = person("point-officer")
    await officer.says("/opinion")
    for button in ("综合服务单位", "走访", "服务效能"):
        await officer.taps(button)
    await officer.says("办事指南看不懂")
    await officer.taps("提交")
    point, member = by_number("P001"), person("member")
    with store.work() as work:
        colleague_id = work.people.add_person(OnRoster("联络员乙", "P099", point.unit_id or 0)).id
        work.people.grant(Role(colleague_id, point.unit_id or 0, RoleKind.POINT_OFFICER))
        other = work.people.unit_by_code("city-02")
        assert other is not None
        stranger_id = work.people.add_person(OnRoster("联络员丙", "P098", other.id)).id
        work.people.grant(Role(stranger_id, other.id, RoleKind.POINT_OFFICER))
    colleague = talk.person("colleague", colleague_id)
    await colleague.says("/points")
    await colleague.taps("办事指南看不懂")
    assert "WT-2030-000001" in colleague.text()
    assert colleague.buttons() == ["‹ 返回列表"]
    await report(officer, "不是意见")
    await colleague.presses("pt:card:2:0")
    assert colleague.toast.startswith("没有找到")
    stranger = talk.person("stranger", stranger_id)
    await stranger.presses("pt:card:1:0")
    assert stranger.toast == colleague.toast
    await member.presses("pt:card:1:0")
    assert "由监督点联络员办理" in member.toast


async def test_an_opinion_that_was_left_half_way_is_called_an_opinion(person: Named) -> None:
    officer = person("point-officer")
    await officer.says("/opinion")
    await officer.taps("综合服务单位")
    await officer.says("/report")
    assert officer.text() == "您还没有完成：录意见。要继续填写，还是放弃它？"


async def test_only_a_point_officer_enters_opinions(person: Named) -> None:
    member = person("member")
    await member.says("/opinion")
    assert member.sees("由监督点联络员办理")


async def test_the_whole_report_in_english(person: Named) -> None:
    member = person("member")
    await member.says("/language")
    await member.taps("English")
    await member.says("report")
    await member.taps("Internal department")
    await member.taps("My unit")
    await member.taps("Service")
    await member.says("The queue display is out of order")
    await member.taps("Send")
    assert member.sees("Received, number WT-2030-000001")


async def test_whoever_is_a_point_officer_no_more_hands_in_no_opinion_begun_before(
    person: Named, actors: dict[str, Actor], store: Store
) -> None:
    officer = person("point-officer")
    await officer.says("/opinion")
    await officer.taps("综合服务单位")
    await officer.taps("走访")
    await officer.taps("服务效能")
    await officer.says("办事指南看不懂")
    with store.work() as work:
        for role in work.people.roles_of(actors["point-officer"].person_id or 0):
            work.people.revoke(role)
    await officer.taps("提交")
    assert officer.sees("由监督点联络员办理")
    with store.work() as work:
        assert work.problems.in_states(State) == []
