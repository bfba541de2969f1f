"""What a browser says of itself, in plain words."""

import pytest

from domain.sign_ins import device_name

NAMES = {
    "Chrome · Android": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
    "Safari · iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1",
    "Edge · Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
    "WeChat · Android": "Mozilla/5.0 (Linux; Android 13; V2) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49",
    "Huawei Browser · HarmonyOS": "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.0",
    "Firefox · Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
    "Safari · macOS": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15",
    "": "curl/8.5.0",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_has_a_plain_name(name: str) -> None:
    assert device_name(NAMES[name]) == name


@pytest.mark.parametrize("odd", ["", "<script>alert(1)</script>", "Chro\x00me/1", "x" * 10_000])
def test_nothing_a_browser_makes_up_becomes_a_name(odd: str) -> None:
    assert device_name(odd) == ""
