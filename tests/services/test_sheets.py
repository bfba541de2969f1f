"""The sheet of a unit's code: how long it is shown, and to whom; on both databases."""

from collections.abc import Callable

import pytest

from bot.services import Services
from domain.entrances import FirstNames, Invited, unit_code
from domain.people import Actor, RoleKind
from domain.sign_ins import Device
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.services.outcomes import outcome

Named = Callable[[str], Actor]


@pytest.fixture
def invited(services: Services, by_number: Named) -> Invited:
    return services.entrances.invite_unit(by_number("B002"), by_number("B001").unit_id or 0)


def test_a_sheet_shows_the_code_that_was_made_with_it_and_whom_to_ask(services: Services, invited: Invited) -> None:
    sheet = services.sheets.read(invited.sheet)
    assert (sheet.unit_name, sheet.code, sheet.uses) == ("综合服务单位", invited.code, invited.uses)
    assert (sheet.expires_at, sheet.ask) == (invited.expires_at, ("一支部书记",))


def test_looking_spends_nothing_and_the_sheet_tells_how_many_may_still_come(
    services: Services, invited: Invited, store: Store
) -> None:
    for _ in range(invited.uses + 5):
        services.sheets.read(invited.sheet)
    services.joining.begin(Actor("telegram", 9001, "zh"), invited.code)
    assert services.sheets.read(invited.sheet).uses == invited.uses
    with store.work() as work:
        known = work.people.account("telegram", "9001")
    assert known is not None
    services.joining.ask(Actor("telegram", 9001, "zh", account_id=known.id), "窗口党员乙", "B004", "")
    assert services.sheets.read(invited.sheet).uses == invited.uses - 1


def test_a_sheet_is_shown_for_an_hour(services: Services, invited: Invited, clock: FixedClock) -> None:
    clock.advance(minutes=59)
    assert outcome(lambda: services.sheets.read(invited.sheet)) == "done"
    clock.advance(minutes=1)
    assert outcome(lambda: services.sheets.read(invited.sheet)) == "not-found"


def test_a_newer_invitation_ends_the_sheet_and_the_code_on_it(
    services: Services, invited: Invited, by_number: Named
) -> None:
    services.entrances.invite_unit(by_number("B002"), by_number("B001").unit_id or 0)
    assert outcome(lambda: services.sheets.read(invited.sheet)) == "not-found"
    assert services.joining.look(Actor("telegram", 9001, "zh"), invited.code) is None


def test_whoever_may_invite_no_longer_shows_no_sheet(
    services: Services, invited: Invited, by_number: Named, store: Store
) -> None:
    secretary = by_number("B002").person_id or 0
    with store.work() as work:
        roles = work.people.roles_of(secretary)
        for role in [role for role in roles if role.role is RoleKind.SECRETARY]:
            work.people.revoke(role)
    assert outcome(lambda: services.sheets.read(invited.sheet)) == "not-found"


def test_whoever_left_shows_no_sheet(services: Services, invited: Invited, by_number: Named) -> None:
    services.roles.leave(by_number("A001"), by_number("B002").person_id or 0)
    assert outcome(lambda: services.sheets.read(invited.sheet)) == "not-found"


def test_neither_the_code_nor_another_invitation_opens_a_sheet(
    services: Services, invited: Invited, by_number: Named
) -> None:
    """Whoever photographs the sheet has the code, and not the address of the sheet."""
    person = services.entrances.invite_person(by_number("B002"), by_number("B004").person_id or 0).code
    for secret in (invited.code, person, unit_code(person), "", "guessed"):
        assert outcome(lambda secret=secret: services.sheets.read(secret)) == "not-found"


def test_the_address_of_a_sheet_lets_nobody_in(services: Services, invited: Invited) -> None:
    assert services.joining.look(Actor("telegram", 9001, "zh"), invited.sheet) is None
    assert outcome(lambda: services.entrances.enter(invited.sheet, FirstNames("o", "a"), Device())) == "link-wrong"
