"""A step of any wizard that asks for a date, or a date and a time: by buttons, by the page's own picker, or typed.

How a wizard uses it::

    STARTS = AskingWhen(lambda t: t("session-ask-start"))                 # a date and a time
    DUE = AskingWhen(lambda t: t("assessment-ask-due"), time(18, 0))      # a date; the hour is given

    class Planning(StatesGroup):
        start_text = State()                     # the name ends in _text: people type here

    await state.set_state(Planning.start_text)   # to come to the step
    await state.update_data(**STARTS.begin(turn, t))
    await show(STARTS.screen(t, await state.get_data()))

    return STARTS.screen(t, draft)               # in the group's prompt function, for this state

    STARTS.register(router, Planning.start_text, took_start)              # in setup(), before the group's own "back"

    async def took_start(_event, at: datetime, state, show, t): ...       # an ordinary handler; ``at`` is in UTC

What was understood is always read back first; ``took_start`` is called once the reader agreed, and goes on to the next
step. An instant that has passed is refused here, so a wizard need not check again before it saves. "Back" leads from
the calendar, the times or the reading back to the first page of this step, and from there to the wizard's own "back".
The dialogue keeps what it needs under ``when``, and drops it when the step is done.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.utils.formatting import Text

from domain.dates import check_reach, parse_when, read_day
from domain.errors import DomainError
from domain.turn import Turn
from domain.workdays import WorkCalendar
from handlers.filters import Chosen, To, Typed
from handlers.show import Event, Show
from views import calendar as views
from views.screen import Screen
from views.texts import Translator

KEY = "when"


class AskingWhen:
    """``default_time`` is the hour of a step that asks for a day alone; without one the time is asked for as well."""

    def __init__(self, question: Callable[[Translator], Text], default_time: time | None = None) -> None:
        self._question = question
        self._default_time = default_time

    def begin(self, turn: Turn, t: Translator) -> dict[str, Any]:
        """What the dialogue must know when it comes to this step."""
        return {KEY: {"now": t.local(turn.at).isoformat()}}

    def screen(self, t: Translator, draft: Mapping[str, Any]) -> Screen:
        """Where the step stands: the near days, a month, the times of a day, or the reading back."""
        when = draft[KEY]
        question, now = self._question(t), datetime.fromisoformat(when["now"])
        if "at" in when:
            return views.ask_check(t, question, datetime.fromisoformat(when["at"]), now)
        if "day" in when:
            return views.ask_time(t, question, date.fromisoformat(when["day"]), now)
        if "month" in when:
            return views.ask_month(t, question, date.fromisoformat(when["month"]), now.date())
        return views.ask_day(t, question, now.date(), with_time=self._default_time is None)

    def is_first(self, draft: Mapping[str, Any]) -> bool:
        """Whether the step stands at its first page, with nothing chosen yet."""
        return not draft[KEY].keys() - {"now"}

    def register(self, router: Router, step: State, then: Callable[..., Awaitable[None]]) -> None:
        here, press = StateFilter(step), router.callback_query
        goes_on = CallableObject(then)

        async def agree(event: Event, state: FSMContext, turn: Turn, **data: Any) -> None:
            draft = await state.get_data()
            at = datetime.fromisoformat(draft.pop(KEY)["at"])
            _refuse_past(at, turn)
            await state.set_data(draft)
            await goes_on.call(event, **{**data, "at": at, "state": state, "turn": turn})

        press.register(self._day, here, Chosen("day"))
        press.register(self._month, here, Chosen("month"))
        press.register(self._time, here, Chosen("time"))
        press.register(agree, here, Chosen("when-yes"))
        press.register(self._start_over, here, Chosen("when-change"))
        press.register(self._back, here, To("back"))
        router.message.register(self._typed, here, Typed())

    async def _day(self, _event: Event, value: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
        day = check_reach(read_day(value), t.local(turn.at).date())
        if self._default_time is None:
            await self._stand(state, turn, show, t, day=day.isoformat())
            return
        at = _instant(day, self._default_time, t)
        _refuse_past(at, turn)
        await self._stand(state, turn, show, t, at=at.isoformat())

    async def _month(self, _event: Event, value: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
        month = check_reach(read_day(f"{value}-01"), t.local(turn.at).date())
        await self._stand(state, turn, show, t, month=month.isoformat())

    async def _time(self, _event: Event, value: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
        day = (await state.get_data())[KEY].get("day", "")
        at = _instant(read_day(day), _read_time(value), t)
        _refuse_past(at, turn)
        await self._stand(state, turn, show, t, at=at.isoformat())

    async def _typed(self, _event: Event, text: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
        day = (await state.get_data())[KEY].get("day")
        at = self._understood(text, day, turn, t)
        if isinstance(at, date) and not isinstance(at, datetime):
            await self._stand(state, turn, show, t, day=at.isoformat())
            return
        _refuse_past(at, turn)
        await self._stand(state, turn, show, t, at=at.isoformat())

    async def _start_over(self, _event: Event, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
        await self._stand(state, turn, show, t)

    async def _back(self, _event: Event, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
        if self.is_first(await state.get_data()):
            raise SkipHandler
        await self._stand(state, turn, show, t)

    async def _stand(self, state: FSMContext, turn: Turn, show: Show, t: Translator, **place: str) -> None:
        draft = await state.get_data()
        draft[KEY] = {**self.begin(turn, t)[KEY], **place}
        await state.set_data(draft)
        await show(self.screen(t, draft))

    def _understood(self, text: str, day: str | None, turn: Turn, t: Translator) -> datetime | date:
        """The instant somebody typed; a date alone where the time was left out and must be asked for. Once the day is
        chosen, a time alone will do."""
        found = None
        if day is not None:
            with suppress(DomainError):
                found = self._readings(f"{day} {text}", turn, t)
        early, late = found or self._readings(text, turn, t)
        return early if early == late else t.local(early).date()

    def _readings(self, text: str, turn: Turn, t: Translator) -> list[datetime]:
        """What the text means with either of two hours for a date alone: it named a time when they agree."""
        hours = _TELLING_HOURS if self._default_time is None else (self._default_time, self._default_time)
        return [parse_when(text, turn.at, t.zone, hour) for hour in hours]


_TELLING_HOURS = (time(23, 58), time(23, 59))


def _instant(day: date, at: time, t: Translator) -> datetime:
    return WorkCalendar(t.zone).local(day, at).astimezone(UTC)


def _refuse_past(at: datetime, turn: Turn) -> None:
    if at <= turn.at:
        raise DomainError("when-past")


def _read_time(text: str) -> time:
    """The time a button carries; data of an older release names none."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise DomainError("when-not-a-day") from None
