"""Assessment deadlines in chat: set, answered for, submitted, seen as counts."""

from collections.abc import Callable

import pytest

from bot.services import Services
from domain.people import Actor
from tests.talk import Person, Talk

Named = Callable[[str], Person]


async def here(found: Person) -> Person:
    """Somebody who has written here before: that is where they are written to."""
    await found.says("/report")
    await found.says("/cancel")
    return found


@pytest.fixture
async def admin(person: Named) -> Person:
    return await here(person("admin"))


@pytest.fixture
async def secretary(person: Named) -> Person:
    return await here(person("secretary"))


async def set_deadline(planner: Person, *units: str, title: str = "年度述职材料") -> None:
    """Fill in a deadline up to the last look."""
    await planner.says("/session_new")
    await planner.taps("考核截止")
    await planner.says(title)
    await planner.says("5月31日")
    await planner.taps("没错")
    for unit in units:
        await planner.taps(unit)
    await planner.taps("选好了")
    await planner.says("按模板填写")
    await planner.taps("下一步")


async def test_an_admin_sets_a_deadline_and_the_secretaries_are_told(admin: Person, secretary: Person) -> None:
    await set_deadline(admin, "第一支部", "第二支部")
    assert "2030年5月31日（周五）18:00截止" in admin.text()
    assert "第一支部：一支部书记\n第二支部：二支部书记" in admin.text()
    await admin.taps("确认并通知")
    assert admin.sees("共2个单位，通知2人。")
    assert secretary.text() == (
        "请您按时报送\n5月31日（周五）18:00前，还剩14个工作日\n年度述职材料\n报送单位：第一支部"
    )


async def test_somebody_else_of_the_unit_is_found_by_part_of_the_name(admin: Person, talk: Talk) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("第一支部换人")
    await admin.says("党员丙")
    assert admin.buttons()[0] == "窗口党员丙"
    await admin.taps("窗口党员丙")
    assert "第一支部：窗口党员丙" in admin.text()
    await admin.taps("确认并通知")
    assert talk.services.assessments.planned is not None
    assert admin.sees("已设定截止")


async def test_a_unit_without_a_secretary_needs_somebody_first(admin: Person) -> None:
    await set_deadline(admin, "01市工委")
    assert "还没有责任人" in admin.text()
    assert "确认并通知" not in admin.buttons()
    await admin.presses("step:plan:")
    assert "请先给每个单位选好责任人" in admin.toast
    await admin.taps("01市工委换人")
    await admin.taps("01市联络员")
    await admin.taps("确认并通知")
    assert admin.sees("已设定截止")


async def test_a_unit_submits_with_a_note_and_the_planner_sees_the_count(admin: Person, secretary: Person) -> None:
    await set_deadline(admin, "第一支部", "第二支部")
    await admin.taps("确认并通知")
    await secretary.taps("已报送")
    await secretary.says("材料已交三楼")
    assert secretary.sees("已记下：第一支部已报送")
    await admin.taps("详情")
    assert "已报送1/2" in admin.text()
    assert "✓ 第一支部：5月13日（周一）10:00（一支部书记），材料已交三楼" in admin.text()
    assert "第二支部：未报送（二支部书记）" in admin.text()


async def test_a_second_submission_from_an_old_card_is_answered_calmly(
    admin: Person, secretary: Person, talk: Talk, actors: dict[str, Actor]
) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    other = talk.person("the same secretary elsewhere", actors["secretary"].person_id)
    await other.presses("as:submit:1:5:0")
    await secretary.taps("已报送")
    await secretary.taps("直接标为已报送")
    await other.taps("直接标为已报送")
    assert "处理过这一条" in other.toast


async def test_a_redelivered_submission_counts_once(admin: Person, secretary: Person, services: Services) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    await secretary.taps("已报送")
    number = await secretary.taps("直接标为已报送")
    await secretary.presses("step:submit:", again=number)
    assert secretary.toast.startswith("已经保存过了")


async def test_a_file_comes_with_a_submission_and_the_planner_may_have_it(admin: Person, secretary: Person) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    await secretary.taps("已报送")
    await secretary.sends({"document": {"file_id": "remote-1", "file_unique_id": "u", "file_size": 9}})
    await admin.taps("详情")
    await admin.taps("更多")
    await admin.taps("第一支部的文件（1个）")
    assert "还有1个文件正在接收" in admin.text()


async def test_what_one_owes_is_in_the_menu_and_in_the_list(admin: Person, secretary: Person) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    await secretary.says("/menu")
    assert "学习（1）" in secretary.buttons()
    await secretary.says("/study")
    assert "您有1项考核待报送" in secretary.text()
    await secretary.taps("考核")
    assert "请您报送（1项）：\n年度述职材料：5月31日（周五）18:00前" in secretary.text()


async def test_the_digest_asks_for_it_with_the_days_left(admin: Person, secretary: Person, talk: Talk) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    talk.clock.set_local("2030-05-30 08:30")
    talk.services.digests.record()
    await talk.deliver()
    assert secretary.sees("报送：年度述职材料，5月31日（周五）18:00前，还剩1个工作日")


async def test_the_planner_calls_it_off_after_one_more_question(admin: Person, secretary: Person) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    await admin.taps("详情")
    await admin.taps("更多")
    await admin.taps("取消这一项")
    await admin.taps("确认取消并通知")
    assert admin.sees("已取消，通知1人：")
    await secretary.taps("已报送")
    assert "这样操作" in secretary.toast or "没有找到" in secretary.toast


async def test_the_secretary_hands_over_to_somebody_of_the_unit(
    admin: Person, secretary: Person, person: Named
) -> None:
    member = await here(person("member"))
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    await secretary.taps("详情")
    await secretary.taps("更多")
    await secretary.taps("第一支部换人")
    await secretary.taps("窗口党员甲")
    assert "第一支部：未报送（窗口党员甲）" in secretary.text()
    assert member.text().startswith("请您按时报送")


async def test_what_concerns_others_reads_as_what_does_not_exist(admin: Person, person: Named) -> None:
    await set_deadline(admin, "第一支部")
    await admin.taps("确认并通知")
    for name in ("guest", "member", "supervisor", "point-officer"):
        other, said = person(name), set()
        for data in ("as:card:1:0:0", "as:card:99:0:0", "as:submit:1:5:0", "as:who:1:5:0", "as:cancel-yes:1:0:1"):
            await other.presses(data)
            said.add(other.toast)
        assert said == {"没有找到，可能编号有误，或者您无权查看。"}


async def test_back_leads_through_every_step_and_out_to_the_choice(admin: Person) -> None:
    await set_deadline(admin, "第一支部")
    for seen in ("4/5", "3/5", "2/5", "1/5", "请您选择要安排什么"):
        await admin.taps("返回")
        assert seen in admin.text()


async def test_the_story_in_english(admin: Person, secretary: Person) -> None:
    for one in (admin, secretary):
        await one.says("/language")
        await one.taps("English")
    await admin.says("/session_new")
    await admin.taps("assessment deadline")
    await admin.says("Yearly statement")
    await admin.says("31 May")
    await admin.taps("That is right")
    await admin.taps("第一支部")
    await admin.taps("Done")
    await admin.taps("No material")
    await admin.taps("Confirm and tell them")
    assert secretary.text() == (
        "Please submit in time\nFri 31 May 18:00, 14 working days left\nYearly statement\nFor: 第一支部"
    )
    await secretary.taps("Submitted")
    await secretary.taps("Just mark it")
    assert secretary.sees("Noted: 第一支部 has submitted")
