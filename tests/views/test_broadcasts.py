"""The sender's card: what it offers as long as somebody has got the notice, and once it was taken back."""

from zoneinfo import ZoneInfo

import pytest

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
