"""What holds wherever one is: groups, unknown commands, stickers, stale buttons, help, language."""

from collections.abc import Callable

import pytest

from tests.talk import Person

Named = Callable[[str], Person]


async def test_in_a_group_nothing_is_shown_but_the_wish_to_be_written_to_in_private(person: Named) -> None:
    member = person("member")
    member.in_group = True
    await member.says("/due")
    assert member.text() == "请您单独给我发消息，群里不处理个人事项。"
    said = len(member.messages())
    await member.says("报问题")
    await member.sends({"sticker": {}} | {"text": "hello"})
    assert len(member.messages()) == said


async def test_an_unknown_command_is_answered(person: Named) -> None:
    member = person("member")
    await member.says("/frobnicate")
    assert member.sees("没有这个命令")


@pytest.mark.parametrize(
    "data", ["go:nothing:0", "step:level:department", "pb:accept", "old:1:2", "nav:back", "x" * 60]
)
async def test_a_button_that_is_out_of_date_is_answered(person: Named, data: str) -> None:
    member = person("member")
    await member.presses(data)
    assert member.toast.startswith("这个按钮已经过期了")


async def test_a_sticker_is_answered(person: Named) -> None:
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    member = person("member")
    await member.sends({"sticker": {**sticker, "is_animated": False, "is_video": False}})
    assert member.sees("没有看懂这条消息")


async def test_the_language_is_the_messengers_until_it_is_chosen_and_then_stays(person: Named) -> None:
    member = person("member")
    member.language_code = "en"
    await member.says("/help")
    assert "What you can use" in member.text()
    await member.says("language")
    await member.taps("中文")
    await member.says("/help")
    assert "能用的命令" in member.text()


async def test_a_language_nobody_offers_is_refused(person: Named) -> None:
    member = person("member")
    await member.presses("lang:fr")
    assert member.toast == "请点选卡片上的选项。"


async def test_every_command_of_the_help_is_answered_by_somebody(person: Named) -> None:
    for name in ("guest", "member", "secretary", "supervisor", "point-officer", "admin"):
        somebody = person(name)
        await somebody.says("/help")
        for line in somebody.text().splitlines()[1:]:
            command = line.split()[1]
            await somebody.says(command)
            assert not somebody.sees("没有这个命令"), (name, command)
            assert not somebody.sees("没有保存成功"), (name, command)
            await somebody.says("/cancel")


async def test_cancel_outside_any_dialogue_says_that_nothing_is_under_way(person: Named) -> None:
    member = person("member")
    await member.says("取消")
    assert member.sees("当前没有进行中的操作")
