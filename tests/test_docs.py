"""The pages under docs say what is so: the tables, the words, the addresses."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Table, UniqueConstraint

import storage.tables
from storage.base import metadata
from tests.faults.proofs.all import PROOFS

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))

assert storage.tables, "imported so that every table is known"


def tables() -> dict[str, Table]:
    return dict(metadata.tables)


def row_of(table: Table) -> str:
    """How the page lists a table: its columns, its primary key, what is unique besides."""
    unique = sorted(
        ", ".join(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    )
    keys = [", ".join(column.name for column in table.primary_key), *(f"unique ({columns})" for columns in unique)]
    return f"| `{table.name}` | {', '.join(column.name for column in table.columns)} | {'; '.join(keys)} | "


def test_the_architecture_lists_every_table_with_its_columns_and_keys():
    missing = [row for row in map(row_of, tables().values()) if row not in ARCHITECTURE]

    assert not missing, "rows to put into docs/architecture.md, each with its last cell:\n" + "\n".join(missing)


def test_the_architecture_lists_no_table_that_is_gone():
    listed = re.findall(r"^\| `(\w+)` \| [a-z]", ARCHITECTURE, re.MULTILINE)

    assert set(listed) <= set(tables())
    assert listed


def test_each_listed_table_says_who_deletes_its_rows():
    rows = [line for line in ARCHITECTURE.splitlines() if re.match(r"\| `\w+` \| [a-z]", line)]

    assert [row for row in rows if not re.search(r"(Deleted|Kept|Replaced|Never deleted)[^|]+\|$", row)] == []


def terms(language: str) -> dict[str, str]:
    pack = (ROOT / "views" / "terms" / f"{language}.ftl").read_text(encoding="utf-8")
    return dict(re.findall(r"^(-[a-z-]+) = (.+)$", pack, re.MULTILINE))


@pytest.mark.parametrize("term", terms("zh"))
def test_the_glossary_explains_every_word_of_the_term_pack(term: str):
    words = terms("zh")[term], terms("en")[term].casefold()
    rows = [line for line in GLOSSARY.splitlines() if f"`{term}`" in line]

    assert [row for row in rows if words[0] in row and words[1] in row.casefold()], words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_our_own_files_lead_somewhere(page: Path):
    targets = re.findall(r"(?:\]\(|(?:src|srcset|href)=\")([^)\"#]+)", page.read_text(encoding="utf-8"))
    ours = [target for target in targets if "://" not in target and not target.startswith("mailto:")]

    assert [target for target in ours if not (page.parent / target).exists()] == []


def test_the_page_about_testing_names_every_proof_and_nothing_else():
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    section = page.split("## Promises and their proofs")[1].split("## Safeguards")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert {name for cell in cells for name in re.findall(r"`([a-z-]+)`", cell)} == {one.name for one in PROOFS}
