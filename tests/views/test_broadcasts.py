"""The sender's card: what it offers as long as somebody has got the notice, and once it was taken back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.notices import Progress, State, Tally
from views import broadcasts
from views.texts import Texts

T = Texts().translator("zh", ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(("state", "offers"), [("running", ["另外33个单位", "停止发送"]), ("undone", ["修改后重发"])])
def test_units_are_offered_only_where_somebody_in_them_may_have_got_it(state: str, offers: list[str]) -> None:
    payload = {
        "notice": 1,
        "title": "停电通知",
        "state": state,
        "opens_at": "2030-05-13T02:00:00+00:00",
        "total": [0, 300, 0, 0, 0],
        "units": [["第一支部", 0, 300, 0, 0, 0]],
        "more": 33,
    }
    screen = broadcasts.card(payload, T)
    assert [button.text for row in screen.rows for button in row] == offers


@pytest.mark.parametrize(("state", "turns"), [(State.RUNNING, True), (State.UNDONE, False)])
def test_a_notice_that_nobody_got_has_no_pages_of_units(state: State, turns: bool) -> None:
    now = datetime(2030, 5, 13, 2, 0, tzinfo=UTC)
    units = tuple((f"第{number}支部", Tally(sent=1)) for number in range(21))
    screen = broadcasts.progress(T, Progress(1, "停电通知", state, now, now, "", units))
    assert ("下一页" in "".join(button.text for row in screen.rows for button in row)) is turns
