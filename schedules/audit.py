"""The tick of the audit trail: what has settled is sealed, a slice at a time."""

from domain.use import Use
from services.audit import Audit


class SealTick:
    def __init__(self, audit: Audit, use: Use) -> None:
        self._audit = audit
        self._use = use

    async def run(self) -> None:
        if not await self._use(self._audit.waiting):
            return
        while await self._use(self._audit.seal):
            continue
