"""The tick of notices: records what is still to be sent, ends what is done, keeps the senders' cards fresh."""

from time import monotonic

from domain.use import Use
from services.notices.dispatch import NoticeDispatch

SELDOM = 20
"""Notices that ended change by acknowledgements alone: they are looked at every so many ticks."""

LONG_SECONDS, REST = 0.3, 10
"""To count a million recipients takes seconds: after a count that took long there is none for so many times that."""


class NoticeTick:
    def __init__(self, dispatch: NoticeDispatch, use: Use) -> None:
        self._dispatch = dispatch
        self._use = use
        self._count = 0
        self._rests_until = 0.0

    async def run(self) -> None:
        """Each slice, each end and each card is a transaction of its own, so that others come in between."""
        for notice_id in await self._use(self._dispatch.to_record):
            while await self._use(self._dispatch.record_slice, notice_id):
                continue
        began = monotonic()
        if began < self._rests_until:
            return
        agenda = await self._use(self._dispatch.agenda, ended_too=self._count % SELDOM == 0)
        self._count += 1
        for notice_id in agenda.to_finish:
            await self._use(self._dispatch.finish, notice_id)
        for notice_id in dict.fromkeys((*agenda.to_show, *agenda.to_finish)):
            await self._use(self._dispatch.show, notice_id)
        ended = monotonic()
        if ended - began > LONG_SECONDS:
            self._rests_until = ended + REST * (ended - began)
