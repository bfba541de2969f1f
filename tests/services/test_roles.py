"""The last administrator stays, whoever takes the role from whom and however many do so at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.people import Actor, Role, RoleKind
from storage.audit import audit
from storage.unit_of_work import Store
from tests.services.outcomes import on_postgres, outcome

Named = Callable[[str], Actor]


@pytest.fixture
def admins(by_number: Named, store: Store) -> list[tuple[int, int]]:
    """Everybody but the members of the first branch is an administrator: pairs of person and role."""
    with store.work() as work:
        office = work.people.unit_by_code("office")
        assert office is not None
        for person in work.people.everybody():
            if person.staff_number != "A001":
                work.people.grant(Role(person.id, office.id, RoleKind.ADMIN))
        return [(role.person_id, role.id) for role in work.people.all_roles() if role.role is RoleKind.ADMIN]


def holders(store: Store) -> int:
    with store.work() as work:
        return len(work.people.holders(RoleKind.ADMIN))


def test_the_last_admin_may_neither_lose_the_role_nor_leave(services: Services, by_number: Named, store: Store) -> None:
    admin = by_number("A001")
    with store.work() as work:
        [role] = work.people.roles_of(admin.person_id or 0)
    assert outcome(lambda: services.roles.revoke(admin, admin.person_id or 0, role.id)) == "last-admin"
    assert outcome(lambda: services.roles.leave(admin, admin.person_id or 0)) == "last-admin"
    assert holders(store) == 1


def test_an_admin_who_left_does_not_count(services: Services, by_number: Named, store: Store) -> None:
    admin, other = by_number("A001"), by_number("A002")
    services.roles.grant(admin, other.person_id or 0, RoleKind.ADMIN, admin.unit_id or 0)
    services.roles.leave(admin, other.person_id or 0)
    assert outcome(lambda: services.roles.leave(admin, admin.person_id or 0)) == "last-admin"


def test_a_role_of_somebody_else_is_not_taken_by_this_persons_card(
    services: Services, by_number: Named, store: Store
) -> None:
    admin, member, other = by_number("A001"), by_number("B003"), by_number("B004")
    with store.work() as work:
        [role] = work.people.roles_of(other.person_id or 0)
    assert outcome(lambda: services.roles.revoke(admin, member.person_id or 0, role.id)) == "not-found"
    assert by_number("B004").has(RoleKind.MEMBER)


def test_a_secretary_sees_the_own_people_and_changes_nothing(services: Services, by_number: Named) -> None:
    secretary, own = by_number("B002"), by_number("B003")
    card = services.roles.card(secretary, own.person_id or 0)
    assert (card.may_invite, card.may_change) == (True, False)
    assert outcome(lambda: services.roles.card(secretary, by_number("C003").person_id or 0)) == "not-found"
    grant = services.roles.grant
    assert outcome(lambda: grant(secretary, own.person_id or 0, RoleKind.ADMIN, own.unit_id or 0)) == "not-found"


def test_giving_and_taking_stand_in_the_audit_trail(services: Services, by_number: Named, store: Store) -> None:
    admin, member = by_number("A001"), by_number("B003")
    card = services.roles.grant(admin, member.person_id or 0, RoleKind.SUPERVISOR, admin.unit_id or 0)
    given = next(line.role_id for line in card.roles if line.role is RoleKind.SUPERVISOR)
    services.roles.revoke(admin, member.person_id or 0, given)
    with store.work() as work:
        lines = work._session.execute(select(audit.c.action, audit.c.person_id, audit.c.details)).all()
    assert [(line.action, line.person_id, line.details["role"]) for line in lines] == [
        ("role.grant", admin.person_id, "supervisor"),
        ("role.revoke", admin.person_id, "supervisor"),
    ]


@on_postgres
def test_when_all_admins_are_removed_at_once_one_is_left(
    services: Services, by_number: Named, admins: list[tuple[int, int]], store: Store
) -> None:
    admin = by_number("A001")
    assert len(admins) == 13

    def remove(number: int) -> str:
        person_id, role_id = admins[number % len(admins)]
        if number % 2:
            return outcome(lambda: services.roles.leave(admin, person_id))
        return outcome(lambda: services.roles.revoke(admin, person_id, role_id))

    with ThreadPoolExecutor(20) as threads:
        outcomes = Counter(threads.map(remove, range(2 * len(admins))))
    assert holders(store) == 1
    assert outcomes["last-admin"] >= 1


@on_postgres
def test_the_same_role_given_twenty_times_at_once_is_held_once(
    services: Services, by_number: Named, store: Store
) -> None:
    admin, member = by_number("A001"), by_number("B003")
    grant = services.roles.grant
    with ThreadPoolExecutor(20) as threads:
        give = [lambda: grant(admin, member.person_id or 0, RoleKind.SUPERVISOR, admin.unit_id or 0)] * 20
        assert Counter(threads.map(outcome, give)) == {"done": 1, "role-held": 19}
