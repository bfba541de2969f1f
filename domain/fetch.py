"""How a handler comes by the bytes of a file somebody has just sent. A parameter like any other."""

from typing import Protocol

from domain.files import Incoming


class Fetch(Protocol):
    """``data = await fetch(incoming)``: before a use case, never inside one. Raises DomainError ``file-too-large`` or
    ``file-not-fetched``."""

    async def __call__(self, incoming: Incoming, /) -> bytes: ...
