"""Expected refusals. They carry a code and plain values; the words stand in the texts, under ``refusal-<code>``."""

from datetime import datetime

Value = str | int | datetime


class DomainError(Exception):
    """Somebody asked for what the rules do not allow; nothing was saved.

    ``values`` are plain, because a rolled-back transaction leaves no entity readable.
    """

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class NotFound(DomainError):
    """There is no such thing, or the actor may not see it: the two must read the same, word for word."""

    def __init__(self) -> None:
        super().__init__("not-found")


class Outdated(DomainError):
    """Somebody decided on the same card first."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__("outdated", by=by, at=at)
