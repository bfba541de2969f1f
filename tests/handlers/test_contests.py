"""Contests in chat: an organiser brings questions and plans, members answer by buttons, results come after the end."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import services as use_cases
from bot.services import Services
from domain.files import Incoming
from schedules.contests import ContestTick
from services.spreadsheets import write_workbook
from storage.engine import Database
from storage.files import FileStore
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from tests.talk import Person, Talk

Named = Callable[[str], Person]
BANK = {
    "title": "三题题库",
    "questions": [
        {"type": kind, "chapter": "一", "stem": stem, "options": options.split(), "answer": answer}
        for kind, stem, options, answer in (
            ("single", "几年为一个周期？", "甲对 乙错 丙错", [0]),
            ("multiple", "哪些阶段？", "子对 丑对 寅错", [0, 1]),
            ("truefalse", "率先开展。", "正确 错误", [0]),
        )
    ],
}
RIGHT = {"几年为一个周期？": ["甲对"], "哪些阶段？": ["子对", "丑对"], "率先开展。": ["正确"]}


@pytest.fixture
def files(talk: Talk) -> dict[str, bytes]:
    """What lies at the messenger, by the handle of the file."""
    lying: dict[str, bytes] = {}

    async def fetch(incoming: Incoming, /) -> bytes:
        return lying[incoming.remote_id]

    talk.dispatcher["fetch"] = fetch
    return lying


async def send_file(admin: Person, files: dict[str, bytes], name: str, data: bytes) -> int:
    files[name] = data
    document = {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": len(data)}
    return await admin.sends({"document": document})


async def import_bank(admin: Person, files: dict[str, bytes]) -> None:
    await admin.says("/contest")
    await admin.taps("导入题库")
    await send_file(admin, files, "题库.json", json.dumps(BANK).encode())
    await admin.taps("保存题库")


async def plan(admin: Person, *, practice: bool = False, minutes: str = "20分钟") -> None:
    """Plan a contest of all three questions from now until this afternoon."""
    await admin.says("/contest")
    await admin.taps("组织竞赛")
    await admin.says("知识竞赛第一场")
    await admin.taps("三题题库")
    await admin.taps("全部3题")
    await admin.taps("现在开始")
    await admin.says("5月13日18:00")
    await admin.taps("没错")
    await admin.taps(minutes)
    await admin.taps("练习" if practice else "正式")
    await admin.taps("全体人员")
    await admin.taps("保存并按时通知")
    await ContestTick(admin.talk.services.contests, admin.talk.use).run()
    await admin.talk.deliver()


@pytest.fixture
async def opened(person: Named, files: dict[str, bytes]) -> Person:
    """The organiser of a contest that is open."""
    admin = person("admin")
    await import_bank(admin, files)
    await plan(admin)
    return admin


async def answer(member: Person) -> None:
    """Answer the question on the card rightly."""
    words = member.text()
    stem = next(stem for stem in RIGHT if stem in words)
    for option in RIGHT[stem]:
        await member.taps(option)
    if len(RIGHT[stem]) > 1:
        await member.taps("选好了")


async def test_the_whole_story_from_the_file_to_the_published_table(
    person: Named, files: dict[str, bytes], clock: FixedClock, talk: Talk
) -> None:
    admin, member = person("admin"), person("member")
    await member.says("/language")
    await member.taps("中文")
    await import_bank(admin, files)
    assert admin.sees("已导入：三题题库，共3题")
    await plan(admin)
    assert admin.sees("已保存：知识竞赛第一场")
    assert "请您参加知识竞赛：知识竞赛第一场\n截止5月13日（周一）18:00\n共3题，开始后限时20分钟" in member.text()
    await member.taps("去答题")
    assert "多选题全部选对才得分" in member.text()
    await member.taps("开始答题")
    assert "1/3 · 未答3题 · 还剩20分钟" in member.text()
    for _ in RIGHT:
        await answer(member)
    assert "未答0题" in member.text()
    await member.taps("交卷")
    assert "已交卷：知识竞赛第一场，答了3/3题" in member.text()
    await member.says("/quiz")
    assert "已交卷，5月13日（周一）18:00后看结果" in member.text()
    clock.set_local("2030-05-13 18:00")
    await member.says("答题")
    await member.taps("知识竞赛第一场")
    await member.taps("查看结果")
    assert "您的得分：100（答对3/3题）" in member.text()
    assert "中位数" not in member.text()
    await member.taps("看答案")
    assert "答案 1/3" in member.text()
    assert "答对了，答案是" in member.text()
    await admin.says("/contest")
    await admin.taps("知识竞赛第一场")
    assert "各单位情况：" in admin.text()
    await member.taps("查看结果")
    assert "各单位情况" not in member.text()
    await admin.taps("公布各单位情况")
    assert admin.sees("各单位情况已公布")
    await member.says("/quiz")
    assert "知识竞赛第一场 · 可看结果 · 已于5月13日（周一）18:00结束" in member.text()
    await member.taps("知识竞赛第一场")
    await member.taps("查看结果")
    assert "各单位情况：" in member.text()


async def test_the_question_card_toggles_goes_back_and_jumps_to_what_is_unanswered(
    opened: Person, person: Named
) -> None:
    member = person("member")
    await member.says("/quiz")
    await member.taps("知识竞赛第一场")
    await member.taps("开始答题")
    while "（多选）" not in member.text():
        await member.taps("下一题")
    await member.taps("子对")
    assert any(button.startswith("☑") and "子对" in button for button in member.buttons())
    await member.taps("子对")
    assert not any(button.startswith("☑") for button in member.buttons())
    await member.taps("选好了")
    assert member.sees("请您先选出答案")
    await member.taps("子对")
    assert "未答3题" in member.text()
    await member.taps("选好了")
    assert "未答2题" in member.text()
    await member.taps("去未答的")
    await member.taps("交卷")
    assert "还有2题没有作答" in member.text()
    await member.taps("继续答题")
    assert "未答2题" in member.text()
    await member.taps("交卷")
    await member.taps("确认交卷")
    assert member.sees("已交卷：知识竞赛第一场，答了1/3题")


async def test_pressing_twice_and_a_second_delivery_have_one_effect(
    opened: Person, person: Named, store: Store
) -> None:
    member = person("member")
    await member.presses("qz:start:1:0:0:1")
    while "（多选）" not in member.text():
        await member.taps("下一题")
    at = int(member.text().partition("/")[0]) - 1
    number = await member.presses(f"qz:pick:1:{at}:0:1")
    await member.presses(f"qz:pick:1:{at}:0:1")
    await member.presses(f"qz:pick:1:{at}:0:1", again=number)
    assert member.toast.startswith("已经保存过了")
    with store.work() as work:
        attempt = work.contests.attempt(1, work.actors.behind("telegram", member.chat_id, "zh").person_id or 0)
        assert attempt is not None
        assert [len(one.chosen) for one in work.contests.answers(attempt.id).values()] == [1]
    await member.presses("qz:hand:1:0:0:1")
    await member.presses("qz:hand:1:0:0:1")
    assert sum("已交卷" in message["text"] for message in member.messages()) == 1


async def test_an_attempt_goes_on_after_the_process_was_killed_and_on_another_device(
    opened: Person, person: Named, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    member = person("member")
    await member.presses("qz:start:1:0:0:1")
    await answer(member)
    second = member.text().partition("\n")[2]
    store = Store(database)
    services = use_cases.build(store.work, clock, ZONE, "zh", FileStore(tmp_path / "files"))
    after = Talk(database, store, services, clock)
    after._numbers = itertools.count(1000)
    clock.advance(minutes=8)
    with store.work() as work:
        person_id = work.actors.behind("telegram", member.chat_id, "zh").person_id
    elsewhere = Person(after, 6001, "member")
    with store.work() as work:
        work.people.add_account("telegram", "6001", clock.now(), person_id)
    await elsewhere.says("/quiz")
    assert "答题中" in elsewhere.text()
    await elsewhere.taps("知识竞赛第一场")
    await elsewhere.taps("继续答题")
    assert "未答2题 · 还剩12分钟" in elsewhere.text()
    assert elsewhere.text().partition("\n")[2] == second


async def test_a_late_answer_is_refused_politely_and_what_was_answered_counts(
    opened: Person, person: Named, clock: FixedClock
) -> None:
    member = person("member")
    await member.presses("qz:start:1:0:0:1")
    await answer(member)
    clock.advance(minutes=20)
    await member.presses("qz:pick:1:1:0:1")
    assert member.toast == "时间到了，您答过的题已自动交卷。"
    await member.says("/quiz")
    assert "时间到了，您答过的题已自动交卷，5月13日（周一）18:00后看结果" in member.text()
    await member.taps("知识竞赛第一场")
    assert member.buttons() == ["‹ 返回列表"]
    clock.set_local("2030-05-13 18:00")
    await member.presses("qz:result:1:0:0:1")
    assert "您的得分：33（答对1/3题）" in member.text()


async def test_practice_shows_answer_at_once(person: Named, files: dict[str, bytes]) -> None:
    admin, member = person("admin"), person("member")
    await import_bank(admin, files)
    await plan(admin, practice=True, minutes="不限时")
    await member.presses("qz:start:1:0:0:1")
    await answer(member)
    assert "答对了，答案是" in member.text()
    await member.taps("下一题")
    await member.says("/menu")
    assert "答题（" not in "".join(member.buttons())


async def test_practice_may_be_taken_again_and_the_new_round_takes_the_place_of_the_old(
    person: Named, files: dict[str, bytes], clock: FixedClock
) -> None:
    admin, member = person("admin"), person("member")
    await import_bank(admin, files)
    await plan(admin, practice=True, minutes="不限时")
    await member.presses("qz:start:1:0:0:1")
    for _ in RIGHT:
        await answer(member)
        if "下一题 ›" in member.buttons():
            await member.taps("下一题")
    await member.taps("交卷")
    assert "得分：100" in member.text()
    clock.advance(minutes=1)
    await member.says("/quiz")
    await member.taps("知识竞赛第一场")
    await member.taps("再练一次")
    assert "1/3 · 未答3题" in member.text()
    await answer(member)
    await member.presses("qz:again:1:0:0:1")
    assert "未答2题" in member.text()
    await member.taps("交卷")
    await member.taps("确认交卷")
    assert "得分：33" in member.text()


async def test_a_contest_is_not_begun_again(opened: Person, person: Named) -> None:
    member = person("member")
    await member.presses("qz:start:1:0:0:1")
    await member.presses("qz:hand:1:0:0:1")
    await member.says("/quiz")
    await member.taps("知识竞赛第一场")
    assert "再练一次" not in member.buttons()
    await member.presses("qz:again:1:0:0:1")
    assert member.toast == "您已经交卷，不能再改答案。"


async def test_the_menu_counts_contests_not_yet_taken(opened: Person, person: Named) -> None:
    member = person("member")
    await member.says("/menu")
    assert "答题（1）" in member.buttons()
    await member.presses("qz:start:1:0:0:1")
    await member.presses("qz:hand:1:0:0:1")
    await member.says("/menu")
    assert "答题" in member.buttons()


async def test_a_sheet_with_errors_names_the_rows_and_saves_nothing(
    person: Named, files: dict[str, bytes], services: Services
) -> None:
    admin = person("admin")
    await admin.says("竞赛管理")
    await admin.taps("下载模板")
    await admin.taps("导入题库")
    await send_file(admin, files, "题库.xlsx", write_workbook({"一": [["姓名"], ["单选"]]}))
    assert admin.sees("表格缺少这些列：题型 / 题干 / 答案 / 选项A / 选项B")
    head = ["题型", "章节", "题干", "答案", "解析", "选项A", "选项B"]
    rows = [head, ["单选", "章", "谁？", "C", "", "甲", "乙"], ["简答", "章", "为何？", "A", "", "甲", "乙"]]
    await send_file(admin, files, "题库.xlsx", write_workbook({"一": rows}))
    assert "有2处错误：\n第2行：答案不在选项中\n第3行：题型应为单选、多选或判断" in admin.text()
    assert "保存题库" not in admin.buttons()
    rows[1][3], rows[2][0] = "B", "单选"
    await send_file(admin, files, "题库.xlsx", write_workbook({"一": rows}))
    assert "题库：共2题\n单选2题" in admin.text()
    await admin.taps("保存题库")
    assert admin.sees("已导入：题库，共2题")


async def test_the_template_reads_back_without_errors(person: Named, files: dict[str, bytes], talk: Talk) -> None:
    admin = person("admin")
    await admin.says("/contest")
    await admin.taps("下载模板")
    [document] = [call.files["document"] for call in talk.session.calls if call.method == "sendDocument"]
    await admin.taps("导入题库")
    await send_file(admin, files, document.name, document.data)
    assert "共3题\n单选1题、多选1题、判断1题" in admin.text()


async def test_the_same_bank_once_more_is_warned_of_and_the_list_tells_the_two_apart(
    person: Named, files: dict[str, bytes], clock: FixedClock
) -> None:
    admin = person("admin")
    for minutes, warned in ((0, False), (5, True)):
        clock.advance(minutes=minutes)
        await admin.says("/contest")
        await admin.taps("导入题库")
        await send_file(admin, files, "题库.json", json.dumps(BANK).encode())
        assert ("已有一个同名、题数也相同的题库" in admin.text()) is warned
        await admin.taps("保存题库")
    await admin.taps("组织竞赛")
    await admin.says("场次")
    banks = [label for label in admin.buttons() if label.startswith("三题题库 · 3题 · ")]
    assert len(set(banks)) == 2


async def test_what_is_no_bank_is_refused_and_the_step_stays(person: Named, files: dict[str, bytes]) -> None:
    admin = person("admin")
    await admin.says("/contest")
    await admin.taps("导入题库")
    await admin.says("这是题库")
    assert admin.sees("题库文件应为")
    await send_file(admin, files, "题库.json", b"{")
    assert admin.sees("读不出这个题库文件")
    await send_file(admin, files, "题库.json", json.dumps(BANK).encode())
    assert "三题题库：共3题" in admin.text()


async def test_planning_goes_back_and_refuses_what_cannot_be(person: Named, files: dict[str, bytes]) -> None:
    admin = person("admin")
    await import_bank(admin, files)
    await admin.taps("组织竞赛")
    await admin.says("场次")
    await admin.taps("三题题库")
    await admin.says("4")
    assert admin.sees("题库只有3题，不够4题")
    await admin.says("许多")
    assert admin.sees("题数应为1到3之间")
    await admin.says("2")
    assert admin.buttons().index("现在开始") < admin.buttons().index("‹ 返回")
    await admin.says("5月20日15:00")
    await admin.taps("没错")
    await admin.says("5月19日15:00")
    await admin.taps("没错")
    assert admin.sees("截止时间要晚于开始时间")
    await admin.taps("返回")
    await admin.taps("返回")
    assert "4/8" in admin.text()
    await admin.taps("返回")
    assert "3/8" in admin.text()


async def test_a_step_of_planning_that_comes_twice_is_shown_again(person: Named, files: dict[str, bytes]) -> None:
    admin = person("admin")
    await import_bank(admin, files)
    await admin.taps("组织竞赛")
    number = await admin.says("场次")
    await admin.says("场次", again=number)
    assert admin.sees("已经保存过了")
    assert "2/8" in admin.text()


async def test_saving_twice_plans_one_contest(person: Named, files: dict[str, bytes], store: Store) -> None:
    admin = person("admin")
    await import_bank(admin, files)
    await plan(admin)
    await admin.presses("step:contest-save:")
    assert "过期" in admin.toast
    with store.work() as work:
        assert len(work.contests.newest(10)) == 1


async def test_an_organiser_takes_a_contest_back_before_it_opens(person: Named, files: dict[str, bytes]) -> None:
    admin = person("admin")
    await import_bank(admin, files)
    await admin.taps("组织竞赛")
    for words in ("晚些的一场", "三题题库", "全部3题"):
        await (admin.says(words) if words == "晚些的一场" else admin.taps(words))
    for words in ("5月20日15:00", "5月21日15:00"):
        await admin.says(words)
        await admin.taps("没错")
    await admin.says("45")
    await admin.taps("正式")
    await admin.taps("全体人员")
    assert "2030年5月20日（周一）15:00 至 2030年5月21日（周二）15:00\n共3题，开始后限时45分钟" in admin.text()
    await admin.taps("保存并按时通知")
    await admin.taps("竞赛管理")
    await admin.taps("晚些的一场")
    await admin.taps("撤销")
    assert "要撤销 晚些的一场 吗" in admin.text()
    await admin.taps("撤销")
    assert admin.sees("已撤销，没有通知任何人")


async def test_a_contest_in_the_middle_of_a_draft_asks_first(opened: Person) -> None:
    await opened.says("/contest")
    await opened.taps("组织竞赛")
    await opened.says("第二场")
    await opened.says("/contest")
    assert "您还没有完成：安排竞赛" in opened.text()
    await opened.taps("继续填写")
    assert "2/8" in opened.text()


async def test_others_organise_nothing_and_guests_take_nothing(opened: Person, person: Named) -> None:
    member, guest = person("member"), person("guest")
    await member.says("/contest")
    assert member.sees("竞赛由管理员组织")
    for data in ("ct:card:1", "ct:publish:1", "ct:new:0", "ct:import:0", "ct:template:0"):
        await member.presses(data)
        assert member.toast.startswith("竞赛由管理员组织")
    await guest.says("/quiz")
    assert guest.sees("请先加入")
    for data in ("qz:desk:9:0:0:1", "qz:start:9:0:0:1", "qz:result:9:0:0:1", "qz:pick:1:0:0:1"):
        await member.presses(data)
        assert member.toast.startswith("没有找到")


async def test_what_is_chosen_and_not_confirmed_is_counted_as_it_will_be_judged(
    person: Named, files: dict[str, bytes]
) -> None:
    admin, member = person("admin"), person("member")
    await import_bank(admin, files)
    await plan(admin)
    await member.says("答题")
    await member.taps("知识竞赛第一场")
    await member.taps("开始答题")
    while "多选" not in member.text():
        await member.taps("下一题")
    await member.taps("A.")
    await member.taps("交卷")
    assert member.text() == (
        "还有2题没有作答，现在就交卷吗？交卷后不能再改。\n另有1题选了还没点“选好了”，将按已选的计分。"
    )
    await member.taps("确认交卷")
    assert member.sees("答了1/3题")


async def test_taking_part_in_english(opened: Person, person: Named) -> None:
    member = person("member")
    await member.says("/language")
    await member.taps("English")
    await member.says("quiz")
    await member.taps("知识竞赛第一场")
    assert "3 questions, 20 minutes from the start" in member.text()
    await member.taps("Start")
    assert "1/3 · 3 unanswered · 20 min left" in member.text()
    await member.taps("Finish")
    assert "3 questions are not answered" in member.text()
    await member.taps("Hand in")
    assert member.sees("Handed in: 知识竞赛第一场, 0 of 3 answered")
    member.talk.clock.set_local("2030-05-13 18:00")
    await member.says("/quiz")
    assert "result available · closed Mon 13 May" in member.text()
