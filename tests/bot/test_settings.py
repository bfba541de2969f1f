"""Settings: one clear line that names the variable and what it should be."""

from pathlib import Path

import pytest

from bot.settings import Mode, SettingsError, load
from bot.upkeep import open_database

TOKEN = "123456:ABC-def"
SECRET = "s" * 32


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the machine's environment nor a file may decide a test."""
    import os

    for name in list(os.environ):
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        ({}, Mode.DEMO),
        ({"token": TOKEN}, Mode.POLLING),
        ({"database_url": "postgresql://u:p@h/d"}, Mode.WEB),
        ({"mode": "web"}, Mode.WEB),
    ],
)
def test_the_mode_follows_from_what_is_given(given: dict[str, str], mode: Mode) -> None:
    assert load(**given).run_mode is mode


@pytest.mark.parametrize(
    ("given", "named", "wanted"),
    [
        ({"token": "abc"}, "BOT_TOKEN", "@BotFather"),
        ({"mode": "polling"}, "BOT_TOKEN", "missing"),
        ({"mode": "webhook", "token": TOKEN}, "BOT_WEBHOOK_URL", "missing"),
        ({"mode": "webhook", "token": TOKEN, "webhook_url": "https://x.org"}, "BOT_WEBHOOK_SECRET", "at least 32"),
        ({"mode": "fax"}, "BOT_MODE", "demo"),
        ({"timezone": "Mars/Olympus"}, "BOT_TIMEZONE", "Asia/Shanghai"),
        ({"locale": "fr"}, "BOT_LOCALE", "zh or en"),
        ({"http_port": "99999"}, "BOT_HTTP_PORT", "65535"),
        ({"http_port": "web"}, "BOT_HTTP_PORT", "integer"),
        ({"api_url": "http://example.org"}, "BOT_API_URL", "https://"),
        ({"database_url": "mysql://x"}, "BOT_DATABASE_URL", "postgresql://"),
        ({"admins": "me"}, "BOT_ADMINS", "12345,67890"),
        ({"mode": "demo", "database_url": "postgresql://u:p@h/d"}, "BOT_DATABASE_URL", "demo"),
        ({"mode": "web", "http_host": "0.0.0.0"}, "BOT_HTTP_HOST", "set BOT_PUBLIC_URL"),
        ({"token": TOKEN, "http_host": "10.0.0.5"}, "BOT_HTTP_HOST", "BOT_ALLOW_HTTP=1"),
        ({"public_url": "http://bot.example.org"}, "BOT_PUBLIC_URL", "https://"),
        ({"trusted_proxies": "127.0.0.1,nginx"}, "BOT_TRUSTED_PROXIES", "10.0.0.0/8"),
        ({"proxy": "socks5://127.0.0.1:1080"}, "BOT_PROXY", "socks is not spoken"),
        ({"proxy": "proxy.example.org:3128"}, "BOT_PROXY", "http://proxy.example.org:3128"),
        ({"allow_http": "perhaps"}, "BOT_ALLOW_HTTP", "boolean"),
        ({"term_pack": "terms.ftl"}, "BOT_TERM_PACK", "must be a folder with zh.ftl and en.ftl"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it(given: dict[str, str], named: str, wanted: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        load(**given)
    line = str(refusal.value)
    assert line.startswith(named)
    assert wanted in line
    assert "\n" not in line


def test_plain_http_is_for_this_machine_only() -> None:
    assert load(api_url="http://127.0.0.1:8081").api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    "given",
    [
        {"public_url": "https://bot.example.org"},
        {"trusted_proxies": "172.16.0.0/12"},
        {"allow_http": "1"},
        {"allow_http": "1", "public_url": "http://10.0.0.5:8080"},
    ],
)
def test_the_page_may_be_opened_to_others_with_https_or_when_somebody_said_so(given: dict[str, str]) -> None:
    assert load(mode="web", http_host="0.0.0.0", **given).http_host == "0.0.0.0"


def test_the_demo_believes_no_proxy() -> None:
    assert load(mode="web", trusted_proxies="127.0.0.1").proxies != ()
    assert load(trusted_proxies="127.0.0.1").proxies == ()


def test_the_demo_keeps_to_a_folder_of_its_own() -> None:
    assert load().folder != load(mode="web").folder


def test_secrets_do_not_show() -> None:
    proxy = "http://u:hidden@proxy:3128"
    shown = repr(load(token=TOKEN, database_url="postgresql://u:hidden@h/d", proxy=proxy, mode="polling"))
    assert "ABC-def" not in shown
    assert "hidden" not in shown


def test_the_example_names_every_setting_and_no_other() -> None:
    from bot.settings import Settings

    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    named = {line.partition("=")[0] for line in example.splitlines() if line.startswith("BOT_")}
    for_tests = {"BOT_FAILPOINT", "BOT_CLOCK_OFFSET_FILE"}
    assert named == {f"BOT_{name.upper()}" for name in Settings.model_fields} - for_tests


@pytest.mark.parametrize(
    ("name", "said"),
    [("BOT_MOD", "BOT_MOD is no setting of this program: BOT_MODE is"), ("bot_foo", "BOT_FOO is no setting")],
)
def test_a_name_that_is_no_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.setenv(name, "web")
    with pytest.raises(SettingsError, match=said):
        load()


def test_what_the_program_was_started_with_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BOT_LOCALE=en\nbot_http_port=81\n", encoding="utf-8")
    monkeypatch.setenv("BOT_HTTP_PORT", "82")
    assert (load().locale, load().http_port, load(http_port=83).http_port) == ("en", 82, 83)


def test_so_does_one_in_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_LOCAL=en\nPOSTGRES_PASSWORD=x\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="BOT_LOCAL is no setting of this program: BOT_LOCALE is"):
        load()


def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    settings = load(mode="web", data_dir=tmp_path, database_url="postgresql://nobody:x@127.0.0.1:1/none")
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL: no database answers there"):
        open_database(settings)
