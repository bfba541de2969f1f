"""Text that no database takes and no messenger shows is made into such as can be kept."""

from typing import Any


def cleaned(value: Any) -> Any:
    """The same JSON without NUL, and with a replacement character for each half of a pair that stands alone."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {name: cleaned(below) for name, below in value.items()}
    if isinstance(value, list):
        return [cleaned(below) for below in value]
    return value


def _text(text: str) -> str:
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
