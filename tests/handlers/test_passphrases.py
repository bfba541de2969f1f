"""A passphrase set in the chat: taken out of it first, kept as a hash, changed and given up."""

from collections.abc import Callable

import pytest

from bot.services import Services
from domain.messenger import Answer
from services.passphrases import matches
from tests.talk import Person

Named = Callable[[str], Person]
OURS = "four words of mine"


def is_right(services: Services, text: str) -> bool:
    return matches(services.passphrases.begin("B003", "192.0.2.1"), text)


def deleted(somebody: Person) -> list[int]:
    calls = somebody.talk.session.calls
    return [call.payload["message_id"] for call in calls if call.method == "deleteMessage"]


async def test_a_passphrase_is_taken_and_the_message_deleted_before_it_is(
    person: Named, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    member = person("member")
    await member.says("/passphrase")
    assert "至少12个字符，或4个词" in member.text()
    await member.says(OURS)
    assert "口令已设置" in member.text()
    assert "含有口令的消息已删除" in member.text()
    assert len(deleted(member)) == 1
    said = [call.method for call in member.talk.session.calls]
    assert said.index("deleteMessage") < len(said) - 1
    assert is_right(services, OURS)
    assert OURS not in str(member.talk.session.calls) + "".join(capsys.readouterr())


async def test_one_that_is_too_short_is_deleted_as_well_and_asked_for_again(person: Named, services: Services) -> None:
    member = person("member")
    await member.says("口令")
    await member.says("too short")
    assert "口令太短，消息已删除" in member.text()
    await member.says(OURS)
    assert len(deleted(member)) == 2
    assert is_right(services, OURS)


async def test_one_behind_the_command_is_taken_as_well(person: Named, services: Services) -> None:
    member = person("member")
    await member.says(f"/passphrase {OURS}")
    assert len(deleted(member)) == 1
    assert is_right(services, OURS)


async def test_a_sentence_that_begins_with_the_word_is_not_taken_for_one(person: Named, services: Services) -> None:
    member = person("member")
    await member.says("口令 在手机上怎么设置才可以呢请告诉我")
    assert "请您输入口令" in member.text()
    assert deleted(member) == []


async def test_where_the_messenger_keeps_the_message_the_person_is_asked_to_delete_it(person: Named) -> None:
    member = person("member")
    await member.says("/passphrase")
    member.talk.session.answers.append(Answer(ok=False, error_code=400, description="message can't be deleted"))
    await member.says(OURS)
    assert "请您自己删除含有口令的那条消息" in member.text()


async def test_whoever_has_one_changes_it_or_gives_it_up(person: Named, services: Services) -> None:
    member = person("member")
    await member.says(f"/passphrase {OURS}")
    await member.says("/passphrase")
    assert "您已有口令" in member.text()
    await member.says("another four words please")
    assert not is_right(services, OURS)
    assert is_right(services, "another four words please")
    await member.says("/passphrase")
    await member.taps("取消口令")
    assert "您的口令已取消" in member.text()
    assert not is_right(services, "another four words please")


async def test_a_guest_has_none_to_set_and_a_draft_is_not_lost_over_it(person: Named) -> None:
    guest, member = person("guest"), person("member")
    await guest.says("/passphrase")
    assert guest.sees("请先加入")
    await member.says("/report")
    await member.taps("内设机构")
    await member.says("/passphrase")
    assert "继续填写" in member.buttons()
