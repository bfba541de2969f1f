"""What stops a start: one line that names the setting and says what to do, on the log and nothing else."""

import socket
from pathlib import Path

import pytest

from tests.faults.botapi.server import BotApi
from tests.faults.running import Running
from tests.faults.site import Site


async def refused(bot: Running) -> str:
    """The last words of a bot that may not start."""
    await bot.start()
    assert await bot.died() == 2
    assert "Traceback" not in bot.logged()
    return bot.logged().splitlines()[-1]


async def test_a_second_bot_on_the_same_data_says_so(tmp_path: Path) -> None:
    first, second = Running(tmp_path / "one"), Running(tmp_path / "two", BOT_DATA_DIR=str(tmp_path / "one" / "data"))
    await first.start()
    line = await refused(second)
    assert line.startswith("BOT_DATA_DIR: another bot is running on the data in ")
    assert line.endswith(": stop it, or name another folder")
    assert second.logged().count("\n") == 1
    await first.stop()


async def test_a_busy_port_says_so(tmp_path: Path) -> None:
    bot = Running(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", bot.port))
        line = await refused(bot)
    assert line == f"BOT_HTTP_PORT: another program listens on port {bot.port}: stop it, or set another port"


async def test_an_address_of_another_machine_says_so(tmp_path: Path) -> None:
    line = await refused(Running(tmp_path, BOT_MODE="web", BOT_HTTP_HOST="192.0.2.1", BOT_ALLOW_HTTP="1"))
    assert line.startswith("BOT_HTTP_HOST: 192.0.2.1 is no address of this machine: set 127.0.0.1")


@pytest.mark.parametrize("place", ["/proc", "file/data"])
async def test_a_folder_in_which_nothing_can_be_written_says_so(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    bot = Running(tmp_path, BOT_MODE="web", BOT_DATA_DIR=str(tmp_path / place))
    line = await refused(bot)
    assert line.startswith(f"BOT_DATA_DIR: nothing can be written to {tmp_path / place} (")
    assert line.endswith("name a folder that belongs to the user who runs the program")
    assert bot.logged().count("\n") == 1


async def test_a_full_disk_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "trial").symlink_to("/dev/full")
    bot = Running(tmp_path, BOT_MODE="web")
    line = await refused(bot)
    assert line == f"BOT_DATA_DIR: the disk with {data} is full: make room, then start again"
    assert bot.logged().count("\n") == 1
    assert list(data.iterdir()) == [], "nothing is left of the trial"


async def test_a_page_open_to_others_without_https_says_so(tmp_path: Path) -> None:
    line = await refused(Running(tmp_path, BOT_MODE="web", BOT_HTTP_HOST="0.0.0.0"))
    assert line.startswith("BOT_HTTP_HOST=0.0.0.0 opens the page to others, who need HTTPS: set BOT_PUBLIC_URL")


async def test_telegram_can_be_reached_through_a_proxy_alone(tmp_path: Path) -> None:
    async with BotApi(time_factor=0.1) as api:
        site = Site(tmp_path, api, "polling", None)
        site.found()
        # Nothing listens at this address; the double takes what it is sent as a proxy, too.
        await site.bot.start(BOT_API_URL="http://localhost:1", BOT_PROXY=api.url)
        member = site.person("member")
        member.says("/menu")
        await member.sees("您好")
        await site.bot.stop()
