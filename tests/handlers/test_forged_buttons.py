"""Buttons that no card of ours has: forged, or of another release. They read as old ones, and nothing breaks."""

from collections.abc import Callable

import pytest

from storage.inbox import dead_letter
from storage.unit_of_work import Store
from tests.talk import Person

Named = Callable[[str], Person]
OLD = "这个按钮已经过期了"


@pytest.mark.parametrize(
    "data",
    [
        "go:menu:0:1",
        "go:report:::",
        "go:",
        "go:menu:perhaps",
        "pb:card:9223372036854775808:0",
        "pb:card:-1:0",
        "pb:card:²:0",
        "pb:card:1:0:0:0",
        "nt:open:1:99999999999999999999",
    ],
)
async def test_a_forged_button_reads_as_an_old_one(person: Named, store: Store, data: str) -> None:
    member = person("member")
    await member.presses(data)
    assert member.toast.startswith(OLD)
    assert buried(store) == []


@pytest.mark.parametrize("value", ["²", "９", "99999999999999999999"])
async def test_a_number_that_no_button_shows_is_no_choice(person: Named, store: Store, value: str) -> None:
    officer = person("point-officer")
    await officer.says("/opinion")
    await officer.presses(f"step:unit:{value}")
    assert officer.toast.startswith(OLD)
    assert buried(store) == []


async def test_text_that_no_database_takes_is_kept_without_it(person: Named, store: Store) -> None:
    member = person("member")
    await member.says("/report")
    await member.taps("内设机构")
    await member.taps("我的单位")
    await member.taps("服务效能")
    await member.says("慢\0得\ud800很")
    assert member.sees("慢得�很")
    assert buried(store) == []


async def test_what_nobody_sent_is_nobodys(person: Named, store: Store) -> None:
    member = person("member")
    chat = {"id": member.chat_id, "type": "private"}
    await member.talk.feed({"message": {"message_id": 1, "date": 1, "chat": chat, "text": "1"}})
    await member.talk.feed({"message": {"message_id": 2, "date": 1, "chat": {**chat, "id": 2**70}, "text": "1"}})
    assert member.messages() == []
    assert buried(store) == []


def buried(store: Store) -> list[str]:
    with store.work() as work:
        return list(work._session.scalars(dead_letter.select().with_only_columns(dead_letter.c.reason)))
