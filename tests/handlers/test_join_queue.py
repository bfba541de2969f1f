"""One card asks about all who wait to join: changed in place, confirmed by one press, undone one by one."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from domain.entrances import CARD_SHOWS
from domain.people import Actor, Role, RoleKind
from domain.people import Person as Listed
from storage.audit import audit
from storage.unit_of_work import Store
from tests.handlers.test_joining import introduces, person_behind, unit_code
from tests.talk import Person, Talk

Named = Callable[[str], Person]

WHO = (("综合单位负责人", "B001"), ("窗口党员乙", "B004"), ("窗口党员丙", "B005"))


@pytest.fixture
def secretary(person: Named) -> Person:
    return person("secretary")


@pytest.fixture
def newcomers(talk: Talk) -> list[Person]:
    return [talk.person(f"newcomer {number}", None) for number in range(3)]


async def come(secretary: Person, newcomers: list[Person]) -> None:
    """Everybody asks to join by one code, one after the other."""
    code = await unit_code(secretary)
    for newcomer, (name, number) in zip(newcomers, WHO, strict=False):
        await introduces(newcomer, code, name, number)


def asked(secretary: Person) -> list[str]:
    """What asks the secretary to confirm, as it stands now."""
    texts = [str(message.get("text")) for message in secretary.messages()]
    return [text for text in texts if text.partition("\n")[0].endswith(("等着加入：", "等着加入。", "申请加入"))]


def all_of_them(secretary: Person) -> str:
    """What the button for confirming all carries."""
    for message in reversed(secretary.messages()):
        for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
            for button in row:
                if "全部确认" in button["text"]:
                    return str(button["callback_data"])
    raise AssertionError(secretary.buttons())


async def test_one_card_grows_as_others_come_and_one_press_lets_them_all_in(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    await come(secretary, newcomers)
    [card] = asked(secretary)
    assert "3人等着加入" in card
    assert all(name in card and number in card for name, number in WHO)
    await secretary.taps("全部确认（3人）")
    assert [person_behind(talk, newcomer).name for newcomer in newcomers] == [name for name, _ in WHO]
    assert all(newcomer.sees("欢迎您") for newcomer in newcomers)
    assert secretary.sees("已确认3人加入")
    assert asked(secretary) == ["现在没有人等着加入。"]


async def test_after_all_were_confirmed_each_can_be_undone_from_the_list(
    talk: Talk, secretary: Person, newcomers: list[Person], store: Store
) -> None:
    await come(secretary, newcomers)
    await secretary.taps("全部确认")
    await secretary.taps("看已确认的人")
    await secretary.taps("窗口党员乙")
    assert secretary.sees("已撤销：这个账号不再是 窗口党员乙")
    assert [person_behind(talk, newcomer).is_guest for newcomer in newcomers] == [False, True, False]
    await secretary.taps("看已确认的人")
    assert not any("窗口党员乙" in button for button in secretary.buttons())
    talk.clock.advance(days=8)
    await secretary.presses("jn:confirmed:0:0")
    assert secretary.sees("最近7天没有确认过人")
    with store.work() as work:
        done = Counter(work._session.execute(select(audit.c.action)).scalars())
    assert (done["join.confirm"], done["join.undo"], done["account.bind"]) == (3, 1, 3)


async def test_confirming_all_lets_in_exactly_those_whom_the_card_showed(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    """Somebody who came while the secretary read is not let in unseen."""
    await come(secretary, newcomers[:2])
    before = all_of_them(secretary)
    code = await unit_code(secretary)
    await introduces(newcomers[2], code, *WHO[2])
    await secretary.presses(before)
    assert [person_behind(talk, newcomer).is_guest for newcomer in newcomers] == [False, False, True]
    assert "请您确认：窗口党员丙 申请加入" in asked(secretary)[-1]


async def test_a_card_on_which_somebody_now_says_another_name_confirms_nobody(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    await come(secretary, newcomers[:2])
    before = all_of_them(secretary)
    await introduces(newcomers[0], await unit_code(secretary), *WHO[2])
    await secretary.presses(before)
    assert "名单刚有变化" in secretary.toast
    assert all(person_behind(talk, newcomer).is_guest for newcomer in newcomers)


async def test_who_would_take_an_account_away_is_marked_and_not_let_in_with_the_others(
    talk: Talk, secretary: Person, newcomers: list[Person], by_number: Callable[[str], Actor]
) -> None:
    await come(secretary, newcomers)
    rightful, rival = talk.person("rightful", by_number("B004").person_id), talk.person("rival", None)
    await introduces(rival, await unit_code(secretary), *WHO[2])
    card = asked(secretary)[-1]
    assert "◇ 窗口党员乙" in card
    assert card.count("◇ 窗口党员丙") == 2
    await secretary.taps("全部确认（1人）")
    assert [person_behind(talk, newcomer).is_guest for newcomer in newcomers] == [False, True, True]
    assert person_behind(talk, rightful).name == "窗口党员乙"
    assert "3人等着加入" in asked(secretary)[-1]


async def test_those_who_wait_can_be_looked_at_one_by_one(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    await come(secretary, newcomers)
    await secretary.taps("逐个查看")
    await secretary.taps("待确认：窗口党员乙")
    await secretary.taps("不是本人")
    assert newcomers[1].sees("没有确认您的申请")
    assert "2人等着加入" in asked(secretary)[0]
    assert "窗口党员乙" not in asked(secretary)[0]


async def test_a_button_for_somebody_who_is_confirmed_already_says_by_whom(
    secretary: Person, newcomers: list[Person]
) -> None:
    await come(secretary, newcomers)
    await secretary.taps("逐个查看")
    await secretary.taps("待确认：窗口党员乙")
    await secretary.taps("确认")
    await secretary.presses("jn:open:2:0")
    assert "处理过这一条" in secretary.toast


async def test_the_last_one_on_the_card_is_shown_whole_and_answered_there(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    await come(secretary, newcomers[:1])
    await secretary.taps("不是本人")
    assert "没有加入" in secretary.toast
    assert asked(secretary) == ["现在没有人等着加入。"]
    assert newcomers[0].sees("没有确认您的申请")


async def test_after_hours_all_who_came_are_one_message_in_the_morning(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    talk.clock.set_local("2030-05-13 21:00")
    await come(secretary, newcomers)
    assert asked(secretary) == []
    talk.clock.set_local("2030-05-14 08:30")
    await talk.deliver()
    [card] = asked(secretary)
    assert "3人等着加入" in card


async def test_on_another_day_a_new_card_asks_again(talk: Talk, secretary: Person, newcomers: list[Person]) -> None:
    """A card of last week that changed without a sound would be read by nobody."""
    await come(secretary, newcomers[:2])
    talk.clock.set_local("2030-05-14 10:00")
    await introduces(newcomers[2], await unit_code(secretary), *WHO[2])
    assert [card.partition("人")[0] for card in asked(secretary)] == ["2", "3"]


async def test_every_secretary_who_is_asked_sees_what_another_decided(
    talk: Talk, secretary: Person, newcomers: list[Person], by_number: Callable[[str], Actor], store: Store
) -> None:
    member = by_number("B003")
    with store.work() as work:
        organ = work.people.unit_by_code("organ-1")
        assert organ is not None
        work.people.grant(Role(member.person_id or 0, organ.id, RoleKind.SECRETARY))
    other = talk.person("other secretary", member.person_id)
    await other.says("/menu")
    await come(secretary, newcomers)
    assert "3人等着加入" in asked(other)[0]
    await secretary.taps("全部确认")
    assert asked(other) == ["现在没有人等着加入。"]


async def test_a_card_names_only_so_many_and_confirms_no_more(
    talk: Talk, secretary: Person, store: Store, by_number: Callable[[str], Actor]
) -> None:
    """Of a large unit the rest comes when the first are done: nobody is let in whom the card did not show."""
    unit_id = by_number("B004").unit_id or 0
    people = [(f"新党员{number:02d}", f"N{number:03d}") for number in range(CARD_SHOWS + 2)]
    with store.work() as work:
        work.people.add_many([Listed(name, number, unit_id) for name, number in people])
    actor = talk.services.people.acting("telegram", secretary.chat_id, "zh")
    code = await unit_code(secretary)
    for place, (name, number) in enumerate(people):
        stranger = Actor("telegram", 90_000 + place, "zh")
        talk.services.joining.begin(stranger, code)
        sitting = talk.services.people.acting("telegram", stranger.chat_id, "zh")
        talk.services.joining.ask(sitting, name, number, "")
    await talk.deliver()
    assert "另有2人" in asked(secretary)[-1]
    await secretary.taps(f"全部确认（{CARD_SHOWS}人）")
    assert "2人等着加入" in asked(secretary)[-1]
    assert len(talk.services.confirming.waiting(actor)) == 2


async def test_of_two_with_one_name_the_staff_number_decides(
    talk: Talk, secretary: Person, newcomers: list[Person], store: Store, by_number: Callable[[str], Actor]
) -> None:
    unit_id = by_number("B004").unit_id or 0
    with store.work() as work:
        work.people.add_person(Listed("窗口党员乙", "B104", unit_id))
    code = await unit_code(secretary)
    await introduces(newcomers[0], code, "窗口党员乙", "B104")
    await introduces(newcomers[1], code, "窗口党员乙", "B004")
    card = asked(secretary)[-1]
    assert "B104" in card
    assert "B004" in card
    assert "◇" not in card
    await secretary.taps("全部确认（2人）")
    assert person_behind(talk, newcomers[0]).person_id != by_number("B004").person_id
    assert person_behind(talk, newcomers[1]).person_id == by_number("B004").person_id


async def test_five_wrong_staff_numbers_are_refused_for_an_hour_as_wrong_codes_are(
    talk: Talk, secretary: Person, newcomers: list[Person]
) -> None:
    code, (guesser, typist, _) = await unit_code(secretary), newcomers
    await guesser.says(f"/start j_{code}")
    await guesser.taps("继续")
    for number in range(5):
        await guesser.says("窗口党员乙")
        await guesser.says(f"B99{number}")
    await guesser.says("窗口党员乙")
    await guesser.says("B004")
    for number in range(6):
        await typist.says(f"/join wrong-{number}")
    assert guesser.text() == typist.text()
    assert "试的次数太多了" in guesser.text()
    assert asked(secretary) == []
    talk.clock.advance(hours=1)
    await guesser.says("B004")
    assert "请您确认：窗口党员乙" in asked(secretary)[-1]


async def test_nobody_is_asked_for_a_name_before_they_read_what_is_kept(
    talk: Talk, secretary: Person, newcomers: list[Person], person: Named
) -> None:
    code, newcomer = await unit_code(secretary), newcomers[0]
    await newcomer.says(f"/start j_{code}")
    screen = newcomer.text()
    for part in ("保存什么", "谁能看到", "保存多久", "怎样退出"):
        assert part in screen
    await newcomer.says("窗口党员乙")
    await newcomer.says("B004")
    assert asked(secretary) == []
    member = person("member")
    for reader in (newcomer, member):
        await reader.says("/privacy")
        assert reader.text() in screen
