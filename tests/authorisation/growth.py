"""What an organisation comes to in time: its lists are longer than a page, and its audiences large ones."""

from collections.abc import Callable

from bot.services import Services
from domain.notices import TYPED_ABOVE
from domain.people import Actor, Person, Unit, UnitKind
from storage.unit_of_work import Store
from tests.services.contests import bank
from views.paging import SIZE

LAST = 100
"""A place in the roster behind everything that was there before."""


def grow(services: Services, store: Store, by_number: Callable[[str], Actor]) -> None:
    """An admin with a passphrase, a page more of units and of banks, and a branch so large that the number of its
    people must be typed."""
    admin, branch_id = by_number("A001"), by_number("B003").unit_id or 0
    services.passphrases.keep(admin, "what is kept of a passphrase")
    for _ in range(SIZE):
        bank(services, admin, ("single",))
    with store.work() as work:
        for number in range(SIZE):
            work.people.add_unit(Unit(f"more-{number}", f"新设处{number}", UnitKind.ORGAN, admin.unit_id, LAST))
        work.people.add_many([Person(f"新人{number}", f"N{number:03}", branch_id) for number in range(TYPED_ABOVE)])
