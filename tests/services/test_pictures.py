"""Pictures made safe: only pixels survive, and what is no picture is refused in words."""

import io

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from bot.services import Services
from domain.errors import DomainError
from domain.files import FileKind
from services.pictures import LONGEST_SIDE, cleaned


def photo(size: tuple[int, int] = (60, 40), exif: Image.Exif | None = None, form: str = "JPEG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, form, **({"exif": exif} if exif is not None else {}))
    return data.getvalue()


def taken_at_home() -> Image.Exif:
    """What a phone writes into a photo: who, when, where, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Somebody Secret"
    exif[0x9003] = "2030:05:13 10:00:00"
    exif.get_ifd(0x8825)[2] = (IFDRational(23), IFDRational(7), IFDRational(11))
    return exif


def test_no_name_date_or_place_survives_and_the_picture_stands_upright() -> None:
    clean = cleaned(photo(exif=taken_at_home()))
    assert b"Somebody Secret" not in clean.data
    with Image.open(io.BytesIO(clean.data)) as picture:
        assert dict(picture.getexif()) == {}
        assert "exif" not in picture.info
        assert picture.size == (clean.width, clean.height) == (40, 60)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
def test_other_kinds_of_pictures_become_jpegs(form: str) -> None:
    assert cleaned(photo(form=form)).mime == "image/jpeg"


def test_a_huge_picture_is_made_smaller() -> None:
    clean = cleaned(photo((4000, 1000)))
    assert (clean.width, clean.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photo()[:200],
        b"\x89PNG\r\n\x1a\n" + b"0" * 99,
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError, match="not-a-photo"):
        cleaned(data)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(DomainError, match="not-a-photo"):
        cleaned(photo((9000, 9000), form="PNG"))


def test_the_same_content_is_one_file_and_is_found_by_its_row(services: Services) -> None:
    first = services.files.keep(services.files.prepare(FileKind.PHOTO, photo()))
    second = services.files.keep(services.files.prepare(FileKind.PHOTO, photo()))
    found = services.files.find(first.id)
    assert first.sha256 == second.sha256
    assert found is not None
    assert found[1] == cleaned(photo()).data


@pytest.mark.parametrize(
    ("data", "mime"),
    [(b"\x1aE\xdf\xa3....", "audio/webm"), (b"\0\0\0\x1cftypiso5", "audio/mp4"), (b"OggS", "audio/ogg")],
)
def test_a_recording_is_known_by_its_bytes_whatever_the_browser(services: Services, data: bytes, mime: str) -> None:
    assert services.files.prepare(FileKind.VOICE, data).mime == mime


@pytest.mark.parametrize(
    ("kind", "data", "code"), [(FileKind.DOCUMENT, b"", "file-empty"), (FileKind.VOICE, b"x", "not-a-voice")]
)
def test_an_empty_or_wrong_file_is_refused(services: Services, kind: FileKind, data: bytes, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        services.files.prepare(kind, data)


@pytest.mark.parametrize(("form", "more"), [("PNG", {}), ("WEBP", {}), ("JPEG", {"progressive": True})])
def test_what_can_only_be_decoded_whole_may_have_fewer_pixels(form: str, more: dict[str, bool]) -> None:
    data = io.BytesIO()
    Image.new("RGB", (3_600, 3_600), "teal").save(data, form, **more)
    with pytest.raises(DomainError, match="not-a-photo"):
        cleaned(data.getvalue())
    assert cleaned(photo((3_600, 3_600))).width == LONGEST_SIDE
