"""The first administrator's way in, from the command line to the page."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

from aiohttp import ClientSession

from tests.faults.running import Running


def run_invite(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environment = {**inherited, "BOT_MODE": "web", "BOT_DATA_DIR": str(folder / "data"), **settings}
    command = [sys.executable, "-m", "bot", "invite", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


async def test_the_log_names_the_command_and_the_command_prints_a_link_that_works(tmp_path: Path) -> None:
    bot = Running(tmp_path, BOT_MODE="web")
    await bot.start()
    try:
        assert "python -m bot invite --admin" in bot.logged()
        invited = await asyncio.to_thread(run_invite, tmp_path, "--admin", BOT_HTTP_PORT=str(bot.port))
        assert invited.returncode == 0
        link = invited.stdout.strip()
        assert re.fullmatch(rf"{bot.url}/enter/[A-Za-z0-9_-]{{22}}", link)
        async with ClientSession() as http, http.post(link, allow_redirects=False) as response:
            assert response.status == 303
        assert link.rpartition("/")[2] not in bot.logged()
        again = await asyncio.to_thread(run_invite, tmp_path, "--admin")
        assert again.returncode == 2
        assert again.stderr.startswith("There is an administrator already")
    finally:
        await bot.stop()
    await bot.start()
    await bot.stop()
    assert bot.logged().count("python -m bot invite --admin") == 1


def test_before_the_first_start_the_command_makes_the_database_itself(tmp_path: Path) -> None:
    invited = run_invite(tmp_path, "--admin", BOT_PUBLIC_URL="https://bot.example.org")
    assert invited.stdout.startswith("https://bot.example.org/enter/")
    assert invited.stderr.startswith(f"There was no database in {tmp_path / 'data'}")
    assert run_invite(tmp_path, "--admin").stderr == ""


def test_what_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    for arguments, said in (
        (run_invite(tmp_path, "--person", "nobody"), "Nobody on the roster has this staff number"),
        (run_invite(tmp_path, "--admin", BOT_MODE="demo"), "BOT_MODE is demo"),
        (run_invite(tmp_path, "--admin", BOT_MODE="fax"), "BOT_MODE"),
        (run_invite(tmp_path, "--admin", BOT_DATA_DIR="/proc"), "BOT_DATA_DIR: nothing can be written to /proc"),
    ):
        assert arguments.returncode == 2
        assert arguments.stderr.startswith(said)
        assert arguments.stderr.count("\n") == 1
        assert arguments.stdout == ""
