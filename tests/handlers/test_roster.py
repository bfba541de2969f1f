"""Bringing in the roster as a spreadsheet: template out, preview, nothing saved before it is confirmed."""

import csv
import io
from collections.abc import Callable, Sequence

from domain.people import Actor, RoleKind
from services.spreadsheets import read_table, write_workbook
from storage.unit_of_work import Store
from tests.talk import Person, Talk

Named = Callable[[str], Person]
HEADER = ("单位编码", "单位名称", "单位类型", "上级编码", "姓名", "工号", "角色")


def workbook(*rows: Sequence[str]) -> bytes:
    return write_workbook({"名册": [HEADER, *rows]})


async def import_file(admin: Person, data: bytes, name: str = "名册.xlsx") -> None:
    await admin.says("/import")
    await admin.sends_file(name, data)


def sent_file(talk: Talk) -> bytes:
    """The newest document the bot sent."""
    return next(call.files["document"].data for call in reversed(talk.session.calls) if call.files)


async def test_the_template_carries_the_roster_as_it_stands_and_brings_it_back_unchanged(
    talk: Talk, person: Named
) -> None:
    admin = person("admin")
    await admin.says("/import")
    assert "请您把填好的名册发给我" in admin.text()
    table = read_table(sent_file(talk), "名册模板.xlsx")
    assert table.header == (*HEADER[:4], "成立日期", "届满日期", *HEADER[4:])
    rows = [cells for _, cells in table.rows]
    assert ("branch-1", "第一支部", "党支部", "organ-1", "", "", "窗口党员甲", "B003", "党员干部") in rows
    assert ("city-02", "02市工委", "市委", "office", "", "", "", "", "") in rows
    await admin.sends_file("名册模板.xlsx", sent_file(talk))
    assert "没有要保存的变动" in admin.text()


async def test_what_would_change_is_shown_and_saved_only_when_confirmed(
    person: Named, store: Store, by_number: Callable[[str], Actor]
) -> None:
    admin = person("admin")
    rows = (
        ("organ-3", "新机关", "机关", "office", "", "", ""),
        ("branch-3", "第三支部", "党支部", "organ-3", "新党员甲", "D001", "支部书记，党员干部"),
        ("branch-3", "", "", "", "新党员乙", "D002", ""),
        ("branch-3", "", "", "", "窗口党员甲", "B003", ""),
        ("organ-2", "数据单位", "机关", "office", "", "", ""),
    )
    await import_file(admin, workbook(*rows))
    for line in ("新增单位2个：新机关、第三支部", "变更单位1个：数据单位", "新增人员2名：新党员甲、新党员乙"):
        assert line in admin.text()
    assert "变更人员1名：窗口党员甲" in admin.text()
    assert "表里没有12名" in admin.text()
    with store.work() as work:
        assert work.people.person_by_staff_number("D001") is None
    await admin.taps("确认保存")
    assert admin.sees("已保存名册：新增单位2个、变更1个；新增人员2名、变更1名；表里没有的12名保持不变")
    assert by_number("B003").unit_name == "第三支部"
    assert by_number("B004").unit_name == "第一支部"
    secretary = by_number("D001")
    assert secretary.has(RoleKind.SECRETARY, secretary.unit_path)
    assert by_number("C003").unit_path.startswith("/1/3/")


async def test_whoever_is_not_in_the_file_stays_unless_each_is_said_to_have_left(
    talk: Talk, person: Named, store: Store, by_number: Callable[[str], Actor]
) -> None:
    admin, member = person("admin"), person("member")
    await import_file(admin, workbook(("branch-1", "", "", "", "窗口党员丙", "B005", "")))
    assert "表里没有的人不会被删除" in admin.text()
    await admin.taps("其中谁已离开")
    assert "表里没有12名，其中0名已离开" in admin.text()
    await admin.taps("窗口党员甲")
    await admin.taps("下一页")
    await admin.taps("技术党员甲")
    await admin.taps("上一页")
    assert "✕ 窗口党员甲（B003）" in admin.buttons()
    await admin.taps("窗口党员乙")
    await admin.taps("窗口党员乙")
    await admin.taps("返回")
    assert "其中2名登记为已离开，其余保持不变" in admin.text()
    await member.says("/my")
    assert not member.sees("请先加入")
    await admin.taps("确认保存")
    assert admin.sees("另有2名登记为已离开，已不能登录")
    await member.says("/my")
    assert member.sees("请先加入")
    with store.work() as work:
        left = {one.staff_number for one in work.people.everybody() if one.left_at is not None}
    assert left == {"B003", "C003"}


async def test_an_import_cannot_let_the_last_admin_go(person: Named, by_number: Callable[[str], Actor]) -> None:
    admin = person("admin")
    await import_file(admin, workbook(("branch-1", "", "", "", "窗口党员丙", "B005", "")))
    await admin.taps("其中谁已离开")
    await admin.taps("管理员（A001）")
    await admin.taps("返回")
    await admin.taps("确认保存")
    assert "最后一名管理员" in admin.toast
    await admin.says("/import")
    assert not admin.sees("由管理员办理")


async def test_whoever_left_and_is_in_the_file_again_is_back_with_a_new_link(
    person: Named, by_number: Callable[[str], Actor]
) -> None:
    admin, member = person("admin"), person("member")
    await admin.presses(f"pp:leave-yes:{by_number('B003').person_id}:0:0")
    await import_file(admin, workbook(("branch-1", "", "", "", "窗口党员甲", "B003", "")))
    await admin.taps("确认保存")
    await member.says("/my")
    assert member.sees("请先加入")
    await admin.presses(f"pp:invite:{by_number('B003').person_id}:0:0")
    await member.says("/start j_" + admin.text().split("start=j_")[1].split()[0])
    assert member.sees("欢迎您，窗口党员甲")


async def test_cancelling_saves_nothing(person: Named, store: Store) -> None:
    admin = person("admin")
    await import_file(admin, workbook(("x", "新单位", "机关", "office", "", "", "")))
    await admin.taps("取消")
    await admin.presses("step:save-roster:")
    with store.work() as work:
        assert work.people.unit_by_code("x") is None


async def test_rows_that_cannot_be_taken_are_named_by_their_numbers_and_nothing_is_saved(
    person: Named, store: Store
) -> None:
    admin = person("admin")
    rows = (
        ("", "", "", "", "某人", "E001", ""),
        ("u1", "单位一", "公司", "office", "", "", ""),
        ("u2", "单位二", "机关", "nowhere", "", "", ""),
        ("u3", "单位三", "机关", "u4", "", "", ""),
        ("u4", "单位四", "机关", "u3", "", "", ""),
        ("branch-1", "", "", "", "", "E002", ""),
        ("branch-1", "", "", "", "无号", "", ""),
        ("branch-1", "", "", "", "甲", "E003", ""),
        ("branch-1", "", "", "", "乙", "E003", ""),
        ("branch-1", "", "", "", "丙", "E004", "皇帝"),
        ("office", "", "", "", "管理员", "A001", "党员干部"),
        ("nowhere", "", "", "", "丁", "E005", ""),
    )
    await import_file(admin, workbook(*rows))
    assert "有11处不能导入，没有保存任何内容" in admin.text()
    for line in (
        "第2行：没有单位编码",
        "第3行：不认识的单位类型“公司”",
        "第4行：没有编码为“nowhere”的上级",
        "第5行：单位“u3”的上级绕了回来",
        "第7行：工号“E002”没有姓名",
        "第8行：“无号”没有工号",
        "第10行：工号“E003”在表里重复",
        "第11行：不认识的角色“皇帝”，可以写：党员干部、支部书记、监督点联络员、督导、管理员",
        "另有1处没有列出",
    ):
        assert line in admin.text()
    await admin.presses("step:save-roster:")
    with store.work() as work:
        assert work.people.unit_by_code("u3") is None
    await admin.sends_file("名册.xlsx", workbook(("u5", "单位五", "机关", "office", "", "", "")))
    assert "新增单位1个：单位五" in admin.text()


async def test_the_last_admin_cannot_lose_the_role_by_an_import(person: Named) -> None:
    admin = person("admin")
    await import_file(admin, workbook(("office", "", "", "", "管理员", "A001", "党员干部")))
    assert "第2行：“管理员”是最后一名管理员，不能去掉" in admin.text()
    rows = (("office", "", "", "", "管理员", "A001", "党员干部"), ("office", "", "", "", "督导甲", "A002", "管理员"))
    await admin.sends_file("名册.xlsx", workbook(*rows))
    assert "变更人员2名" in admin.text()


async def test_a_csv_with_english_words_is_read_as_well(person: Named, by_number: Callable[[str], Actor]) -> None:
    admin = person("admin")
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(("Unit code", "Unit name", "Unit kind", "Parent code", "Name", "Staff number", "Roles"))
    writer.writerow(("b9", "Ninth", "branch", "organ-1", "Nine", "N9", "Branch secretary@organ-1; member"))
    await import_file(admin, target.getvalue().encode("utf-8-sig"), "roster.csv")
    await admin.taps("确认保存")
    nine = by_number("N9")
    assert {(duty.role, duty.unit_name) for duty in nine.duties} == {
        (RoleKind.SECRETARY, "综合服务单位"),
        (RoleKind.MEMBER, "Ninth"),
    }


async def test_missing_columns_are_named(person: Named) -> None:
    admin = person("admin")
    await admin.says("/import")
    await admin.sends_file("名册.xlsx", write_workbook({"a": [("单位编码", "姓名"), ("x", "y")]}))
    assert "缺少这些列：单位名称 / 单位类型 / 上级编码 / 工号 / 角色" in admin.text()
    await admin.sends_file("名册.xlsx", b"not a spreadsheet")
    assert "打不开" in admin.text()
    await admin.sends_file("photo.jpg", b"x")
    assert "只能读取" in admin.text()
    await admin.says("我没有文件")
    assert "请您发送 .xlsx 或 .csv 文件" in admin.text()


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(person: Named) -> None:
    admin = person("admin")
    await admin.says("/import")
    await admin.sends({"document": {"file_id": "gone", "file_unique_id": "gone", "file_name": "a.xlsx"}})
    assert "文件没有取到，请再发一次" in admin.text()


async def test_a_roster_that_changed_since_is_shown_anew_before_it_is_saved(
    person: Named, by_number: Callable[[str], Actor]
) -> None:
    admin = person("admin")
    await import_file(admin, workbook(("branch-1", "", "", "", "窗口党员甲", "B003", "督导@office")))
    assert "变更人员1名" in admin.text()
    await admin.presses(f"pp:leave-yes:{by_number('C004').person_id}:0:0")
    await admin.presses("step:save-roster:")
    assert admin.sees("名册刚才有变动，请您再核对一次")
    assert not by_number("B003").has(RoleKind.SUPERVISOR)
    await admin.taps("确认保存")
    assert by_number("B003").has(RoleKind.SUPERVISOR)


async def test_the_same_confirmation_again_saves_once(person: Named) -> None:
    admin = person("admin")
    await import_file(admin, workbook(("x", "新单位", "机关", "office", "", "", "")))
    number = await admin.taps("确认保存")
    await admin.presses("step:save-roster:", again=number)
    assert admin.toast.startswith("已经保存过了")
    assert sum("已保存名册" in str(message.get("text")) for message in admin.messages()) == 1


async def test_whoever_left_comes_back_by_an_import_that_names_them(
    person: Named, by_number: Callable[[str], Actor], store: Store
) -> None:
    admin = person("admin")
    await admin.presses(f"pp:leave-yes:{by_number('B003').person_id}:0:0")
    await import_file(admin, workbook(("branch-1", "", "", "", "窗口党员甲", "B003", "")))
    assert "变更人员1名：窗口党员甲" in admin.text()
    await admin.taps("确认保存")
    with store.work() as work:
        person_back = work.people.person_by_staff_number("B003")
    assert person_back is not None
    assert person_back.left_at is None


async def test_days_of_a_branch_are_imported_and_the_tree_tells_what_is_to_be_done(person: Named) -> None:
    admin = person("admin")
    header = [*HEADER, "成立日期", "届满日期"]
    rows = (
        ["branch-1", "第一支部", "党支部", "organ-1", "", "", "", "2020-07-01", "2030年5月1日"],
        ["branch-9", "新支部", "党支部", "organ-1", "", "", "", "2030/3/1", "2030-06-30"],
    )
    await import_file(admin, write_workbook({"名册": [header, *rows]}))
    assert "变更单位1个：第一支部" in admin.text()
    await admin.taps("确认保存")
    await admin.says("/units")
    tree = admin.text().splitlines()
    first, new = (next(place for place, line in enumerate(tree) if name in line) for name in ("第一支部", "新支部"))
    assert [line.strip("　") for line in tree[first + 1 : first + 2]] == ["换届已逾期，应在2030年5月1日前完成"]
    assert [line.strip("　") for line in tree[new + 1 : new + 4]] == [
        "今年新成立",
        "支部书记空缺",
        "请在2030年6月30日前换届",
    ]
    await import_file(admin, write_workbook({"名册": [header, [*rows[0][:7], "去年", ""]]}))
    assert "第2行：不认识的日期“去年”，请写成 2030-05-20 这样" in admin.text()


async def test_only_an_admin_imports_and_sees_all_units(person: Named) -> None:
    for name in ("member", "secretary", "supervisor"):
        one = person(name)
        await one.says("/import")
        assert "这一项由管理员办理" in one.text()
        await one.says("/units")
        assert "这一项由管理员办理" in one.text()


async def test_the_units_are_a_tree_with_head_counts(person: Named) -> None:
    admin = person("admin")
    await admin.says("/units")
    lines = admin.text().split("\n")
    assert lines[0] == "单位共8个，括号里是已加入人数/人数："
    assert lines[1] == "示例机关工委 · 办公室（5/13）"
    assert lines[2] == "　综合服务单位 · 机关（2/5）"
    assert lines[3] == "　　接待窗口处 · 内设机构（0/0）"


async def test_the_import_in_english(person: Named) -> None:
    admin = person("admin")
    await admin.says("/language")
    await admin.taps("English")
    await import_file(admin, workbook(("x", "New", "organ", "office", "One", "Z1", "")))
    assert "New units, 1: New" in admin.text()
    await admin.taps("Save")
    assert admin.sees("Units: 1 new, 0 changed. People: 1 new, 0 changed, 13 not in the file")
