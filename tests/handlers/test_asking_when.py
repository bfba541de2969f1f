"""The step that asks for a date: by buttons, by the page's picker, typed; always read back before it counts."""

from datetime import datetime, time

import pytest
from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.people import Actor
from domain.turn import Turn
from handlers import steps
from handlers.asking_when import AskingWhen
from handlers.filters import Called, To
from handlers.show import Event, Show
from tests.conftest import FixedClock
from tests.talk import Person, Talk
from views.screen import Screen
from views.texts import Translator
from views.when import moment

MEETING = AskingWhen(lambda t: t("report-filed-next"))
DEADLINE = AskingWhen(lambda t: t("report-filed-next"), time(18, 0))


class Wizard(StatesGroup):
    meeting_text = State()
    deadline_text = State()


@steps.prompts("Wizard")
async def prompt(raw_state: str, draft: dict[str, object], t: Translator) -> Screen:
    return (MEETING if raw_state == Wizard.meeting_text.state else DEADLINE).screen(t, draft)


async def begin(_event: Event, args: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
    asking, step = (DEADLINE, Wizard.deadline_text) if args else (MEETING, Wizard.meeting_text)
    await state.set_state(step)
    await state.set_data({"title": "kept", **asking.begin(turn, t)})
    await show(asking.screen(t, await state.get_data()))


async def took(_event: Event, at: datetime, state: FSMContext, show: Show, t: Translator) -> None:
    kept = await state.get_data()
    await state.clear()
    await show(Screen(t("triage-title", count=len(kept))), fresh=True)
    await show(Screen(t("problem-text", text=f"took {moment(t, at)}")), fresh=True)


async def left(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.clear()
    await show(Screen(t("problem-text", text="left the step")))


@pytest.fixture
def member(talk: Talk, actors: dict[str, Actor]) -> Person:
    """A member at a wizard of these two steps, in front of all other routers."""
    router = Router(name="wizard")
    router.message.register(begin, Called("due"))
    MEETING.register(router, Wizard.meeting_text, took)
    DEADLINE.register(router, Wizard.deadline_text, took)
    router.callback_query.register(left, StateFilter(Wizard), To("back"))
    talk.dispatcher.sub_routers.insert(0, router)
    return talk.person("member", actors["member"].person_id)


async def test_a_near_day_and_a_usual_time_take_two_taps_and_are_read_back(member: Person) -> None:
    await member.says("/due")
    await member.taps("明天")
    assert "请您选择时间" in member.text()
    await member.taps("15:00")
    assert "请您核对：2030年5月14日（周二）15:00" in member.text()
    await member.taps("没错")
    assert member.sees("took 5月14日（周二）15:00")


async def test_what_the_wizard_had_before_is_kept_and_the_step_leaves_nothing_behind(member: Person) -> None:
    await member.says("/due")
    await member.taps("明天")
    await member.taps("15:00")
    await member.taps("没错")
    assert member.sees("待受理分办：1件")


async def test_a_step_for_a_day_alone_does_not_ask_for_the_hour(member: Person) -> None:
    await member.says("/due x")
    await member.taps("下周一（5月20日）")
    assert "2030年5月20日（周一）18:00" in member.text()


async def test_a_day_typed_without_its_year_that_has_passed_is_said_to_be_next_years(member: Person) -> None:
    await member.says("/due x")
    await member.says("3月1日")
    assert member.text().endswith("请您核对：2031年3月1日（周六）18:00\n请留意：这是2031年。")
    await member.says("5月20日")
    assert member.text().endswith("请您核对：2030年5月20日（周一）18:00")


async def test_a_day_is_found_by_paging_through_the_calendar(member: Person) -> None:
    await member.says("/due x")
    await member.taps("日历")
    assert member.text().endswith("2030年5月")
    await member.taps("2030年6月 ›")
    assert "‹ 2030年5月" in member.buttons()
    await member.taps("21")
    assert "2030年6月21日（周五）18:00" in member.text()


async def test_days_that_are_past_cannot_be_pressed_in_the_calendar(member: Person) -> None:
    await member.says("/due x")
    await member.taps("日历")
    assert "12" not in member.buttons()
    assert {"13", "31"} <= set(member.buttons())
    await member.taps("·")
    assert "没有可选的日期" in member.toast


async def test_the_pages_own_picker_sends_a_date_and_a_time(member: Person, talk: Talk) -> None:
    await member.says("/due")
    assert talk.session.calls[-1].payload["picker"] == "datetime"
    await member.says("2030-05-20 15:00")
    assert "2030年5月20日（周一）15:00" in member.text()


async def test_a_page_asked_for_a_day_alone_offers_no_time(member: Person, talk: Talk) -> None:
    await member.says("/due x")
    assert talk.session.calls[-1].payload["picker"] == "date"
    await member.says("2030-05-20")
    assert "2030年5月20日（周一）18:00" in member.text()


async def test_a_typed_day_without_a_time_is_asked_for_the_time(member: Person) -> None:
    await member.says("/due")
    await member.says("2030-05-20")
    assert "请您选择时间" in member.text()
    await member.says("14:45")
    assert "2030年5月20日（周一）14:45" in member.text()


@pytest.mark.parametrize("typed", ["5月20日15:00", "2030-05-20 15:00", "20 May 3pm", "下周一下午3点"])
async def test_a_date_is_typed_as_people_write_it(member: Person, typed: str) -> None:
    await member.says("/due")
    await member.says(typed)
    assert "2030年5月20日（周一）15:00" in member.text()


@pytest.mark.parametrize("typed", ["14:45", "下午2点45", "2:45pm"])
async def test_once_the_day_is_chosen_a_time_alone_will_do(member: Person, typed: str) -> None:
    await member.says("/due")
    await member.taps("明天")
    await member.says(typed)
    assert "2030年5月14日（周二）14:45" in member.text()


async def test_another_date_may_still_be_typed_when_the_time_is_asked_for(member: Person) -> None:
    await member.says("/due")
    await member.taps("明天")
    await member.says("5月20日")
    assert "2030年5月20日（周一），请您选择时间" in member.text()


async def test_what_is_no_date_is_said_to_be_none_and_the_step_stands(member: Person) -> None:
    await member.says("/due")
    await member.says("2030-02-30 15:00")
    assert "没有这个日期" in member.text()
    await member.says("看情况")
    assert "没有看懂这个日期" in member.text()
    await member.says("2030-05-20 15:00")
    assert "请您核对" in member.text()


async def test_a_time_that_has_passed_is_refused(member: Person) -> None:
    await member.says("/due")
    await member.says("2030-05-13 09:59")
    assert member.sees("已经过去了")


async def test_a_time_that_passes_before_the_agreement_is_refused_then(member: Person, clock: FixedClock) -> None:
    await member.says("/due")
    await member.says("2030-05-13 10:05")
    clock.advance(minutes=10)
    await member.taps("没错")
    assert "已经过去了" in member.toast
    assert not member.sees("took")


async def test_today_offers_only_times_to_come(member: Person) -> None:
    await member.says("/due")
    await member.taps("今天")
    assert "09:00" not in member.buttons()
    assert "14:00" in member.buttons()


async def test_changing_ones_mind_begins_the_step_anew(member: Person) -> None:
    await member.says("/due")
    await member.says("2030-05-20 15:00")
    await member.taps("改时间")
    assert "明天（5月14日）" in member.buttons()


async def test_back_leads_out_of_the_calendar_first_and_then_out_of_the_step(member: Person) -> None:
    await member.says("/due")
    await member.taps("日历")
    await member.taps("返回")
    assert "明天（5月14日）" in member.buttons()
    await member.taps("返回")
    assert "left the step" in member.text()


async def test_a_button_of_another_release_or_of_nobodys_is_refused_calmly(member: Person) -> None:
    await member.says("/due")
    for data in ("step:day:soon", "step:month:2030", "step:time:99", "step:time:1500"):
        await member.presses(data)
        assert "没有可选的日期" in member.toast


async def test_a_day_far_away_is_refused_however_it_is_said(member: Person) -> None:
    await member.says("/due")
    for data in ("step:day:9999-12-31", "step:month:9999-12", "step:month:0001-01", "step:day:0001-01-01"):
        await member.presses(data)
        assert "超过10年" in member.toast
    await member.says("3030-05-20 15:00")
    assert "超过10年" in member.text()


async def test_english_words_stand_where_chinese_ones_did(member: Person) -> None:
    await member.says("/language")
    await member.taps("English")
    await member.says("/due")
    await member.taps("Tomorrow")
    await member.taps("15:00")
    assert "Please check: Tue 14 May 2030, 15:00" in member.text()
