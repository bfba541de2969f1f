"""Tables people bring and take away: .xlsx and .csv, read within bounds and written so that no cell can run."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from domain.errors import DomainError
from storage.lanes import heavy

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 100
MAX_RATIO = 100
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 50
MAX_SCANNED = 20_000
"""Empty rows are not counted as rows, but a sheet may claim millions of them."""
MAX_CELL = 4_000
"""Longer than any cell somebody means; the rest of it is left out."""

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program takes a cell that begins so for a formula."""


@dataclass(frozen=True)
class Table:
    """The first row and those below it, as text. A row carries its number as a person counts it in the sheet; empty
    rows are left out, shorter ones are filled up to the width of the first."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@heavy
def read_table(data: bytes, name: str) -> Table:
    """The first sheet of an .xlsx, or a .csv in UTF-8 or GB 18030. Formulas count as the value they were saved with.

    Raises DomainError ``sheet-too-large``, ``sheet-too-long``, ``sheet-too-wide``, ``sheet-empty``, ``sheet-kind``
    (neither kind of file) or ``sheet-broken``.
    """
    if len(data) > MAX_BYTES:
        raise DomainError("sheet-too-large", megabytes=MAX_BYTES // 1024 // 1024)
    kind = name.casefold().rpartition(".")[2]
    if kind == "xlsx":
        return _bounded(_xlsx_rows(data))
    if kind == "csv":
        return _bounded(_csv_rows(data))
    raise DomainError("sheet-kind")


@heavy
def write_workbook(sheets: Mapping[str, Sequence[Sequence[str | int]]]) -> bytes:
    """An .xlsx with these sheets. Every cell is text; one that would be taken for a formula begins with an
    apostrophe."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=_harmless(str(value)))
                cell.data_type, cell.number_format = "s", "@"
                cells.append(cell)
            sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _harmless(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if clean.startswith(RUNS) else clean


def _bounded(rows: Iterable[tuple[int, Sequence[Any]]]) -> Table:
    header: tuple[str, ...] | None = None
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, values in rows:
        if number > MAX_SCANNED:
            raise DomainError("sheet-too-long", limit=MAX_ROWS)
        cells = _cells(values)
        if not cells:
            continue
        if header is None:
            header = cells
            continue
        if len(found) == MAX_ROWS:
            raise DomainError("sheet-too-long", limit=MAX_ROWS)
        found.append((number, cells + ("",) * (len(header) - len(cells))))
    if header is None:
        raise DomainError("sheet-empty")
    return Table(header, tuple(found))


def _cells(values: Sequence[Any]) -> tuple[str, ...]:
    """Empty cells to the right are no column: programs save hundreds of them."""
    cells = [_text(value) for value in values[: MAX_COLUMNS + 1]]
    if any(cells[MAX_COLUMNS:]):
        raise DomainError("sheet-too-wide", limit=MAX_COLUMNS)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    return str(value).strip()[:MAX_CELL]


def _csv_rows(data: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    """Rows are counted as a spreadsheet program shows them: one per record, however many lines it spans."""
    reader = csv.reader(io.StringIO(_decoded(data), newline=""))
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise DomainError("sheet-broken") from None


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError("sheet-broken")


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    _inspect(data)
    import openpyxl

    # The library reads XML by defusedxml where that is installed; were it not, an entity bomb would pass.
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("spreadsheets are read with defusedxml only")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # What the sheet says about its own size is not believed: it may be wrong, or meant to mislead.
            sheet.reset_dimensions()
            yield from enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1)
        finally:
            book.close()
    except DomainError:
        raise
    except Exception:  # noqa: BLE001 - a file made by anybody breaks the library in any way there is
        raise DomainError("sheet-broken") from None


def _inspect(data: bytes) -> None:
    """Refuse an archive that would unpack to far more than it is: before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise DomainError("sheet-broken") from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(1, packed):
        raise DomainError("sheet-too-large", megabytes=MAX_BYTES // 1024 // 1024)
