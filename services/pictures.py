"""Pictures made safe: decoded, turned upright, and written anew without anything but pixels."""

import io
from dataclasses import dataclass

from domain.errors import DomainError
from storage.lanes import heavy

MAX_PIXELS = {"JPEG": 40_000_000, "WEBP": 5_000_000}
MAX_WHOLE = 12_200_000
"""A plain JPEG is shrunk while it is read. Everything else is held whole for a moment, a WebP more than once, and may
be tiny as a file."""

LONGEST_SIDE = 2560

SMOOTH = ("RGB", "RGBA", "L", "LA", "CMYK")
"""Modes that can be shrunk as they are; of a palette the colours would be lost."""


@dataclass(frozen=True)
class CleanPicture:
    data: bytes
    mime: str
    width: int
    height: int


@heavy
def cleaned(data: bytes) -> CleanPicture:
    """The picture as a JPEG without metadata, at most 2,560 pixels a side. Raises DomainError ``not-a-photo``."""
    # Imported here: an idle bot has no use for it, and it is large.
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS["JPEG"]
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as source:
            kind = "" if source.info.get("progressive") else source.format or ""
            if source.width * source.height > MAX_PIXELS.get(kind, MAX_WHOLE):
                raise DomainError("not-a-photo")
            if source.mode in SMOOTH:
                # At once and in place: every copy of a large picture is as large as the picture.
                source.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1)
            ImageOps.exif_transpose(source, in_place=True)
            picture = source.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DomainError("not-a-photo") from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    target = io.BytesIO()
    # A new image of the same pixels: whatever else the file carried has no way into this one.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    clean.save(target, "JPEG", quality=85)
    return CleanPicture(target.getvalue(), "image/jpeg", clean.width, clean.height)
