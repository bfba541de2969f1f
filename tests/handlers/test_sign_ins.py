"""One's own sign-ins in a messenger: seen, and ended with one question."""

from collections.abc import Callable

from bot.services import Services
from domain.entrances import FirstNames
from domain.people import Actor
from domain.sign_ins import Device
from tests.conftest import FixedClock
from tests.talk import Person

Named = Callable[[str], Person]
NAMES = FirstNames("办公室", "管理员")


def enter(services: Services, actor: Actor, device: Device) -> str:
    return services.entrances.enter(services.entrances.invite_to_page(actor).code, NAMES, device)


async def test_a_person_sees_every_sign_in_and_ends_one_by_a_tap_and_a_confirmation(
    person: Named, actors: dict[str, Actor], services: Services, clock: FixedClock
) -> None:
    member = person("member")
    phone = enter(services, actors["member"], Device("Chrome · Android"))
    hall = enter(services, actors["member"], Device("Edge · Windows", shared=True))
    clock.advance(hours=2)
    await member.says("/devices")
    assert "您在3处登录" in member.text()
    assert "Telegram（当前）" in member.text()
    assert "Edge · Windows（公用电脑）：5月13日（周一）10:00登录" in member.text()
    await member.taps("✕ 2. Edge · Windows")
    assert "请您确认：退出 Edge · Windows" in member.text()
    assert services.sign_ins.entered(hall) is not None
    await member.taps("确认退出")
    assert "已退出：Edge · Windows" in member.text()
    assert services.sign_ins.entered(hall) is None
    assert services.sign_ins.entered(phone) is not None
    await member.taps("设备")
    assert "您在2处登录" in member.text()


async def test_whoever_ends_the_messenger_they_are_in_is_a_guest_there(person: Named) -> None:
    member = person("member")
    await member.says("设备")
    await member.taps("✕ 1. Telegram")
    assert "您当前所在的 Telegram" in member.text()
    await member.taps("确认退出")
    assert "您在这里已退出登录" in member.text()
    await member.says("/devices")
    assert member.sees("请先加入")


async def test_somebody_elses_sign_in_reads_as_none(
    person: Named, actors: dict[str, Actor], services: Services
) -> None:
    secretary = person("secretary")
    theirs = enter(services, actors["member"], Device("Chrome · Android"))
    entered = services.sign_ins.entered(theirs)
    assert entered is not None
    answers = set()
    for kind, number in (("browser", entered.session_id), ("account", entered.account_id), ("browser", 999)):
        for do in ("ask", "end"):
            await secretary.presses(f"si:{do}:{kind}:{number}:0")
            answers.add(secretary.toast)
    assert answers == {"没有找到，可能编号有误，或者您无权查看。"}
    assert services.sign_ins.entered(theirs) is not None


async def test_a_guest_has_none_and_the_list_reads_in_english(person: Named) -> None:
    member = person("member")
    await member.says("/language")
    await member.taps("English")
    await member.says("/help")
    assert "devices /devices" in member.text()
    await member.says("devices")
    assert "You are signed in in one place:" in member.text()
    assert "1. Telegram, this one: since Mon 13 May 10:00, last used Mon 13 May 10:00" in member.text()
