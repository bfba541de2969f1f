"""Pictures made safe: decoded, turned upright, and written anew without anything but pixels."""

import io
from dataclasses import dataclass

from domain.errors import DomainError
from storage.lanes import heavy

MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2560


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

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as source:
            if source.width * source.height > MAX_PIXELS:
                raise DomainError("not-a-photo")
            upright = ImageOps.exif_transpose(source) or source
            picture = upright.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DomainError("not-a-photo") from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    target = io.BytesIO()
    # A new image of the same pixels: whatever else the file carried has no way into this one.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    clean.save(target, "JPEG", quality=85)
    return CleanPicture(target.getvalue(), "image/jpeg", clean.width, clean.height)
