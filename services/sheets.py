"""The sheet by which a unit's people join: printed and hung up, or handed round."""

from domain.entrances import JoiningSheet, hash_of, may_vouch, unit_code
from domain.errors import NotFound
from domain.people import Person, RoleKind, Unit
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


class Sheets:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads
    def read(self, secret: str) -> JoiningSheet:
        """The sheet of a unit's code that still works, as long as whoever made it may invite. Looking spends nothing.
        Raises NotFound."""
        now, code = self._clock.now(), unit_code(secret)
        with self._work() as work:
            sheet, invitation = work.entrances.find_code(hash_of(secret)), work.entrances.find_code(hash_of(code))
            if sheet is None or not sheet.is_open(now):
                raise NotFound
            if invitation is None or not invitation.is_open(now):
                raise NotFound
            unit, maker = work.people.unit(sheet.unit_id or 0), work.people.person(sheet.created_by_id or 0)
            if unit is None or maker is None or not _may_invite(work, maker, unit):
                raise NotFound
            left = invitation.max_uses - invitation.uses
            asked = work.people.nearest_holders(RoleKind.SECRETARY, unit.path) or work.people.holders(RoleKind.ADMIN)
            names = tuple(person.name for person in asked)
            return JoiningSheet(unit.name, code, left, invitation.expires_at, names, maker.language or "")


def _may_invite(work: UnitOfWork, maker: Person, unit: Unit) -> bool:
    return maker.left_at is None and may_vouch(work.actors.of(maker.id), unit.path, ())
