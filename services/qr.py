"""A link as a picture that a phone's camera opens."""

import io

from storage.lanes import heavy

DOT = 8
"""Pixels of a dot: large enough to be read off one screen by another."""


@heavy
def draw_qr(address: str) -> bytes:
    """The address as a PNG; a quarter of it may be covered or out of focus."""
    # Imported here: an idle bot has no use for it.
    import segno

    target = io.BytesIO()
    segno.make_qr(address, error="q").save(target, kind="png", scale=DOT)
    return target.getvalue()
