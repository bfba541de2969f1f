"""The roster that the demo hands out is opened in a spreadsheet program: no cell of it may be a formula."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest

from bot.demo.organisation import material
from services.spreadsheets import RUNS
from views import demo
from views.texts import LANGUAGES, Texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_demos_roster_is_a_formula(language: str) -> None:
    data = demo.roster(Texts().translator(language, ZoneInfo("Asia/Shanghai")), material(language)["roster"])
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert cells
    assert [cell for cell in cells if cell.startswith(RUNS)] == []
