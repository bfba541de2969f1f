"""What stops a start: one line that says what is wrong, on the log and nothing else."""

import socket
from pathlib import Path

from tests.faults.running import Running


async def test_a_second_bot_on_the_same_data_says_so(tmp_path: Path) -> None:
    first, second = Running(tmp_path / "one"), Running(tmp_path / "two", BOT_DATA_DIR=str(tmp_path / "one" / "data"))
    await first.start()
    await second.start()
    assert await second.died() == 2
    assert second.logged().startswith("BOT_DATA_DIR: another bot is running on the data in ")
    assert second.logged().count("\n") == 1
    await first.stop()


async def test_a_busy_port_says_so(tmp_path: Path) -> None:
    bot = Running(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", bot.port))
        await bot.start()
        assert await bot.died() == 2
    assert f"BOT_HTTP_PORT {bot.port} cannot be opened" in bot.logged()
    assert "Traceback" not in bot.logged()
