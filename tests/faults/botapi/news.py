"""Waiting for something to have happened, without asking again and again."""

import asyncio
from collections.abc import Callable


class News:
    """``spread`` wakes everybody who waits; each looks for himself whether it was what he waits for."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def spread(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, happened: Callable[[], bool], within: float) -> bool:
        """Whether it happened within so many seconds."""
        try:
            async with asyncio.timeout(within):
                while not happened():
                    await self._next.wait()
        except TimeoutError:
            return False
        return True
