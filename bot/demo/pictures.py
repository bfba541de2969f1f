"""Drawn photos of a counter before and after: no real place, and no letters that would need a font."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 640)
WALL, FLOOR, DESK, SCREEN = "#e8e4da", "#b9b2a3", "#8a6f4d", "#26323a"


def before() -> bytes:
    """A queue without order before a screen on which the numbers jump."""
    return _drawn(shown=(7, 2, 9), people=((180, 470), (260, 520), (330, 455), (420, 540), (520, 480), (600, 530)))


def after() -> bytes:
    return _drawn(shown=(1, 2, 3), people=((200, 500), (330, 500), (460, 500)))


def _drawn(shown: tuple[int, ...], people: tuple[tuple[int, int], ...]) -> bytes:
    """``shown`` are heights of bars on the screen: in order they climb."""
    picture = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, *SIZE), fill=FLOOR)
    draw.rectangle((80, 300, 880, 440), fill=DESK)
    draw.rectangle((300, 60, 660, 230), fill=SCREEN)
    for place, height in enumerate(shown):
        left = 340 + 100 * place
        draw.rectangle((left, 205 - 14 * height, left + 60, 205), fill="#e8b04a")
    for x, y in people:
        draw.ellipse((x - 22, y - 84, x + 22, y - 40), fill="#4f6d7a")
        draw.rounded_rectangle((x - 34, y - 38, x + 34, y + 70), 24, fill="#4f6d7a")
    data = BytesIO()
    picture.save(data, "JPEG", quality=85)
    return data.getvalue()
