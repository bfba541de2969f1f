"""The demo, stopped while it is being filled."""

import asyncio
from pathlib import Path

from aiohttp import ClientSession

from bot.app import FINISH_SECONDS
from tests.faults.running import Running


async def test_it_ends_at_once_and_the_next_start_begins_anew(tmp_path: Path) -> None:
    bot = Running(tmp_path, living=True)
    mark = tmp_path / "data" / "demo" / "zh" / "filling"
    await bot.start()
    await _some_of_it_is_done(bot)
    async with asyncio.timeout(FINISH_SECONDS / 2):
        assert await bot.stop() == 0
    assert mark.exists()
    assert "task_died" not in bot.logged()
    await bot.start()
    assert await _percent(bot) < 50
    await bot.stop()


async def _some_of_it_is_done(bot: Running) -> None:
    async with asyncio.timeout(60):
        while not 0 < await _percent(bot) < 100:
            await asyncio.sleep(0.05)


async def _percent(bot: Running) -> int:
    async with ClientSession() as client, client.get(f"{bot.url}/demo/state?language=zh&seen=") as answer:
        return int((await answer.json())["progress"])
