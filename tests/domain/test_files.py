"""How a file's name ends, told by what is in it."""

import pytest

from domain.files import extension


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"%PDF-1.7", ".pdf"),
        (b"PK\x03\x04 xl/workbook.xml", ".xlsx"),
        (b"PK\x03\x04 word/document.xml", ".docx"),
        (b"PK\x03\x04 ppt/presentation.xml", ".pptx"),
        (b"PK\x03\x04 a.jpg", ".zip"),
        ("第一条，请您阅读。".encode(), ".txt"),
        ("第一条，请您阅读。".encode("gb18030"), ".txt"),
        ("\ufeff姓名,工号\n甲,1\n乙,2\n".encode(), ".csv"),
        ("甲,乙\n丙\n".encode(), ".txt"),
        ("一二三".encode() * 30_000, ".txt"),
        (b"MZ\x90\x00\x03", ""),
        (b"\xff\xfe\xff\xff", ""),
    ],
)
def test_the_ending_is_told_by_the_content(data: bytes, ending: str) -> None:
    assert extension(data) == ending
