"""The tick of contests: when one has opened, those it is for are told; when it is over, those who took part hear how
they did. A slice at a time."""

from domain.use import Use
from services.contests import Contests


class ContestTick:
    def __init__(self, contests: Contests, use: Use) -> None:
        self._contests = contests
        self._use = use

    async def run(self) -> None:
        for contest_id in await self._use(self._contests.untold):
            while await self._use(self._contests.tell_slice, contest_id):
                continue
        for contest_id in await self._use(self._contests.results_untold):
            while await self._use(self._contests.tell_results_slice, contest_id):
                continue
