"""The table of rights, as people read it: docs/authorisation.md."""

from dataclasses import dataclass
from pathlib import Path

from tests.authorisation.cast import COLUMNS

TABLE = Path("docs/authorisation.md")


@dataclass(frozen=True)
class Line:
    """An entry, what it is tried on, and what each column is answered: ``yes``, ``no`` or ``–``."""

    entry: str
    thing: str
    answers: tuple[str, ...]

    @property
    def by_column(self) -> dict[str, str]:
        return dict(zip(COLUMNS, self.answers, strict=True))


def lines(heading: str) -> list[Line]:
    """The lines of the table below this heading."""
    _, _, after = TABLE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    rows = [row for row in after.partition("\n## ")[0].splitlines() if row.startswith("| `")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [Line(entry.strip("`"), thing, tuple(answers)) for entry, thing, *answers in cells]
