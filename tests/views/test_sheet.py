"""The sheet to be printed says what works, wherever the program runs, and what is missing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.entrances import JoiningSheet, as_made, unit_code
from views import sheet
from views.texts import LANGUAGES, Texts

ZONE = ZoneInfo("Asia/Shanghai")
TEXTS = Texts()
SHEET = JoiningSheet(
    "某单位", unit_code("secret"), 12, datetime(2030, 5, 20, 2, tzinfo=UTC), ("某书记", "某副书记"), ""
)


@dataclass(frozen=True)
class Addresses:
    """``host`` is where the page is, ``bot`` what the messenger calls us; empty where there is none."""

    host: str = ""
    bot: str = ""

    def page(self, code: str) -> str:
        return f"{self.host}/enter/{code}" if self.host else ""

    def messenger(self, code: str) -> str:
        return f"https://t.me/{self.bot}?start=j_{code}" if self.bot else ""

    def sheet(self, secret: str) -> str:
        return ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("links", "pictures", "missing"),
    [
        (Addresses("https://bot.example.org", "example_bot"), 2, ""),
        (Addresses(bot="example_bot"), 1, ""),
        (Addresses("http://127.0.0.1:8080", "example_bot"), 1, ""),
        (Addresses("http://192.168.1.5:8080"), 1, ""),
        (Addresses("http://127.0.0.1:8080"), 0, "sheet-here-only"),
        (Addresses(), 0, "sheet-no-address"),
    ],
)
def test_a_sheet_shows_the_ways_that_others_can_use(
    links: Addresses, pictures: int, missing: str, language: str
) -> None:
    t = TEXTS.translator(language, ZONE)
    page = sheet.page(t, SHEET, links, "/sheet.css")
    assert page.count("<svg") == pictures
    for text in ("sheet-here-only", "sheet-no-address"):
        assert (t.plain(text) in page) is (text == missing)
    assert "某书记" in page
    assert sheet.in_groups(SHEET.code) in page


def test_what_is_read_from_the_paper_is_the_code() -> None:
    assert as_made(sheet.in_groups(SHEET.code)) == SHEET.code
