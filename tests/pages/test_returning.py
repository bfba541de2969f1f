"""Coming back by staff number and passphrase, over HTTP."""

from collections.abc import Callable
from pathlib import Path

from aiohttp import ClientResponse

from bot.app import App
from bot.settings import load
from tests.conftest import FixedClock
from tests.pages.browser import Browser
from tests.pages.test_entering import link_for

Open = Callable[[], Browser]
OURS = "four words of mine"


async def set_passphrase(sample: App, member: Browser) -> None:
    await member.press_enter(await link_for(sample, "B003"))
    await member.says("/passphrase")
    await member.says(OURS)
    assert await member.sees("口令已设置")


async def come(somebody: Browser, number: str, passphrase: str, **headers: str) -> tuple[ClientResponse, str]:
    form = {"number": number, "passphrase": passphrase, "device": "own"}
    address = f"{somebody.url}/enter"
    async with somebody.http.post(address, data=form, headers=headers, allow_redirects=False) as response:
        return response, await response.text()


async def test_a_person_who_has_lost_everything_is_in_again_by_number_and_passphrase(
    sample: App, browser: Open
) -> None:
    before, anew = browser(), browser()
    await set_passphrase(sample, before)
    status, page = await anew.get("/enter")
    assert (status, 'name="passphrase" type="password"' in page) == (200, True)
    answer, _ = await come(anew, "b003", f" {OURS} ")
    assert (answer.status, answer.headers["Location"]) == (303, "/chat/")
    await anew.says("/menu")
    assert await anew.sees("您好，窗口党员甲")


async def test_the_passphrase_stands_nowhere_in_the_chat(sample: App, browser: Open) -> None:
    member = browser()
    await set_passphrase(sample, member)
    assert OURS not in str(await member.messages())
    assert OURS not in (await member.get("/chat/history?before=99999"))[1]


async def test_wrong_number_wrong_passphrase_and_nobody_answer_alike_and_so_does_the_sixth(
    sample: App, browser: Open
) -> None:
    await set_passphrase(sample, browser())
    stranger = browser()
    guesses = [("B003", "wrong"), ("B004", OURS), ("nobody", OURS), ("", ""), ("B003", "x" * 10_000)]
    answers = [await come(stranger, *guess) for guess in guesses]
    assert {(answer.status, page) for answer, page in answers} == {(403, answers[0][1])}
    assert "工号与口令没有对上" in answers[0][1]
    assert "Staff number and passphrase do not match" in answers[0][1]
    for number in ("B003", "nobody"):
        answer, page = await come(stranger, number, OURS)
        assert (answer.status, "试的次数太多了" in page) == (403, True)


async def test_another_site_cannot_sign_anybody_in(sample: App, browser: Open) -> None:
    await set_passphrase(sample, browser())
    answer, _ = await come(browser(), "B003", OURS, Origin="https://evil.example.org")
    assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


async def test_without_a_proxy_nobody_chooses_the_address_they_are_counted_under(sample: App, browser: Open) -> None:
    stranger = browser()
    for guess in range(5):
        await come(stranger, f"N{guess}", "wrong", **{"X-Forwarded-For": f"192.0.2.{guess}"})
    assert "试的次数太多了" in (await come(stranger, "N9", "wrong"))[1]


async def test_behind_a_proxy_the_address_is_the_one_the_proxy_wrote_down(tmp_path: Path, clock: FixedClock) -> None:
    app = App(load(_env_file=None, mode="web", data_dir=tmp_path, http_port=0, trusted_proxies="127.0.0.1"), clock)
    await app.start()
    stranger = Browser(f"http://127.0.0.1:{app.port}")
    for guess in range(5):
        await come(stranger, f"N{guess}", "wrong", **{"X-Forwarded-For": f"192.0.2.{100 + guess}, 192.0.2.7"})
    assert "试的次数太多了" in (await come(stranger, "N8", "wrong", **{"X-Forwarded-For": "192.0.2.7"}))[1]
    assert "没有对上" in (await come(stranger, "N9", "wrong", **{"X-Forwarded-For": "192.0.2.8"}))[1]
    await stranger.close()
    await app.stop()
