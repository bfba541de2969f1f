"""Files as somebody hostile would send them: bombs, lies about their size, one kind in the clothes of another."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache

from PIL import Image

from services.spreadsheets import write_workbook

Made = tuple[str, bytes]
NAMES = (
    "名册.xlsx",
    "../../etc/passwd.xlsx",
    "a\0b.xlsx",
    "x.xlsx.csv",
    "题库.json",
    "",
    ".",
    "名.XLSX",
    "b.xls",
    "c.csv",
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A0")
SHEET, STRINGS, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
LIST = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
ENTITIES = (
    '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE z [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def made(dice: random.Random) -> Made:
    """One file and its name, which often says something else."""
    name, data = dice.choice(WAYS)(dice)
    return (dice.choice(NAMES) if dice.random() < 0.3 else name), data


def good() -> Made:
    """What the others are measured against."""
    return "名册.xlsx", _good()


def _workbook(changes: dict[str, bytes], *, more: dict[str, bytes] | None = None, whole: bytes | None = None) -> bytes:
    """A good workbook with some of its parts replaced, and others added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole or _good())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        if strange := set(changes) - set(source.namelist()):
            raise LookupError(strange)
        for part in source.namelist():
            archive.writestr(part, changes.get(part, source.read(part)))
        for part, data in (more or {}).items():
            archive.writestr(part, data)
    return target.getvalue()


@lru_cache
def _good() -> bytes:
    head = ["单位编码", "单位名称", "单位类型", "上级编码", "姓名", "工号", "角色"]
    whole = write_workbook({"名册": [head, ["d1", "一处", "部门", "", "张三", "X1", "成员"]]})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        types = archive.read(TYPES)
    # Ours write their words into the cells; what others bring has a list of them, which is read to its end at once.
    listed = f'<Override PartName="/{STRINGS}" ContentType="{LIST}"/></Types>'.encode()
    return _workbook({TYPES: types.replace(b"</Types>", listed)}, more={STRINGS: _strings(0)}, whole=whole)


def _sheet(rows: str, before: str = "", size: str = "A1:B2") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><dimension ref="{size}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def _cell(at: str, text: str) -> str:
    return f'<row r="{at[1:]}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _bomb(dice: random.Random) -> Made:
    megabytes = dice.choice((1, 20, 49, 60))
    if dice.random() < 0.5:
        return "炸.xlsx", _packed_strings(megabytes if megabytes < 60 else 300)
    return "炸.xlsx", _workbook({SHEET: b" " * megabytes * 2**20})


def _packed(_dice: random.Random) -> Made:
    """Below every limit but that of how much smaller it is packed."""
    return "密.xlsx", _packed_strings(12)


@lru_cache
def _packed_strings(megabytes: int) -> bytes:
    return _workbook({STRINGS: _strings(megabytes * 2**20)})


def _strings(size: int) -> bytes:
    """Words that a reader keeps, one and all."""
    one = b"<si><t>x</t></si>"
    space = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return space + one * (size // len(one)) + b"</sst>"


def _lying_bomb(dice: random.Random) -> Made:
    """Its directory claims that it unpacks to next to nothing."""
    data = bytearray(_workbook({SHEET: _sheet(_cell("A1", "x" * 2**20 * dice.choice((1, 8))))}))
    for mark, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        place = data.find(mark)
        while place >= 0:
            data[place + at : place + at + 4] = struct.pack("<I", 10)
            place = data.find(mark, place + 4)
    return "谎.xlsx", bytes(data)


def _nested(dice: random.Random) -> Made:
    data = b"\0" * 2**20
    for level in range(dice.randint(2, 6)):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip", data)
        data = target.getvalue()
    return "套.xlsx", data


def _entities(dice: random.Random) -> Made:
    before, text = dice.choice(((ENTITIES, "&j;"), (OUTSIDE, "&j;")))
    part = dice.choice((SHEET, STRINGS, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"))
    return "实体.xlsx", _workbook({part: _sheet(_cell("A1", text), before)})


def _claims_everything(dice: random.Random) -> Made:
    far = dice.choice(("XFD1048576", "A1048576", "XFD1", "ZZZ99999999999"))
    return "大.xlsx", _workbook(
        {SHEET: _sheet(f'{_cell("A1", "x")}<row r="1048576"><c r="{far}"><v>1</v></c></row>', size="A1:XFD1048576")}
    )


def _macros(_dice: random.Random) -> Made:
    return "宏.xlsx", _workbook({}, more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 1000, "../../evil.sh": b"rm"})


def _formulas(dice: random.Random) -> Made:
    cells = "".join(f'<c r="{chr(65 + i)}1"><f>{1 + i}+1</f><v>{i}</v></c>' for i in range(5))
    bad = dice.choice(
        ('<c r="A2" t="s"><v>999999999</v></c>', '<c r="A2" t="d"><v>x</v></c>', '<c r="A2"><v>1e999</v></c>')
    )
    return "式.xlsx", _workbook({SHEET: _sheet(f'<row r="1">{cells}</row><row r="2">{bad}</row>')})


def _csv(dice: random.Random) -> Made:
    lines = (
        lambda: ",".join(FORMULAS).encode(),
        lambda: b'"' + b"a" * 200_000,
        lambda: b"a," * 100_000,
        lambda: b"\n" * 2**20,
        lambda: b"a\0b,c\r\n" * 1000,
        lambda: dice.randbytes(20_000),
        lambda: ("a,b\n" * 30_000).encode("utf-16"),
    )
    return "表.csv", dice.choice(lines)()


def _json(dice: random.Random) -> Made:
    texts = (
        lambda: "[" * 100_000,
        lambda: '{"questions": ' + "[" * 5_000 + "]" * 5_000 + "}",
        lambda: '{"questions": [{"type": "single", "options": [1e400, null], "answer": [' + "9" * 4_000 + "]}]}",
        lambda: '{"questions": [{"type": ["single"], "options": [], "answer": []}]}',
        lambda: '{"title": {"a": 1}, "questions": [{"type": "single", "options": ["\\ud800"], "answer": [-1]}]}',
        lambda: '{"n": ' + "1" * 6_000 + "}",
    )
    return "题库.json", dice.choice(texts)().encode()


def _huge_png(dice: random.Random) -> Made:
    """Thirty thousand pixels a side in a few bytes, with or without the pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    side = dice.choice((30_000, 6_000, 2**31 - 1))
    head = struct.pack(">IIBBBBB", side, side, 8, dice.choice((0, 2, 6)), 0, 0, 0)
    pixels = zlib.compress(bytes(2**20))
    text = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"x" * 5 * 2**20)) * dice.choice((0, 5))
    return "p.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + text + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _flat(dice: random.Random) -> Made:
    """Sound pictures of next to no bytes and very many pixels."""
    side, kind = dice.choice((2_200, 2_950, 6_300)), dice.choice(("PNG", "JPEG", "WEBP", "progressive"))
    return "p.png", _plain(side, kind)


@lru_cache
def _plain(side: int, kind: str) -> bytes:
    stream = io.BytesIO()
    picture = Image.new("RGB", (side, side), "teal")
    picture.save(stream, "JPEG" if kind == "progressive" else kind, progressive=kind == "progressive")
    return stream.getvalue()


@lru_cache
def _jpeg() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((400, 300), 60).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def _broken_jpeg(dice: random.Random) -> Made:
    data = bytearray(_jpeg()[: dice.randint(3, len(_jpeg()))])
    for _ in range(dice.choice((0, 3, 50))):
        data[dice.randrange(2, len(data))] = dice.randrange(256)
    return "p.jpg", bytes(data)


def _polyglot(dice: random.Random) -> Made:
    """Good as one kind, and as another."""
    front = dice.choice((_jpeg(), b"%PDF-1.4\n", b"GIF89a\1\0\1\0", b"<html><script>alert(1)</script>", b"OggS", b"MZ"))
    return dice.choice(("p.jpg", "p.xlsx", "p.csv")), front + _good()


def _cut(dice: random.Random) -> Made:
    data = bytearray(_good()[: dice.randint(0, len(_good()))])
    for _ in range(dice.choice((0, 5))):
        if data:
            data[dice.randrange(len(data))] = dice.randrange(256)
    return "断.xlsx", bytes(data)


def _noise(dice: random.Random) -> Made:
    front = dice.choice(
        (b"", b"PK\3\4", b"\xff\xd8\xff", b"RIFF\xff\xff\xff\xffWEBPVP8 ", b"GIF89a\xff\xff\xff\xff", b"ID3", b"OggS")
    )
    return "n.bin", front + dice.randbytes(dice.choice((0, 1, 100, 10_000)))


WAYS: tuple[Callable[[random.Random], Made], ...] = (
    _packed,
    _bomb,
    _lying_bomb,
    _nested,
    _entities,
    _claims_everything,
    _macros,
    _formulas,
    _csv,
    _json,
    _huge_png,
    _flat,
    _broken_jpeg,
    _polyglot,
    _cut,
    _noise,
)
