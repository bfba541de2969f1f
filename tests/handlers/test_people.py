"""The people one keeps: the secretary's list, a person's card, roles given and taken by an administrator."""

from collections.abc import Callable

from domain.people import Actor, Duty, RoleKind
from storage.unit_of_work import Store
from tests.conftest import ZONE
from tests.talk import Person, Talk
from views import home
from views.texts import Texts

Named = Callable[[str], Person]


async def test_a_secretary_sees_the_own_people_and_who_has_joined(person: Named) -> None:
    secretary = person("secretary")
    await secretary.says("/people")
    assert "综合服务单位：共5人，已加入2人" in secretary.text()
    assert "✓ 窗口党员甲" in secretary.buttons()
    assert "○ 窗口党员乙" in secretary.buttons()
    assert not any("技术党员" in button for button in secretary.buttons())


async def test_only_who_keeps_people_sees_them_and_others_read_as_if_there_were_none(
    person: Named, by_number: Callable[[str], Actor]
) -> None:
    member, secretary = person("member"), person("secretary")
    await member.says("/people")
    assert "由支部书记或管理员办理" in member.text()
    strangers = [by_number("C003").person_id, 999]
    answers = set()
    for number in strangers:
        for do in ("card", "invite", "roles", "leave-yes"):
            await secretary.presses(f"pp:{do}:{number}:0:0")
            answers.add(secretary.toast)
    for do in ("unit", "link"):
        await secretary.presses(f"pp:{do}:{by_number('C003').unit_id}:0:0")
        answers.add(secretary.toast)
    assert answers == {"没有找到，可能编号有误，或者您无权查看。"}


async def test_a_secretary_finds_somebody_by_name_in_the_own_unit_only(person: Named) -> None:
    secretary = person("secretary")
    await secretary.says("/people")
    await secretary.taps("按姓名找")
    await secretary.says("技术党员")
    assert "没有找到" in secretary.text()
    await secretary.says("丙")
    await secretary.taps("窗口党员丙")
    assert "第一支部，工号 B005" in secretary.text()
    assert "未加入" in secretary.text()


async def test_an_admin_chooses_a_unit_and_sees_its_people(person: Named) -> None:
    admin = person("admin")
    await admin.says("/people")
    await admin.taps("第二支部")
    assert "第二支部：共3人，已加入0人" in admin.text()
    await admin.taps("返回")
    assert "请您选择单位" in admin.text()


async def give_a_role(admin: Person, name: str, role: str, unit: str) -> None:
    await admin.says("/people")
    await admin.taps("按姓名找")
    await admin.says(name)
    await admin.taps(name)
    await admin.taps("角色")
    await admin.taps("增加角色")
    await admin.taps(role)
    await admin.taps(unit)


async def test_an_admin_gives_a_role_and_takes_it_away(
    talk: Talk, person: Named, by_number: Callable[[str], Actor]
) -> None:
    admin, member = person("admin"), talk.person("member", by_number("B004").person_id)
    await give_a_role(admin, "窗口党员乙", "督导", "示例机关工委")
    assert member.sees("您已担任督导（示例机关工委）")
    await member.says("/menu")
    assert "您的身份：督导（示例机关工委）" in member.text()
    await admin.taps("✕ 督导")
    assert "取消 窗口党员乙 的督导（示例机关工委）" in admin.text()
    assert by_number("B004").has(RoleKind.SUPERVISOR)
    await admin.taps("返回")
    await admin.taps("✕ 督导")
    await admin.taps("确认取消")
    assert member.sees("您不再担任督导（示例机关工委）")
    await member.says("/menu")
    assert "您的身份" not in member.text()


async def test_the_unit_of_a_role_is_found_by_part_of_its_name(
    person: Named, by_number: Callable[[str], Actor]
) -> None:
    admin = person("admin")
    await admin.presses(f"pp:grant:{by_number('B003').person_id}:0:0")
    await admin.taps("监督点联络员")
    await admin.says("没有这个单位")
    assert "没有找到" in admin.text()
    await admin.says("02市")
    await admin.taps("02市工委")
    assert by_number("B003").has(RoleKind.POINT_OFFICER)
    await admin.presses(f"pp:grant:{by_number('B003').person_id}:0:0")
    await admin.taps("监督点联络员")
    await admin.taps("返回")
    assert "请您选择给 窗口党员甲 的角色" in admin.text()


async def test_a_role_already_held_or_made_up_is_refused(person: Named, by_number: Callable[[str], Actor]) -> None:
    admin = person("admin")
    await give_a_role(admin, "窗口党员甲", "党员干部", "第一支部")
    assert "此人已有这个角色" in admin.toast
    await admin.taps("取消")
    await admin.presses(f"pp:grant:{by_number('B003').person_id}:0:0")
    await admin.presses("step:role:emperor")
    assert admin.toast == "请点选卡片上的选项。"


async def test_nobody_but_an_admin_changes_roles(
    person: Named, by_number: Callable[[str], Actor], store: Store
) -> None:
    secretary = person("secretary")
    own = by_number("B003")
    with store.work() as work:
        [role] = work.people.roles_of(own.person_id or 0)
    for do in ("ask-revoke", "revoke"):
        await secretary.presses(f"pp:{do}:{own.person_id}:{role.id}:0")
        assert secretary.toast.startswith("没有找到")
    await secretary.presses(f"pp:grant:{own.person_id}:0:0")
    await secretary.presses("step:role:admin")
    assert secretary.toast.startswith("没有找到")
    await secretary.presses(f"pp:leave-yes:{own.person_id}:0:0")
    assert secretary.toast.startswith("没有找到")
    assert not by_number("B003").has(RoleKind.ADMIN)


async def test_the_last_admin_keeps_the_role_and_stays(
    person: Named, by_number: Callable[[str], Actor], store: Store
) -> None:
    admin = person("admin")
    own = by_number("A001").person_id or 0
    await admin.presses(f"pp:roles:{own}:0:0")
    with store.work() as work:
        [role] = work.people.roles_of(own)
    await admin.presses(f"pp:revoke:{own}:{role.id}:0")
    assert "最后一名管理员" in admin.toast
    await admin.presses(f"pp:leave-yes:{own}:0:0")
    assert "最后一名管理员" in admin.toast
    await give_a_role(admin, "窗口党员甲", "管理员", "示例机关工委")
    await admin.presses(f"pp:revoke:{own}:{role.id}:0")
    assert not by_number("A001").has(RoleKind.ADMIN)


async def test_whoever_left_is_a_guest(person: Named, by_number: Callable[[str], Actor]) -> None:
    admin, member = person("admin"), person("member")
    await admin.presses(f"pp:leave:{by_number('B003').person_id}:0:0")
    assert "窗口党员甲 已离开？" in admin.text()
    await admin.taps("确认已离开")
    assert "已离开" in admin.text()
    await member.says("/report")
    assert member.sees("请先加入")


async def test_several_roles_are_one_menu_that_says_as_whom_one_acts() -> None:
    duties = (
        Duty(RoleKind.SECRETARY, 2, "/1/2/", "第一支部"),
        Duty(RoleKind.SUPERVISOR, 1, "/1/", "机关"),
        Duty(RoleKind.MEMBER, 2, "/1/2/", "第一支部"),
    )
    actor = Actor("web", 1, "zh", person_id=1, name="某人", duties=duties)
    for language, said in (
        ("zh", "您的身份：支部书记（第一支部）、督导（机关）"),
        ("en", "You act as: branch secretary (第一支部), supervisor (机关)"),
    ):
        screen = home.menu(actor, Texts().translator(language, ZONE), home.commands_of(actor), {"triage": 2})
        assert said in screen.text.as_kwargs()["text"]
        labels = [button.text for row in screen.rows for button in row]
        assert len(labels) == len(set(labels))
    assert {"triage", "inbox", "people", "report"} <= set(home.commands_of(actor))
    assert home.commands_of(actor)[0] == "menu"


async def test_the_menu_tells_what_waits_from_what_else_there_is_and_keeps_the_rest_behind_one_button(
    person: Named,
) -> None:
    duties = tuple(Duty(role, 1, "/1/", "机关") for role in RoleKind)
    actor = Actor("web", 1, "zh", person_id=1, name="某人", duties=duties)
    screen = home.menu(actor, Texts().translator("zh", ZONE), home.commands_of(actor), {"triage": 2, "notices": 1})
    labels = [button.text for row in screen.rows for button in row]
    assert "等您办理：受理分办（2）、通知（1）\n您还可以：" in screen.text.as_kwargs()["text"]
    assert labels[:2] == ["受理分办（2）", "通知（1）"]
    assert (len(labels), labels[-1]) == (8, "更多…")
    admin = person("admin")
    await admin.says("/menu")
    await admin.taps("更多")
    assert {"健康", "节假日", "查问题", "语言", "帮助"} <= set(admin.buttons())


async def test_a_command_of_a_duty_one_does_not_have_says_whose_it_is_and_what_one_can_do(person: Named) -> None:
    member = person("member")
    for command, whose, instead in (
        ("/triage", "受理分办由督导办理", "/report"),
        ("/inbox", "签收由支部书记办理", "/my"),
        ("/roll", "点名由支部书记或管理员办理", "/study"),
        ("/people", "由支部书记或管理员办理", "/menu"),
        ("/units", "由管理员办理", "/menu"),
        ("/broadcast", "由管理员或支部书记办理", "/notices"),
        ("/contest", "竞赛由管理员组织", "/quiz"),
    ):
        await member.says(command)
        assert whose in member.text()
        assert instead in member.text()
    for name, command, said in (("supervisor", "/triage", "没有等待受理分办"), ("secretary", "/roll", "没有等您点名")):
        holder = person(name)
        await holder.says(command)
        assert said in holder.text()


async def test_help_names_each_command_once_and_looking_at_a_problem_to_everybody(person: Named) -> None:
    for name in ("member", "secretary", "supervisor", "admin"):
        reader = person(name)
        await reader.says("/help")
        assert reader.text().count("/problem ") == 1
    guest = person("guest")
    await guest.says("/help")
    assert guest.text().count("/language ") == 1
    assert "/problem " not in guest.text()


async def test_a_person_with_two_roles_does_the_work_of_both(talk: Talk, person: Named) -> None:
    admin, secretary = person("admin"), person("secretary")
    await give_a_role(admin, "一支部书记", "督导", "示例机关工委")
    await secretary.says("/menu")
    assert "支部书记（综合服务单位）、督导（示例机关工委）" in secretary.text()
    for command, known in (("/triage", "受理分办"), ("/people", "综合服务单位：共5人")):
        await secretary.says(command)
        assert known in secretary.text()


async def test_the_card_in_english(person: Named, by_number: Callable[[str], Actor]) -> None:
    admin = person("admin")
    await admin.says("/language")
    await admin.taps("English")
    await admin.presses(f"pp:card:{by_number('B003').person_id}:0:0")
    assert "第一支部, staff number B003" in admin.text()
    await admin.taps("Roles")
    assert "✕ member (第一支部)" in admin.buttons()
