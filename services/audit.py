"""Sealing the audit trail, and telling whether it is as it was sealed. One use case a method."""

from domain.audit import NOTHING, SLICE, Seal, Verdict, sealed, settled
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


class Audit:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads
    def waiting(self) -> bool:
        """Whether there is anything to seal."""
        with self._work() as work:
            last = work.audit.last_seal()
            return bool(settled(work.audit.entries(last.up_to, 1), self._clock.now()))

    def seal(self) -> bool:
        """Seal the next entries; tells whether there may be more. Of two who do so at once one is too late."""
        with self._work() as work:
            last = work.audit.last_seal()
            entries = settled(work.audit.entries(last.up_to, SLICE), self._clock.now())
            if entries:
                work.audit.seal(sealed(last, entries), self._clock.now())
            return len(entries) == SLICE

    @reads
    def verify(self, head: str = "") -> Verdict:
        """Look at every entry. ``head`` is what somebody wrote down earlier: where the trail does not lead through it,
        its last seal counts as broken."""
        with self._work() as work:
            known, before, entries, passed = work.audit.seals(), NOTHING, 0, not head
            for seal in known:
                if seal != _again(work, before, seal):
                    return Verdict(before.number, entries, 0, before.head, seal)
                before, entries, passed = seal, entries + seal.count, passed or seal.head == head
            unsealed = work.audit.count_after(before.up_to)
            return Verdict(before.number, entries, unsealed, before.head, None if passed else before)


def _again(work: UnitOfWork, before: Seal, seal: Seal) -> Seal | None:
    """What the seal would be over the entries as they stand now."""
    entries = work.audit.entries(before.up_to, SLICE + 1, seal.up_to)
    return sealed(before, entries) if entries else None
