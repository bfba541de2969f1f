"""The step that asks for a person: those picked lately, or found by part of a name."""

from collections.abc import Callable

import pytest
from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.people import Actor
from domain.use import Use
from handlers import steps
from handlers.filters import Called
from handlers.picking import PickingPerson
from handlers.show import Event, Show
from services.people import People
from storage.unit_of_work import Store
from tests.talk import Person, Talk
from views.screen import Screen
from views.texts import Translator

WHO = PickingPerson(lambda t: t("report-filed-next"))


class Looking(StatesGroup):
    who_text = State()


@steps.prompts("Looking")
async def prompt(draft: dict[str, object], t: Translator) -> Screen:
    return WHO.screen(t, draft)


async def begin(
    _event: Event, args: str, actor: Actor, state: FSMContext, people: People, use: Use, show: Show, t: Translator
) -> None:
    await state.set_state(Looking.who_text)
    await state.set_data({"title": "kept", **await WHO.begin(actor, people, use, args)})
    await show(WHO.screen(t, await state.get_data()))


async def took(_event: Event, person_id: int, state: FSMContext, show: Show, t: Translator) -> None:
    kept = await state.get_data()
    await show(Screen(t("problem-text", text=f"took {person_id}, {sorted(kept)}")))


@pytest.fixture
def at_the_step(talk: Talk, actors: dict[str, Actor]) -> Callable[[str], Person]:
    """A persona at a wizard of this one step, in front of all other routers."""
    router = Router(name="wizard")
    router.message.register(begin, Called("due"))
    WHO.register(router, Looking.who_text, took)
    talk.dispatcher.sub_routers.insert(0, router)
    return lambda name: talk.person(name, actors[name].person_id)


async def test_somebody_is_found_by_part_of_the_name(
    at_the_step: Callable[[str], Person], by_number: Callable[[str], Actor]
) -> None:
    supervisor = at_the_step("supervisor")
    await supervisor.says("/due")
    assert "请您输入姓名的一部分" in supervisor.text()
    await supervisor.says("窗口党员")
    assert [button for button in supervisor.buttons() if "窗口党员" in button] == [
        "窗口党员丙（第一支部）",
        "窗口党员乙（第一支部）",
        "窗口党员甲（第一支部）",
    ]
    await supervisor.taps("窗口党员乙")
    assert supervisor.sees(f"took {by_number('B004').person_id}, ['title']")


async def test_a_whole_staff_number_finds_exactly_one(at_the_step: Callable[[str], Person]) -> None:
    supervisor = at_the_step("supervisor")
    await supervisor.says("/due")
    await supervisor.says("C003")
    assert supervisor.buttons()[:-2] == ["技术党员甲（第二支部）"]
    await supervisor.says("没有这个人")
    assert "没有找到" in supervisor.text()


async def test_those_picked_lately_stand_first_the_newest_before_the_others(
    at_the_step: Callable[[str], Person], by_number: Callable[[str], Actor], store: Store, talk: Talk
) -> None:
    supervisor = at_the_step("supervisor")
    chosen = [by_number(number).person_id or 0 for number in ("B003", "B004", "B005", "C001", "C002", "C003", "B003")]
    by_id = by_number("A002").person_id or 0
    with store.work() as work:
        for person_id in chosen:
            work.people.remember_pick(by_id, person_id, talk.clock.advance(minutes=1))
    await supervisor.says("/due")
    assert [button.partition("（")[0] for button in supervisor.buttons()[:-2]] == [
        "窗口党员甲",
        "技术党员甲",
        "二支部书记",
        "技术单位负责人",
        "窗口党员丙",
    ]


async def test_the_search_stays_within_a_unit(
    at_the_step: Callable[[str], Person], by_number: Callable[[str], Actor]
) -> None:
    supervisor = at_the_step("supervisor")
    await supervisor.says(f"/due {by_number('C002').unit_path}")
    await supervisor.says("党员")
    assert supervisor.buttons()[:-2] == ["技术党员乙（第二支部）", "技术党员甲（第二支部）"]


async def test_a_plain_member_finds_the_own_unit_only(at_the_step: Callable[[str], Person]) -> None:
    member = at_the_step("member")
    await member.says("/due")
    await member.says("技术党员")
    assert "没有找到" in member.text()
    await member.says("窗口党员甲")
    assert member.buttons()[0] == "窗口党员甲（第一支部）"


async def test_a_button_that_was_not_offered_is_refused(
    at_the_step: Callable[[str], Person], by_number: Callable[[str], Actor]
) -> None:
    supervisor = at_the_step("supervisor")
    await supervisor.says("/due")
    await supervisor.presses(f"step:pick:{by_number('C003').person_id}")
    assert supervisor.toast == "请点选卡片上的选项。"


async def test_signs_with_a_meaning_to_the_database_are_looked_for_as_they_are(
    at_the_step: Callable[[str], Person],
) -> None:
    supervisor = at_the_step("supervisor")
    await supervisor.says("/due")
    await supervisor.says("%")
    assert "没有找到" in supervisor.text()
