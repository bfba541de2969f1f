"""A problem after it was reported: triage, assigning, the unit's work, verifying; as people meet it in chat."""

from collections.abc import Callable

import pytest

from bot.services import Services
from domain.files import FileKind
from domain.people import Actor
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.handlers.conftest import Cast
from tests.talk import Person, Talk

TEXT = "窗口叫号屏总是乱序"


async def report(member: Person, text: str = TEXT) -> str:
    """File a report about somebody else's unit than the supervisors'; gives back its number."""
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("我的单位")
    await member.taps("服务效能")
    await member.says(text)
    await member.taps("提交")
    return member.number()


async def assign(supervisor: Person, until: str = "") -> None:
    """From the card of an accepted problem to its assignment (or only ``until`` a step): the first organ, its head,
    the other organ's head, five working days."""
    await supervisor.taps("交办")
    await supervisor.taps("综合服务单位")
    if "就选综合服务单位" in supervisor.buttons():
        await supervisor.taps("就选综合服务单位")
    await supervisor.says("负责人")
    await supervisor.taps("综合单位负责人")
    if until == "verifier":
        return
    await supervisor.says("技术单位")
    await supervisor.taps("技术单位负责人")
    if until == "deadline":
        return
    await supervisor.taps("5个工作日")
    if until != "confirm":
        await supervisor.taps("交办")


async def accepted(cast: Cast) -> str:
    number = await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    return number


async def in_progress(cast: Cast) -> str:
    """Up to one measure that was planned."""
    number = await accepted(cast)
    await assign(cast.supervisor)
    await cast.secretary.says("/inbox")
    await cast.secretary.taps("签收")
    await cast.owner.taps("查看")
    await cast.owner.taps("整改措施")
    await cast.owner.taps("加整改措施")
    await cast.owner.says("更换叫号屏的程序")
    await cast.owner.taps("写完了")
    return number


async def verifying(cast: Cast) -> str:
    number = await in_progress(cast)
    await cast.owner.taps("更换叫号屏的程序")
    await cast.owner.taps("附佐证")
    await cast.owner.says("已经换好，连续三天没有乱序")
    await cast.owner.taps("发完了")
    await cast.owner.taps("完成")
    await cast.owner.taps("申请销号")
    return number


async def test_a_problem_goes_from_the_report_to_its_closing_by_a_second_person(cast: Cast) -> None:
    number = await verifying(cast)
    assert "请您复核" in cast.verifier.text()
    await cast.verifier.says("/verify")
    await cast.verifier.taps("销号")
    await cast.verifier.taps("确认销号")
    assert cast.verifier.sees("没有等您复核的问题")
    assert cast.member.sees(f"{number} 已销号，谢谢您的反映")
    assert cast.owner.sees("已销号，感谢您的办理")


# Triage


async def test_the_queue_shows_the_oldest_and_the_next_after_each_decision(cast: Cast) -> None:
    await report(cast.member, "第一件")
    await report(cast.member, "第二件")
    await cast.supervisor.says("/triage")
    assert "第一件" in cast.supervisor.text()
    await cast.supervisor.taps("下一件")
    assert "第二件" in cast.supervisor.text()
    await cast.supervisor.taps("下一件")
    assert "第一件" in cast.supervisor.text()
    await cast.supervisor.taps("不予受理")
    await cast.supervisor.says("不属于本次范围")
    assert "已办：WT-2030-000001 不予受理" in cast.supervisor.text()
    assert "第二件" in cast.supervisor.text()
    assert cast.member.sees("您反映的 WT-2030-000001 不予受理。\n说明：不属于本次范围")


async def test_more_is_asked_for_and_supplied_with_words_and_photos(cast: Cast, services: Services) -> None:
    number = await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("请反映人补充")
    await cast.supervisor.says("是哪个窗口？")
    assert cast.member.sees("请您补充情况")
    await cast.member.taps("补充")
    assert "需要补充：是哪个窗口？" in cast.member.text()
    await cast.member.says("三号窗口")
    photo = {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9}
    for _ in range(2):
        await cast.member.sends({"photo": [photo], "media_group_id": "7"})
    await cast.member.says("二号窗口也是")
    assert "文字：三号窗口 / 二号窗口也是\n附件：2个" in cast.member.text()
    await cast.member.taps("提交补充")
    await cast.supervisor.says("/triage")
    assert number in cast.supervisor.text()
    assert f"{TEXT}\n三号窗口" in cast.supervisor.text()
    card = services.problems.card(await cast.actor(cast.supervisor), 1)
    assert card.files == 2


async def test_a_struck_text_is_gone_for_everybody_and_the_reporter_reads_why(cast: Cast) -> None:
    number = await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("清除内容")
    assert "清除后不能恢复" in cast.supervisor.text()
    await cast.supervisor.says("含不宜内容")
    assert "清除后不能恢复" in cast.supervisor.text()
    assert not cast.member.sees("说明：含不宜内容")
    await cast.supervisor.taps("确认清除")
    await cast.supervisor.says(f"/problem {number}")
    assert "（内容已清除）" in cast.supervisor.text()
    assert TEXT not in cast.supervisor.text()
    assert cast.member.sees("说明：含不宜内容")


async def test_the_second_supervisor_reads_who_was_first_over_the_card_as_it_is_now(cast: Cast) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.other_supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    await cast.other_supervisor.taps("受理")
    assert cast.other_supervisor.text().startswith("督导甲已在5月13日（周一）10:00处理过这一条")
    assert "已受理" in cast.other_supervisor.text()
    assert "交办" in cast.other_supervisor.buttons()


@pytest.mark.parametrize("pressed", ["不予受理", "请反映人补充", "清除内容"])
async def test_a_reason_is_not_even_asked_for_on_a_card_that_somebody_moved(cast: Cast, pressed: str) -> None:
    await report(cast.member)
    await cast.other_supervisor.says("/triage")
    if pressed == "清除内容":
        await cast.other_supervisor.taps("更多")
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    await cast.other_supervisor.taps(pressed)
    assert cast.other_supervisor.text().startswith("督导甲已在")


async def test_a_card_that_was_moved_while_the_reason_was_typed_is_left_alone(cast: Cast) -> None:
    await report(cast.member)
    await cast.other_supervisor.says("/triage")
    await cast.other_supervisor.taps("不予受理")
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    await cast.other_supervisor.says("晚了一步")
    assert cast.other_supervisor.text().startswith("督导甲已在")
    assert not cast.member.sees("晚了一步")
    await cast.other_supervisor.says("/cancel")
    assert "当前没有进行中的操作" in cast.other_supervisor.text()


async def test_the_queue_goes_on_behind_what_was_decided_and_not_from_the_start(cast: Cast) -> None:
    for words in ("第一件", "第二件", "第三件"):
        await report(cast.member, words)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("下一件")
    await cast.supervisor.taps("不予受理")
    await cast.supervisor.says("不属于本次范围")
    assert "已办：WT-2030-000002 不予受理" in cast.supervisor.text()
    assert "第三件" in cast.supervisor.text()


async def test_a_button_of_a_step_that_was_left_leads_back_in_words_and_does_nothing_else(cast: Cast) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("清除内容")
    await cast.supervisor.says("写了别人的违纪")
    await cast.supervisor.says("/due")
    await cast.supervisor.taps("确认清除")
    assert cast.supervisor.text().startswith("您离开过这一步，已为您重新打开。请您在这里继续：")
    assert not cast.member.sees("已清除")
    await cast.supervisor.taps("确认清除")
    assert "已办：WT-2030-000001 清除内容" in cast.supervisor.text()


async def test_what_the_reporter_took_back_names_the_reporter_to_nobody(cast: Cast) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.member.taps("查看")
    await cast.member.taps("撤回")
    await cast.member.taps("撤回")
    await cast.supervisor.taps("受理")
    assert cast.supervisor.text().startswith("反映人已在")
    assert not cast.supervisor.sees("窗口党员甲")


async def test_an_empty_reason_and_one_too_long_are_asked_for_again(cast: Cast) -> None:
    number = await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("不予受理")
    await cast.supervisor.says("   ")
    assert "请写一句理由" in cast.supervisor.text()
    await cast.supervisor.says("长" * 501)
    assert "最多500字" in cast.supervisor.text()
    await cast.supervisor.says("不属于本次范围")
    assert cast.member.sees(f"您反映的 {number} 不予受理")


async def test_the_reporters_name_is_said_over_the_button_and_stands_in_no_message(cast: Cast) -> None:
    await accepted(cast)
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("查看反映人")
    assert cast.supervisor.toast == "WT-2030-000001 的反映人：窗口党员甲。本次查看已记录。"
    assert not any("窗口党员甲" in str(message.get("text")) for message in cast.supervisor.messages())


async def test_the_same_press_sent_again_says_it_is_saved(cast: Cast, store: Store) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    update = await cast.supervisor.taps("受理")
    await cast.supervisor.presses("pb:accept:1:1", again=update)
    assert cast.supervisor.toast.startswith("已经保存过了")
    with store.work() as work:
        assert [event.action for event in work.problems.timeline(1)] == ["report", "accept"]


async def test_who_is_no_supervisor_reads_whose_triage_is_and_finds_nothing_behind_anothers_button(cast: Cast) -> None:
    await report(cast.member)
    for person in (cast.bystander, cast.admin, cast.owner):
        await person.says("/triage")
        assert "受理分办由督导办理" in person.text()
        await person.presses("pb:accept:1:1")
        assert person.toast == "没有找到，可能编号有误，或者您无权查看。"
        await person.presses("pb:accept:99:1")
        assert person.toast == "没有找到，可能编号有误，或者您无权查看。"


async def test_a_decision_is_not_begun_in_the_middle_of_a_report(cast: Cast) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.says("/report")
    await cast.supervisor.taps("内设机构")
    await cast.supervisor.presses("pb:decline:1:1")
    assert "您还没有完成：报问题" in cast.supervisor.text()
    await cast.supervisor.taps("继续填写")
    assert "涉及哪个单位" in cast.supervisor.text()
    await cast.supervisor.presses("pb:decline:1:1")
    await cast.supervisor.taps("放弃")
    assert cast.supervisor.text() == "已放弃。请您再点一次刚才的按钮。"
    await cast.supervisor.presses("pb:decline:1:1")
    assert "不予受理的理由" in cast.supervisor.text()


async def test_a_reason_that_was_asked_for_and_left_takes_nothing_that_is_typed_later(cast: Cast) -> None:
    number = await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.presses("pb:decline:1:1")
    await cast.supervisor.says("/due")
    await cast.supervisor.says("好的收到")
    await cast.supervisor.says(f"/problem {number}")
    assert "待受理" in cast.supervisor.text()


async def test_the_queue_says_where_one_is_and_more_leads_back_to_the_same_card(cast: Cast) -> None:
    for text in ("第一件", "第二件"):
        await report(cast.member, text)
    await cast.supervisor.says("/triage")
    assert cast.supervisor.text().startswith("待受理分办：第1件，共2件")
    await cast.supervisor.taps("下一件")
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("返回")
    assert cast.supervisor.text().startswith("待受理分办：第2件，共2件")
    assert "下一件 ›" in cast.supervisor.buttons()


async def test_who_dispatches_reads_which_unit_it_is_about(cast: Cast) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    assert "涉及单位：第一支部" in cast.supervisor.text()


async def test_a_reason_leaves_the_card_with_the_step_that_answers_it(cast: Cast) -> None:
    await report(cast.member)
    await cast.supervisor.says("/triage")
    await cast.supervisor.presses("pb:ask:1:1")
    await cast.supervisor.says("哪个窗口？")
    assert "哪个窗口？" in cast.member.text()
    await cast.member.taps("补充")
    await cast.member.says("2号窗口")
    await cast.member.taps("提交补充")
    await cast.supervisor.says("/triage")
    assert "哪个窗口？" not in cast.supervisor.text()


async def test_the_number_asked_for_may_be_its_last_digits(cast: Cast) -> None:
    number = await report(cast.member)
    await cast.member.says("/problem")
    await cast.member.says("77")
    assert "没有找到" in cast.member.toast + cast.member.text()
    await cast.member.says("1")
    assert number in cast.member.text()
    await cast.member.says("1")
    assert "没有看懂这条消息" in cast.member.text()
    await cast.member.says("/problem 1")
    assert number in cast.member.text()


# Assigning


async def test_the_last_look_reads_everything_back(cast: Cast) -> None:
    await accepted(cast)
    await assign(cast.supervisor, until="confirm")
    assert cast.supervisor.text() == (
        "请您核对后交办\n期限：5月20日（周一）18:00前\nWT-2030-000001\n"
        "综合服务单位 · 责任人 综合单位负责人 · 复核人 技术单位负责人"
    )


async def test_every_step_leads_back_to_the_one_before(cast: Cast) -> None:
    await accepted(cast)
    await assign(cast.supervisor, until="confirm")
    for part in ("4/4", "3/4", "2/4", "1/4"):
        await cast.supervisor.taps("返回")
        assert part in cast.supervisor.text()


async def test_a_date_may_be_typed_and_is_read_back(cast: Cast, services: Services) -> None:
    await accepted(cast)
    await assign(cast.supervisor, until="deadline")
    await cast.supervisor.says("5月32日")
    assert "没有这个日期或时间" in cast.supervisor.text()
    await cast.supervisor.says("2030-05-01")
    assert "已经过去" in cast.supervisor.text()
    await cast.supervisor.says("5月31日")
    assert "2030年5月31日（周五）18:00" in cast.supervisor.text()
    await cast.supervisor.taps("没错")
    assert "期限：5月31日（周五）18:00前" in cast.supervisor.text()
    await cast.supervisor.taps("交办")
    assert services.problems.due(await cast.actor(cast.owner))[0].deadline is not None


async def test_a_deadline_on_a_day_off_is_pointed_out_before_it_is_saved(cast: Cast) -> None:
    number = await accepted(cast)
    await assign(cast.supervisor, until="deadline")
    await cast.supervisor.says("6月1日")
    await cast.supervisor.taps("没错")
    assert "6月1日（周六）18:00前\n请留意：这一天不是工作日。" in cast.supervisor.text()
    await cast.supervisor.taps("返回")
    await cast.supervisor.taps("5个工作日")
    assert "不是工作日" not in cast.supervisor.text()
    await cast.supervisor.taps("交办")
    await cast.supervisor.says(number)
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("调整期限")
    await cast.supervisor.says("6月2日")
    await cast.supervisor.taps("没错")
    assert "6月2日（周日）18:00前\n请留意：这一天不是工作日。" in cast.supervisor.text()


async def test_a_unit_may_be_typed_and_is_found_in_the_tree(cast: Cast) -> None:
    await accepted(cast)
    await cast.supervisor.taps("交办")
    assert "反映人所指：第一支部" in cast.supervisor.buttons()
    await cast.supervisor.says("没有这个单位")
    assert "没有找到这样的单位" in cast.supervisor.text()
    await cast.supervisor.says("窗口")
    await cast.supervisor.taps("接待窗口处")
    assert "2/4" in cast.supervisor.text()


async def test_a_subordinate_cannot_be_found_as_verifier(cast: Cast) -> None:
    await accepted(cast)
    await assign(cast.supervisor, until="verifier")
    await cast.supervisor.says("一支部书记")
    assert "没有找到这样的人选" in cast.supervisor.text()


async def test_a_choice_that_no_button_offered_is_refused(cast: Cast, by_number: Callable[[str], Actor]) -> None:
    await accepted(cast)
    await assign(cast.supervisor, until="verifier")
    for value in (str(by_number("B002").person_id), "99", "x", ""):
        await cast.supervisor.presses(f"step:verifier:{value}")
        assert cast.supervisor.toast
    assert "3/4" in cast.supervisor.text()


async def test_the_wizard_survives_a_redelivery_and_shows_its_step_again(cast: Cast) -> None:
    await accepted(cast)
    await cast.supervisor.taps("交办")
    update = await cast.supervisor.taps("综合服务单位")
    await cast.supervisor.presses("step:open:2", again=update)
    assert "1/4" in cast.supervisor.text()


async def test_two_who_assign_at_once_are_told_of_one_another(cast: Cast) -> None:
    await accepted(cast)
    await cast.other_supervisor.says("/triage")
    await assign(cast.other_supervisor, until="confirm")
    await assign(cast.supervisor)
    await cast.other_supervisor.taps("交办")
    assert cast.other_supervisor.text().startswith("督导甲已在")
    assert "综合服务单位 · 责任人 综合单位负责人" in cast.other_supervisor.text()


# The unit, the verifier


async def test_the_secretary_returns_it_once_and_the_supervisor_hears_why(cast: Cast) -> None:
    await accepted(cast)
    await assign(cast.supervisor)
    await cast.secretary.says("/inbox")
    assert "请您签收；确实不属本单位的，可以退办一次" in cast.secretary.text()
    await cast.secretary.taps("退办")
    assert "只能退办一次" in cast.secretary.text()
    await cast.secretary.says("不是本单位的职责")
    assert cast.supervisor.sees("请您重新交办：单位退办了")
    assert cast.supervisor.sees("说明：不是本单位的职责")
    await cast.supervisor.says("/triage")
    await assign(cast.supervisor)
    await cast.secretary.says("/inbox")
    assert "退办" not in cast.secretary.buttons()
    assert "请您签收\n" in cast.secretary.text()
    assert "可以退办" not in cast.secretary.text()


async def test_where_no_measure_stands_yet_the_first_is_asked_for(cast: Cast) -> None:
    await accepted(cast)
    await assign(cast.supervisor)
    await cast.secretary.says("/inbox")
    await cast.secretary.taps("签收")
    await cast.owner.taps("查看")
    await cast.owner.taps("整改措施")
    assert "请您写出整改措施，还一条都没有" in cast.owner.text()
    await cast.owner.taps("加整改措施")
    await cast.owner.says("更换叫号屏的程序")
    await cast.owner.taps("写完了")
    assert "请您落实以下整改措施（1条）" in cast.owner.text()


async def test_closure_is_refused_until_every_measure_is_done_and_proven(cast: Cast) -> None:
    await in_progress(cast)
    await cast.owner.taps("申请销号")
    assert cast.owner.toast == "还有1条整改措施没有完成，完成后再申请销号。"
    await cast.owner.taps("更换叫号屏的程序")
    await cast.owner.taps("完成")
    await cast.owner.taps("申请销号")
    assert cast.owner.toast == "还有1条整改措施没有佐证，补上后再申请销号。"


async def test_several_measures_are_typed_one_by_one_and_saved_together(cast: Cast, services: Services) -> None:
    await in_progress(cast)
    await cast.owner.taps("加整改措施")
    await cast.owner.says("培训窗口人员")
    await cast.owner.says("菜单")
    assert "已写2条" in cast.owner.text()
    await cast.owner.taps("写完了")
    card = services.problems.card(await cast.actor(cast.owner), 1)
    assert [measure.text for measure in card.measures] == ["更换叫号屏的程序", "培训窗口人员", "菜单"]


async def test_evidence_is_a_photo_a_file_or_words_and_the_verifier_gets_them(
    cast: Cast, services: Services, talk: Talk
) -> None:
    number = await in_progress(cast)
    kept = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"%PDF-1.4 proof"))
    document = {"file_id": f"local:{kept.id}", "file_unique_id": "d", "file_size": 5, "file_name": "窗口党员甲.pdf"}
    await cast.owner.taps("更换叫号屏的程序")
    await cast.owner.taps("附佐证")
    await cast.owner.sends({"document": document})
    await cast.owner.says("已经换好")
    await cast.owner.taps("发完了")
    await cast.owner.taps("完成")
    await cast.owner.taps("申请销号")
    await cast.verifier.says("/verify")
    await cast.verifier.taps("整改措施（1）")
    await cast.verifier.taps("更换叫号屏的程序")
    assert "“已经换好”" in cast.verifier.text()
    await cast.verifier.taps("查看佐证")
    [sent] = [call for call in talk.session.calls if call.method == "sendDocument"]
    assert sent.payload["chat_id"] == cast.verifier.chat_id
    assert sent.files["document"].name == f"{number}-1.pdf"
    assert sent.files["document"].data == b"%PDF-1.4 proof"


async def test_the_verifier_sends_it_back_and_the_owner_goes_on(cast: Cast) -> None:
    await verifying(cast)
    await cast.verifier.says("/verify")
    await cast.verifier.taps("退回整改")
    await cast.verifier.says("三号窗口仍有乱序")
    assert "已办：WT-2030-000001 退回整改" in cast.verifier.text()
    assert cast.owner.sees("请您继续整改：复核后退回了")
    await cast.owner.says("/problem WT-2030-000001")
    assert "请您按说明继续整改，补上佐证后再申请销号" in cast.owner.text()
    assert cast.owner.sees("说明：三号窗口仍有乱序")
    assert not cast.member.sees("三号窗口仍有乱序")


async def test_an_album_of_evidence_gets_one_answer_that_counts_nothing_and_may_be_cancelled(cast: Cast) -> None:
    await in_progress(cast)
    await cast.owner.taps("更换叫号屏的程序")
    await cast.owner.taps("附佐证")
    photo = {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9}
    for _ in range(3):
        await cast.owner.sends({"photo": [photo], "media_group_id": "7"})
    assert "收到了。还有佐证请您接着发" in cast.owner.text()
    await cast.owner.says("三张都是换好以后拍的")
    assert "这次收到4份" in cast.owner.text()
    await cast.owner.taps("取消")
    assert "已取消" in cast.owner.text()


async def test_the_supervisor_moves_the_deadline_with_a_reason_and_the_old_one_stays(cast: Cast) -> None:
    number = await in_progress(cast)
    await ask_for_a_day(cast, number, "10个工作日")
    await cast.supervisor.says("配件还没有到货")
    assert "5月27日（周一）18:00前" in cast.supervisor.text()
    assert cast.owner.sees("请您按新的期限办理\n5月27日（周一）18:00前，还剩10个工作日")
    await cast.owner.says(f"/problem {number}")
    await cast.owner.taps("更多")
    await cast.owner.taps("办理记录")
    assert "5月20日（周一）18:00 → 5月27日（周一）18:00" in cast.owner.text()
    assert "配件还没有到货" in cast.owner.text()


async def test_a_deadline_is_put_off_twice_and_the_third_day_is_refused_before_a_reason_is_asked_for(
    cast: Cast,
) -> None:
    number = await in_progress(cast)
    for term in ("10个工作日", "20个工作日"):
        await ask_for_a_day(cast, number, term)
        await cast.supervisor.says("配件还没有到货")
    await ask_for_a_day(cast, number, "30个工作日")
    assert "期限已经延后两次，不能再延。可以改到更早的一天" in cast.supervisor.toast
    await cast.supervisor.taps("5个工作日")
    await cast.supervisor.says("配件提前到了")
    assert "5月20日（周一）18:00前" in cast.supervisor.text()


async def test_whoever_picks_a_day_for_what_another_one_has_moved_meanwhile_reads_who_did(cast: Cast) -> None:
    number = await in_progress(cast)
    await begin_to_move(cast.supervisor, number)
    await begin_to_move(cast.other_supervisor, number)
    await cast.other_supervisor.taps("10个工作日")
    await cast.other_supervisor.says("配件还没有到货")
    await cast.supervisor.taps("20个工作日")
    assert "督导乙已在5月13日（周一）10:00处理过这一条" in cast.supervisor.text()
    await cast.supervisor.says("/cancel")
    assert "当前没有进行中的操作" in cast.supervisor.text()


async def ask_for_a_day(cast: Cast, number: str, term: str) -> None:
    await begin_to_move(cast.supervisor, number)
    await cast.supervisor.taps(term)


async def begin_to_move(person: Person, number: str) -> None:
    await person.says(number)
    await person.taps("更多")
    await person.taps("调整期限")


async def test_a_helper_is_asked_and_may_prove(cast: Cast, talk: Talk, by_number: Callable[[str], Actor]) -> None:
    number = await in_progress(cast)
    helper = talk.person("helper", by_number("B004").person_id)
    await helper.says(number)
    assert "没有找到" in helper.text()
    await cast.owner.says(number)
    await cast.owner.taps("请人协办")
    await cast.owner.says("党员乙")
    await cast.owner.taps("窗口党员乙")
    assert "已请他们协办：窗口党员乙" in cast.owner.text()
    await cast.owner.says(number)
    assert "协办：窗口党员乙" in cast.owner.text()
    await helper.says(number)
    await helper.taps("整改措施")
    await helper.taps("更换叫号屏的程序")
    assert "附佐证" in helper.buttons()
    assert "加整改措施" not in helper.buttons()


# One's own shortcoming


async def test_a_shortcoming_of_ones_own_stays_between_oneself_the_secretary_and_the_verifier(cast: Cast) -> None:
    await cast.member.says("/report")
    await cast.member.taps("个人")
    await cast.member.taps("理论学习")
    await cast.member.says("学得不够深")
    await cast.member.taps("提交")
    number = cast.member.number()
    await cast.supervisor.says("/triage")
    assert "没有等待受理分办的问题" in cast.supervisor.text()
    await cast.secretary.says("/inbox")
    assert "学得不够深" in cast.secretary.text()
    await cast.secretary.taps("受理")
    await cast.secretary.taps("交办")
    assert "3/4" in cast.secretary.text()
    await cast.secretary.says("技术单位")
    await cast.secretary.taps("技术单位负责人")
    await cast.secretary.taps("20个工作日")
    assert "责任人 窗口党员甲" in cast.secretary.text()
    await cast.secretary.taps("返回")
    await cast.secretary.taps("返回")
    assert "3/4" in cast.secretary.text()
    await cast.secretary.taps("返回")
    assert "3/4" in cast.secretary.text()
    await cast.secretary.says("技术单位")
    await cast.secretary.taps("技术单位负责人")
    await cast.secretary.taps("20个工作日")
    await cast.secretary.taps("交办")
    assert "没有等您签收或办理的问题" in cast.secretary.text()
    assert cast.member.sees("请您写出整改措施并开始整改")
    for person in (cast.supervisor, cast.owner, cast.bystander, cast.admin):
        await person.says(number)
        assert "没有找到" in person.text()
        assert not person.sees("学得不够深")


# Looking


async def test_a_number_is_found_by_command_by_its_word_and_bare(cast: Cast) -> None:
    number = await report(cast.member)
    for said in (f"/problem {number}", f"查问题 {number}", number, number.lower().replace("-", ""), " wt 2030 1 "):
        await cast.member.says(said)
        assert number in cast.member.text(), said
        assert TEXT in cast.member.text(), said


async def test_a_number_one_may_not_see_reads_as_one_that_does_not_exist(cast: Cast) -> None:
    number = await report(cast.member)
    for person in (cast.bystander, cast.admin, cast.owner, cast.secretary):
        answers = []
        for said in (number, "WT-2030-999999", f"/problem {number}", "/problem WT-2030-999999", "/problem 什么"):
            await person.says(said)
            answers.append(person.text())
        assert set(answers) == {"没有找到，可能编号有误，或者您无权查看。"}


async def test_the_command_alone_says_what_to_send(cast: Cast) -> None:
    await cast.member.says("/problem")
    assert "请您发问题的编号" in cast.member.text()


async def test_due_lists_by_date_and_my_lists_both_sides(cast: Cast) -> None:
    await in_progress(cast)
    await cast.owner.says("/due")
    assert cast.owner.buttons() == ["5月20日（周一）18:00 · WT-2030-000001 窗口叫号屏总是乱序"]
    await cast.owner.says("/my")
    assert cast.owner.text() == "您负责的1件，您反映的0件"
    await cast.member.says("/my")
    assert cast.member.text() == "您负责的0件，您反映的1件"
    await cast.member.taps("WT-2030-000001")
    assert "整改中" in cast.member.text()


async def test_my_lists_what_is_to_be_done_by_date_says_what_is_late_and_ends_with_what_is_over(cast: Cast) -> None:
    await verifying(cast)
    await cast.verifier.says("/verify")
    await cast.verifier.taps("销号")
    await cast.verifier.taps("确认销号")
    await in_progress(cast)
    cast.owner.talk.clock.set_local("2030-05-20 09:00")
    await in_progress(cast)
    cast.owner.talk.clock.set_local("2030-05-21 09:00")
    await cast.owner.says("/my")
    assert cast.owner.buttons() == [
        "已逾期 · 5月20日（周一）18:00 · WT-2030-000002 窗口叫号屏总是乱序",
        "5月27日（周一）18:00 · WT-2030-000003 窗口叫号屏总是乱序",
        "已销号 · WT-2030-000001 窗口叫号屏总是乱序",
    ]


@pytest.mark.parametrize("command", ["/triage", "/inbox", "/verify", "/due", "/my"])
async def test_an_empty_list_says_what_comes_next_and_a_guest_how_to_join(cast: Cast, talk: Talk, command: str) -> None:
    reader = {"/triage": cast.supervisor, "/inbox": cast.secretary}.get(command, cast.bystander)
    await reader.says(command)
    assert reader.buttons()
    guest = talk.person("guest", None)
    await guest.says(command)
    assert "请先加入" in guest.text()


async def test_whoever_is_told_may_ask_why(cast: Cast) -> None:
    await accepted(cast)
    await assign(cast.supervisor)
    await cast.secretary.taps("为什么发给我")
    assert cast.secretary.toast == "因为在 WT-2030-000001 中，您是单位负责签收的支部书记。"


async def test_everything_reads_in_english_too(cast: Cast) -> None:
    number = await verifying(cast)
    await cast.verifier.says("/language")
    await cast.verifier.taps("English")
    await cast.verifier.says("/verify")
    assert "For you to verify: 1 of 1" in cast.verifier.text()
    assert "Mon 20 May 18:00, 5 working days left" in cast.verifier.text()
    await cast.verifier.taps("More")
    await cast.verifier.taps("Timeline")
    assert "accountable person 综合单位负责人: added evidence" in cast.verifier.text()
    await cast.verifier.taps("Back")
    await cast.verifier.taps("Close")
    assert "it cannot be sent back afterwards" in cast.verifier.text()
    await cast.verifier.taps("Yes, close it")
    assert f"{number}: you closed it." in cast.verifier.text()


# The reporter's card


async def test_the_card_shows_that_the_report_was_taken_back(cast: Cast) -> None:
    number = await report(cast.member)
    await cast.member.taps("查看")
    await cast.member.taps("撤回")
    await cast.member.taps("撤回")
    assert cast.member.sees(f"您反映的 {number} · 已撤回")


async def test_the_reporter_has_one_card_that_changes_in_place_without_a_sound(cast: Cast, talk: Talk) -> None:
    number = await report(cast.member)
    [receipt] = [m["message_id"] for m in cast.member.messages() if "已收到" in m["text"]]

    def card() -> str:
        return next(m["text"] for m in cast.member.messages() if m["message_id"] == receipt)

    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    assert card() == f"您反映的 {number} · 已受理"
    before = len(cast.member.messages())
    await assign(cast.supervisor)
    assert card() == f"您反映的 {number} · 待签收\n承办：综合服务单位\n期限：5月20日（周一）18:00前"
    await cast.secretary.says("/inbox")
    await cast.secretary.taps("签收")
    assert "已签收" in card()
    assert len(cast.member.messages()) == before


async def test_the_card_is_edited_where_the_receipt_was_said_also_when_another_account_is_used_since(
    cast: Cast, talk: Talk, by_number: Callable[[str], Actor]
) -> None:
    number = await report(cast.member)
    elsewhere = talk.person("elsewhere", by_number("B003").person_id)
    with talk.store.work() as work:
        account = work.people.account("telegram", str(elsewhere.chat_id))
        assert account is not None
        account.last_used_at = talk.clock.advance(hours=1)
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    assert cast.member.sees(f"您反映的 {number} · 已受理")
    assert elsewhere.sees(f"您反映的 {number} 已受理，接下来会确定由谁办理")


async def test_an_administrator_sees_numbers_and_states_and_no_text(cast: Cast, clock: FixedClock) -> None:
    await in_progress(cast)
    number = await report(cast.member, "第二件")
    clock.advance(days=10)
    await cast.admin.says("/problem")
    assert cast.admin.text().splitlines()[1:] == ["本单位现有问题2件，其中逾期1件", "• 待受理：1件", "• 整改中：1件"]
    await cast.admin.says(number)
    assert "没有找到" in cast.admin.text()
    await cast.member.says("/problem")
    assert "现有" not in cast.member.text()
