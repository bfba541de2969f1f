"""The demo's database and a real organisation's are told apart, whichever way somebody mistakes them."""

from pathlib import Path

import pytest

from bot import stamp
from bot.app import App
from bot.settings import Settings, SettingsError, load
from storage.engine import Database, sqlite_url
from storage.migrate import migrate
from storage.unit_of_work import Store


def settings(mode: str, folder: Path) -> Settings:
    return load(_env_file=None, mode=mode, data_dir=folder)


@pytest.fixture
def store(sqlite: Database) -> Store:
    return Store(sqlite)


@pytest.mark.parametrize("mode", ["demo", "web"])
def test_a_new_database_is_stamped_and_known_again(mode: str, store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        stamp.check(settings(mode, tmp_path), store)


@pytest.mark.parametrize(("first", "second", "said"), [("demo", "web", "the demo's"), ("web", "demo", "real")])
def test_a_database_for_the_other_purpose_is_refused_in_one_line(
    first: str, second: str, said: str, store: Store, tmp_path: Path
) -> None:
    stamp.check(settings(first, tmp_path), store)
    for _ in range(2):
        with pytest.raises(SettingsError) as refusal:
            stamp.check(settings(second, tmp_path), store)
        assert said in str(refusal.value)
        assert str(refusal.value).startswith("BOT_DATA_DIR")
        assert "\n" not in str(refusal.value)
    stamp.check(settings(first, tmp_path), store)


def test_a_real_start_refuses_the_demos_folder_and_lets_go_of_it(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "bot.sqlite3"))
    migrate(database)
    stamp.check(settings("demo", tmp_path), Store(database))
    database.close()
    for _ in range(2):
        with pytest.raises(SettingsError, match="the demo's database"):
            App(settings("web", tmp_path))
