"""The pages that are open at this moment: woken when something is new, and written down as open."""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta

ACT_STEP = timedelta(minutes=1)
"""Whoever acts again within this time tells nothing new about whether the page is open."""


class OpenPages:
    """Pages that wait for something new, woken by this process or by the look once a second."""

    def __init__(self) -> None:
        self._waiting: dict[int, dict[asyncio.Event, int]] = defaultdict(dict)
        self._noted: dict[int, tuple[int | None, datetime]] = {}

    def is_news(self, account_id: int, seq: int | None, now: datetime) -> bool:
        """Whether it is worth a write that this account's page is open: one has got as far as the number ``seq``, or
        (without a number) somebody acts on it. An open page to which nothing is said costs none."""
        if account_id not in self._noted:
            return True
        before, at = self._noted[account_id]
        return now - at >= ACT_STEP if seq is None else seq != before

    def noted(self, account_id: int, seq: int | None, now: datetime) -> None:
        before, _ = self._noted.get(account_id, (None, now))
        self._noted[account_id] = (before if seq is None else seq, now)

    def accounts(self) -> list[int]:
        return list(self._waiting)

    def changed(self, account_id: int) -> None:
        for event in self._waiting.get(account_id, ()):
            event.set()

    def catch_up(self, newest: dict[int, int]) -> None:
        """Wake the pages whose chat has moved on since they looked: another process wrote there, or a sign-in ended."""
        for account_id, seq in newest.items():
            for event, known in self._waiting.get(account_id, {}).items():
                if known != seq:
                    event.set()

    async def wait(self, account_id: int, known: int, seconds: float) -> None:
        """Wait until this account's chat moves on from the number ``known``, for so long at most."""
        event = asyncio.Event()
        self._waiting[account_id][event] = known
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return
        finally:
            del self._waiting[account_id][event]
            if not self._waiting[account_id]:
                del self._waiting[account_id]

    def close(self) -> None:
        """Let every page go, so that a stop need not wait for their polls."""
        for account_id in self.accounts():
            self.changed(account_id)
