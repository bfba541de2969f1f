"""What a page sends again because its answer was lost: handled once, and waited for while it is being handled."""

from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from platforms.lanes import Lanes

REMEMBERED = 10_000


class Once:
    """Remembers the updates this process has handled. What was handled before it started is known by its row."""

    def __init__(self) -> None:
        self._done: OrderedDict[int, None] = OrderedDict()
        self._lanes = Lanes()

    @asynccontextmanager
    async def handling(self, update_id: int) -> AsyncIterator[bool]:
        """Gives whether it is still to be handled; left without an error, it has been."""
        async with self._lanes.lane(update_id):
            is_new = update_id not in self._done
            yield is_new
            self._done[update_id] = None
            while len(self._done) > REMEMBERED:
                self._done.popitem(last=False)
