"""A start loads what every life needs; the rest comes with the first use."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.settings import SettingsError, load

START = """
import asyncio, json, sys
from bot import deferral, logs
from bot.settings import load
deferral.install()
logs.set_up()
from bot.app import App
from bot.upkeep import prepare
from babel import localedata

async def live(settings):
    app = App(settings)
    await app.start()
    bundles = app.texts._bundles.values()
    said, known = sum(len(one._compiled) for one in bundles), sum(len(one.ids) for one in bundles)
    loaded = sorted(sys.modules), sorted(localedata._cache), said / known
    await app.stop()
    return loaded

settings = load()
prepare(settings)
print(json.dumps(asyncio.run(live(settings))))
"""

FOR_SOME_USE = {
    "alembic",
    "argon2",
    "defusedxml",
    "holidays",
    "jinja2",
    "multiprocessing",
    "openpyxl",
    "PIL",
    "prometheus_client",
    "psycopg",
    "pydantic_settings",
    "segno",
}


def test_a_start_loads_no_library_and_no_text_that_only_some_use_needs(tmp_path: Path) -> None:
    settings = {
        "BOT_MODE": "webhook",
        "BOT_TOKEN": "42:of-a-test",
        # Nobody listens there: a start does not wait for the messenger.
        "BOT_API_URL": "http://127.0.0.1:9",
        "BOT_WEBHOOK_URL": "http://127.0.0.1:9",
        "BOT_WEBHOOK_SECRET": "s" * 32,
        "BOT_DATA_DIR": str(tmp_path),
        "BOT_HTTP_PORT": "0",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    command = [sys.executable, "-c", START]
    told = subprocess.run(command, env={**inherited, **settings}, capture_output=True, text=True, check=True)
    modules, languages, share_of_texts = json.loads(told.stdout)

    assert FOR_SOME_USE & set(modules) == set()
    assert languages == [], "what babel knows of a language was read"
    assert 0 < share_of_texts < 0.1


def test_a_term_pack_is_the_folder_that_the_settings_name(tmp_path: Path) -> None:
    for language, word in (("zh", "联络员"), ("en", "liaison")):
        (tmp_path / f"{language}.ftl").write_text(f"-secretary = {word}\n", encoding="utf-8")
    given = {"mode": "web", "data_dir": tmp_path / "data", "term_pack": tmp_path}

    app = App(load(_env_file=None, **given))
    app.database.close()
    app.lock.release()
    t = app.texts.translator("zh", ZoneInfo("Asia/Shanghai"))
    assert t.plain("role-secretary") == "联络员"

    (tmp_path / "en.ftl").write_text("-secretary = \n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"BOT_TERM_PACK: en\.ftl cannot be read near"):
        App(load(_env_file=None, **given))
