"""The demo opened to the network: this machine walks in, everybody else types the password."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from bot.app import App
from bot.settings import load
from domain.notices import NOTICE, Audience, Plan
from domain.people import RoleKind
from tests.conftest import FixedClock


@pytest.fixture
async def demo(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[App]:
    monkeypatch.setattr(App, "_fill_demo", _stay_empty)
    settings = load(_env_file=None, mode="demo", data_dir=tmp_path, http_host="0.0.0.0", http_port=0)
    running = App(settings, clock)
    await running.start()
    yield running
    await running.stop()


async def _stay_empty(_app: App) -> None:
    """The personas are enough here."""


@pytest.fixture
async def phone(demo: App) -> AsyncIterator[ClientSession]:
    """A browser that reaches the program by the address it has in the network."""
    async with ClientSession(demo.gate.address, cookie_jar=CookieJar(unsafe=True)) as browser:  # type: ignore[union-attr]
        yield browser


@pytest.fixture
def password(demo: App, capsys: pytest.CaptureFixture[str]) -> str:
    found = re.search(r"password: (\d{8})", capsys.readouterr().out)
    assert found is not None
    return found[1]


async def test_this_machine_walks_in_and_shows_the_way_for_a_phone(demo: App) -> None:
    async with ClientSession(f"http://127.0.0.1:{demo.port}") as browser:
        assert (await browser.get("/as/member/")).status == 200
        hello = await (await browser.get("/as/member/hello")).json()
        assert hello["phone"]["address"] == demo.gate.address  # type: ignore[union-attr]
        picture = await browser.get(hello["phone"]["picture"])
        assert (await picture.text()).startswith("<?xml")


async def test_another_device_is_asked_for_the_password_and_let_in_by_it(phone: ClientSession, password: str) -> None:
    for path in ("/", "/as/admin/", "/as/admin/hello", "/demo/state", "/demo/phone.svg"):
        answer = await phone.get(path)
        assert (answer.status, "请输入启动程序时显示的密码" in await answer.text()) == (401, True)
    await phone.post("/demo/enter", data={"password": password})
    assert (await phone.get("/as/admin/hello")).status == 200


async def test_naming_this_machine_opens_nothing_from_another_device(phone: ClientSession) -> None:
    assert (await phone.get("/as/admin/hello", headers={"Host": "127.0.0.1"})).status == 401


async def test_after_ten_wrong_passwords_the_right_one_waits_a_minute(
    phone: ClientSession, password: str, clock: FixedClock
) -> None:
    for _ in range(10):
        assert (await phone.post("/demo/enter", data={"password": "nonsense"})).status == 403
    assert (await phone.post("/demo/enter", data={"password": password})).status == 403
    clock.advance(minutes=2)
    await phone.post("/demo/enter", data={"password": password})
    assert (await phone.get("/as/admin/hello")).status == 200


class Going(FixedClock):
    """Goes on a little whenever somebody looks, as clocks do, and runs ahead by what the demo's file says."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def now(self) -> datetime:
        return self.advance(milliseconds=1) + timedelta(
            seconds=float(self.file.read_text()) if self.file.exists() else 0
        )


@pytest.mark.parametrize(
    ("starts", "begins"),
    [("2030-05-13 10:00", "05-13 10:00"), ("2030-05-13 17:30", "05-14 09:00"), ("2030-05-13 21:00", "05-14 10:00")],
)
async def test_the_demo_begins_with_time_left_to_try_it_and_its_past_ends_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts: str, begins: str
) -> None:
    monkeypatch.setattr(App, "_fill_demo", _stay_empty)
    settings = load(_env_file=None, mode="demo", data_dir=tmp_path, http_port=0)
    clock = Going(settings.folder / "clock")
    clock.set_local(starts)
    app = App(settings, clock)
    await app.start()
    past_ends = app.filling.began_at()
    await app.stop()
    for moment in (past_ends, clock.now()):
        assert f"{(moment + timedelta(seconds=1)).astimezone(settings.zone):%m-%d %H:%M}" == begins


async def test_a_day_goes_by_in_stages_and_what_happens_on_it_happens_at_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(App, "_fill_demo", _stay_empty)
    settings = load(_env_file=None, mode="demo", data_dir=tmp_path, http_port=0)
    clock = Going(settings.folder / "clock")
    app = App(settings, clock)
    await app.start()
    admin = app.services.people.acting("web", app.services.people.personas()["admin"], "zh")
    plan = Plan("停电", "周五停电检修。", Audience((admin.unit_id or 0,), (RoleKind.MEMBER,)))
    plan = replace(plan, expected=app.services.broadcasts.size(plan.audience)[0])
    tomorrow = clock.now() + timedelta(hours=23)
    await app.use(app.services.broadcasts.start, admin, replace(plan, at=tomorrow))
    async with ClientSession(f"http://127.0.0.1:{app.port}", headers={"X-Chat": "1"}) as browser:
        assert (await browser.post("/demo/clock", json={"by": "day"})).status == 200
    with app.store.work() as work:
        [said] = [row for row in work.deliveries.of_person(admin.person_id or 0, 50) if row.kind == NOTICE]
    assert said.sent_at is not None
    assert timedelta(0) <= said.sent_at - tomorrow < timedelta(minutes=5)
    assert clock.now() - tomorrow > timedelta(minutes=55)
    await app.stop()
