"""A report on the chat page, killed at each failpoint and sent again: filed once, its number told at least once."""

import signal
from pathlib import Path

import pytest

from domain.problems import State
from storage.engine import Database, sqlite_url
from storage.unit_of_work import Store
from tests.faults.page import Page
from tests.faults.running import Running, numbers

INGEST = ["after_claim", "before_commit", "after_commit", "before_ack"]
SENDER = ["after_lease", "before_send", "after_send"]


async def fill_in(member: Page) -> None:
    assert await member.say("/report")
    for label in ("内设机构", "我的单位", "服务效能"):
        assert await member.tap(label)
    assert await member.say("叫号屏顺序错乱")


def filed(folder: Path) -> list[str]:
    database = Database(sqlite_url(folder / "data" / "demo" / "zh" / "bot.sqlite3"))
    try:
        with Store(database).work() as work:
            return [problem.number for problem in work.problems.in_states(State)]
    finally:
        database.close()


@pytest.mark.parametrize("failpoint", INGEST)
async def test_killed_while_the_report_is_taken_in(failpoint: str, tmp_path: Path) -> None:
    bot = Running(tmp_path)
    await bot.start()
    member = Page(bot.url, "member")
    await fill_in(member)
    await bot.stop()
    await bot.start(f"{failpoint}:kill")
    press = await member.press("提交")
    assert not await member.send(press)
    assert await bot.died() == -signal.SIGKILL
    await bot.start()
    assert await member.send(press)
    assert await member.sees("已收到，编号")
    told = numbers([text for text in await member.texts() if "已收到，编号" in text])
    await bot.stop()
    assert filed(tmp_path) == told


@pytest.mark.parametrize("failpoint", SENDER)
async def test_killed_while_the_number_is_told(failpoint: str, tmp_path: Path) -> None:
    bot = Running(tmp_path)
    await bot.start(f"{failpoint}:kill")
    member = Page(bot.url, "member")
    await fill_in(member)
    press = await member.press("提交")
    await member.send(press)
    assert await bot.died() == -signal.SIGKILL
    await bot.start()
    assert await member.send(press)
    assert await member.sees("已收到，编号")
    told = [text for text in await member.texts() if "已收到，编号" in text]
    await bot.stop()
    assert filed(tmp_path) == numbers(told)
