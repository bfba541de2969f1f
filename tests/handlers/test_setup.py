"""Setting up in five steps: left and taken up again, each passed over or done by what does it elsewhere too."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest

from domain.entrances import FirstNames
from domain.errors import DomainError
from domain.people import Actor
from services.setup import SetUp
from services.spreadsheets import write_workbook
from storage.unit_of_work import Store
from tests.conftest import ZONE
from tests.talk import Person, Talk

NAMES = FirstNames("本单位", "管理员")


@pytest.fixture
async def admin(talk: Talk) -> Person:
    """The first administrator of an organisation that has nothing yet."""
    first = talk.person("first admin", None)
    talk.dispatcher["admin_ids"] = frozenset({first.chat_id})
    await first.says("/start")
    return first


def acting(admin: Person) -> Actor:
    return admin.talk.services.people.acting("telegram", admin.chat_id, "zh")


async def test_the_first_administrator_is_led_through_five_steps(admin: Person) -> None:
    assert admin.sees("请您分五步做好设置")
    await admin.taps("设置")
    for number, what in enumerate(("名称和语言", "工作时间和节假日", "名册", "由谁负责各单位", "试发一条消息"), 1):
        assert f"设置 {number}/5：{what}" in admin.text()
        await admin.taps("完成" if number == 5 else "下一步")
    assert "本单位已设置好" in admin.text()
    await admin.says("/menu")
    assert not any("设置" in button for button in admin.buttons())
    await admin.says("/setup")
    await admin.taps("3 名册")
    assert "设置 3/5" in admin.text()


async def test_it_is_offered_on_the_menu_and_goes_on_where_it_was_left(admin: Person, talk: Talk) -> None:
    """Also when the dialogue is long forgotten, and at another messenger."""
    await admin.says("/menu")
    assert "设置（5）" in admin.buttons()
    await admin.taps("设置")
    await admin.taps("下一步")
    await admin.taps("下一步")
    await admin.says("/menu")
    assert "设置（3）" in admin.buttons()
    elsewhere = talk.person("the same elsewhere", acting(admin).person_id)
    await elsewhere.says("/setup")
    assert "设置 3/5" in elsewhere.text()


async def test_what_a_step_leads_to_leads_back_to_it_until_setting_up_is_over(admin: Person) -> None:
    await admin.says("/language")
    await admin.taps("中文")
    assert admin.buttons() == ["设置"]
    await admin.says("/holidays")
    await admin.taps("›")
    assert admin.buttons()[-1] == "设置"
    await admin.taps("设置")
    assert "设置 1/5" in admin.text()
    for number in range(1, 6):
        await admin.taps("完成" if number == 5 else "下一步")
    await admin.says("/language")
    await admin.taps("中文")
    assert admin.buttons() == ["菜单"]


async def test_an_old_cards_next_does_not_lead_back(admin: Person) -> None:
    for number in (1, 2, 3):
        await admin.presses(f"su:next:{number}")
    await admin.presses("su:next:1")
    await admin.says("/setup")
    assert "设置 4/5" in admin.text()


async def test_the_organisation_gets_its_name(admin: Person) -> None:
    await admin.says("/setup")
    await admin.taps("修改名称")
    await admin.says("某某局")
    assert "现在的名称：某某局" in admin.text()
    assert acting(admin).unit_name == "某某局"
    await admin.taps("修改名称")
    await admin.says("  ")
    assert acting(admin).unit_name == "某某局"
    assert not admin.sees("设置 1/5")
    await admin.taps("返回")
    assert admin.sees("设置 1/5")


async def test_a_question_that_was_left_takes_no_answer(admin: Person) -> None:
    await admin.says("/setup")
    await admin.taps("修改名称")
    await admin.says("/setup")
    await admin.says("这不是名称")
    assert acting(admin).unit_name == "本单位"


async def test_working_hours_are_kept_and_what_is_said_unasked_waits_for_them(
    admin: Person, talk: Talk, store: Store
) -> None:
    await admin.presses("su:show:2")
    assert "工作时间：08:30 至 18:00" in admin.text()
    await admin.taps("修改时间")
    await admin.says("九点到五点")
    assert "这个时间没有看懂" in admin.text()
    await admin.says("9：00—17：30")
    assert "工作时间：09:00 至 17:30" in admin.text()
    with store.work() as work:
        calendar = work.calendar.work_calendar(ZONE)
    morning = datetime(2030, 5, 14, 9, 0, tzinfo=ZONE).astimezone(UTC)
    assert calendar.next_open(talk.clock.set_local("2030-05-13 17:30")) == morning
    assert calendar.next_open(talk.clock.set_local("2030-05-14 08:45")) == morning
    deadline = calendar.deadline(talk.clock.now(), 1).astimezone(ZONE)
    assert deadline.time() == time(18, 0)


async def test_the_steps_lead_to_what_does_the_work_elsewhere_too(admin: Person) -> None:
    await admin.presses("su:show:3")
    await admin.taps("导入")
    assert admin.sees("请您把填好的名册发给我")
    await admin.says("/setup")
    assert "设置 1/5" in admin.text()


async def test_after_an_import_the_way_on_stands_first(admin: Person) -> None:
    header = ("单位编码", "单位名称", "单位类型", "上级编码", "姓名", "工号", "角色")
    rows = (("organ-1", "综合单位", "机关", "", "", "", ""), ("organ-1", "", "", "", "负责人甲", "D001", "党员干部"))
    await admin.says("/import")
    await admin.sends_file("名册.xlsx", write_workbook({"名册": [header, *rows]}))
    await admin.taps("确认保存")
    assert admin.buttons()[0] == "设置"


async def test_a_draft_of_something_else_is_asked_about_first(admin: Person) -> None:
    await admin.says("/broadcast")
    await admin.says("停电通知")
    await admin.presses("su:name:1")
    assert "您还没有完成：发通知" in admin.text()
    await admin.taps("继续填写")
    assert "2/4" in admin.text()


async def test_a_test_message_comes_the_way_all_messages_come(admin: Person, talk: Talk) -> None:
    await admin.presses("su:show:5")
    talk.clock.set_local("2030-05-13 21:00")
    await admin.taps("发给我自己")
    assert "这是本单位的试发消息" in admin.text()


async def test_nobody_but_administrators_sets_up(person: Callable[[str], Person]) -> None:
    for name in ("member", "secretary", "guest"):
        other = person(name)
        for data in ("su:show:1", "su:next:1", "su:name:1", "su:times:2", "su:trial:5"):
            await other.presses(data)
            assert "管理员" in other.toast, data
        await other.says("/setup")
        assert "设置 1/5" not in other.text()
        await other.says("/menu")
        assert not any("设置" in button for button in other.buttons())


async def test_where_there_was_an_organisation_before_nothing_is_offered_and_setup_can_be_asked_for(
    person: Callable[[str], Person],
) -> None:
    admin = person("admin")
    await admin.says("/menu")
    assert not any("设置" in button for button in admin.buttons())
    await admin.says("/setup")
    assert "设置 1/5" in admin.text()


async def test_a_failure_in_the_middle_leaves_nothing_half_saved(
    admin: Person, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name and the trace of who changed it are one commit, and the question stands until it is answered."""
    await admin.says("/setup")
    await admin.taps("修改名称")

    def full(*_values: object, **_named: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("storage.audit.AuditTrail.record", full)
        await admin.says("某某局")
        assert acting(admin).unit_name == "本单位"
    await admin.says("某某局")
    assert "现在的名称：某某局" in admin.text()


def test_a_step_that_nobody_knows_changes_nothing_for_good(
    talk: Talk, person: Callable[[str], Person], actors: dict[str, Actor]
) -> None:
    service: SetUp = talk.services.set_up
    assert service.go_past(actors["admin"], 99).passed == 5
    with pytest.raises(DomainError, match="admins-only"):
        service.rename(actors["secretary"], "x")
