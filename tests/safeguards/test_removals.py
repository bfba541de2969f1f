"""The list of safeguards speaks of the code as it stands."""

from pathlib import Path

import pytest

from tests.safeguards.__main__ import ROOT, without
from tests.safeguards.removals import REMOVALS, Removal


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda one: one.name)
def test_what_would_be_taken_away_is_there_and_so_are_its_tests(removal: Removal) -> None:
    whole = (ROOT / removal.file).read_text(encoding="utf-8")
    assert without(removal, whole) != whole
    for test in removal.tests:
        assert test.startswith("-") or "/" not in test or Path(ROOT / test).exists()


def test_the_page_about_testing_names_each_of_them() -> None:
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    assert [one.name for one in REMOVALS if f"| {one.name} |" not in page] == []
