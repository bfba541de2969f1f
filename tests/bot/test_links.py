"""Links that are handed out lead somewhere, or are not handed out."""

from pathlib import Path

import pytest

from bot.links import Links, base_address, lead_nowhere
from bot.settings import Settings, load

TOKEN = "123456:ABC-def"


def settings(folder: Path, **given: object) -> Settings:
    return load(_env_file=None, data_dir=folder, **given)


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ({"mode": "web"}, "http://127.0.0.1:8080/enter/c"),
        ({"mode": "web", "http_host": "0.0.0.0", "allow_http": True}, "http://127.0.0.1:8080/enter/c"),
        ({"mode": "web", "public_url": "https://bot.example.org/"}, "https://bot.example.org/enter/c"),
        ({"token": TOKEN}, ""),
        ({"token": TOKEN, "public_url": "https://bot.example.org"}, "https://bot.example.org/enter/c"),
        ({"mode": "demo"}, ""),
    ],
)
def test_a_page_link_is_given_where_others_can_open_it(given: dict[str, object], link: str, tmp_path: Path) -> None:
    assert Links(settings(tmp_path, **given), lambda: 8080).page("c") == link


def test_a_page_open_to_others_without_an_address_is_pointed_out(tmp_path: Path) -> None:
    opened = {"mode": "web", "http_host": "0.0.0.0", "allow_http": True}
    assert lead_nowhere(settings(tmp_path, **opened))
    assert not lead_nowhere(settings(tmp_path, **opened, public_url="http://10.0.0.5:8080"))
    assert not lead_nowhere(settings(tmp_path, mode="web"))


def test_a_messenger_link_needs_the_bots_name_there(tmp_path: Path) -> None:
    links = Links(settings(tmp_path, token=TOKEN), lambda: 8080)
    assert links.messenger("c") == ""
    links.username = "example_bot"
    assert links.messenger("c") == "https://t.me/example_bot?start=j_c"


def test_the_operator_always_gets_an_address(tmp_path: Path) -> None:
    assert base_address(settings(tmp_path, token=TOKEN), 8080) == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ({"mode": "web"}, "http://127.0.0.1:8080/sheet/s"),
        ({"mode": "demo"}, "http://127.0.0.1:8080/sheet/s"),
        ({"token": TOKEN}, ""),
        ({"token": TOKEN, "public_url": "https://bot.example.org"}, "https://bot.example.org/sheet/s"),
    ],
)
def test_a_sheet_is_offered_where_whoever_invites_can_open_it(
    given: dict[str, object], link: str, tmp_path: Path
) -> None:
    assert Links(settings(tmp_path, **given), lambda: 8080).sheet("s") == link
