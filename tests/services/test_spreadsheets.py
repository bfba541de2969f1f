"""Spreadsheets from anybody: read within bounds, refused with a reason, written so that nothing in them runs."""

import io
import time
import zipfile

import openpyxl
import pytest

from domain.errors import DomainError
from services.spreadsheets import MAX_BYTES, MAX_ROWS, read_table, write_workbook

SHEET = "xl/worksheets/sheet1.xml"
OPENING = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one entry's content replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return target.getvalue()


def refusal(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(DomainError) as caught:
        read_table(data, name)
    return caught.value.code


def test_rows_carry_the_numbers_a_person_counts_in_the_sheet() -> None:
    table = read_table(workbook(("姓名", "工号"), ("张三", 1001), (None, None), ("李四", "007")), "名册.XLSX")
    assert table.header == ("姓名", "工号")
    assert table.rows == ((2, ("张三", "1001")), (4, ("李四", "007")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_in_which_offices_save_it(encoding: str) -> None:
    table = read_table('姓名,备注\r\n张三,"一,二\r\n三"\r\n李四,\r\n'.encode(encoding), "a.csv")
    assert table.header == ("姓名", "备注")
    assert table.rows == ((2, ("张三", "一,二\r\n三")), (3, ("李四", "")))


def test_a_formula_is_never_computed_and_counts_as_the_value_it_was_saved_with() -> None:
    assert read_table(workbook(("a", "b"), ("x", "=1+1")), "a.xlsx").rows == ((2, ("x", "")),)


def test_what_would_run_as_a_formula_is_written_as_text() -> None:
    dangerous = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "安全", "2=2"]
    data = write_workbook({"一": [["列"], *[[cell] for cell in dangerous], [7]]})
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    values = [str(cell.value) for cell in cells]
    assert values[:4] == ["'=1+1", "'+1", "'-1", "'@x"]
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in values)
    assert values[6:] == ["安全", "2=2", "7"]


def test_what_is_written_can_be_read_back() -> None:
    table = read_table(write_workbook({"模板": [["题型", "题干"], ["单选", "几年？"]]}), "t.xlsx")
    assert (table.header, table.rows) == (("题型", "题干"), ((2, ("单选", "几年？")),))


def test_too_many_rows_are_refused_within_two_seconds() -> None:
    data = workbook(*[("x", "y")] * (MAX_ROWS + 2))
    began = time.monotonic()
    assert refusal(data) == "sheet-too-long"
    assert time.monotonic() - began < 2
    assert refusal(b"a,b\n" * (MAX_ROWS + 2), "a.csv") == "sheet-too-long"


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(read_table(b"a,b\n" * (MAX_ROWS + 1), "a.csv").rows) == MAX_ROWS


def test_a_sheet_that_claims_endless_empty_rows_is_refused_within_two_seconds() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c r="A999999999"><v>1</v></c></row>'
    data = replaced(workbook(("a",)), SHEET, f"{OPENING}{cells}</sheetData></worksheet>".encode())
    began = time.monotonic()
    assert refusal(data) == "sheet-too-long"
    assert time.monotonic() - began < 2


def test_too_many_columns_are_refused() -> None:
    assert refusal(workbook(tuple("x" * 51))) == "sheet-too-wide"
    assert len(read_table(workbook(tuple("x" * 50), ("y",)), "a.xlsx").header) == 50


def test_an_archive_that_would_unpack_to_far_more_is_refused_unopened() -> None:
    assert refusal(replaced(workbook(("a",)), "xl/bomb.xml", b"\0" * 30_000_000)) == "sheet-too-large"


def test_an_archive_of_many_entries_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(101):
            archive.writestr(f"{number}.xml", b"x")
    assert refusal(target.getvalue()) == "sheet-too-large"


def test_a_file_over_the_limit_is_refused() -> None:
    assert refusal(b"a," * MAX_BYTES, "a.csv") == "sheet-too-large"


def test_an_xml_that_blows_up_its_own_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    data = replaced(workbook(("a",)), SHEET, f"{bomb}{OPENING}{cells}</sheetData></worksheet>".encode())
    assert refusal(data) == "sheet-broken"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", b"not a spreadsheet"])
def test_a_broken_file_is_refused_with_a_reason(data: bytes) -> None:
    assert refusal(data) == "sheet-broken"


def test_another_kind_of_file_and_an_empty_one_are_refused() -> None:
    assert refusal(b"x", "a.xls") == "sheet-kind"
    assert refusal(b"\xff\xff\xff", "a.csv") == "sheet-broken"
    assert refusal(workbook()) == "sheet-empty"
    assert refusal(b"", "a.csv") == "sheet-empty"
