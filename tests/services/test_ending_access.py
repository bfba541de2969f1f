"""Access that is stopped, or ends because somebody left: at once and everywhere, and never the last administrator's."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.deliveries import DeliveryState
from domain.entrances import FirstNames
from domain.people import Actor, Role, RoleKind
from domain.sign_ins import Device
from services.ways_in import tell_account, tell_people
from storage.audit import audit
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.post import take
from tests.services.outcomes import on_postgres, outcome

Named = Callable[[str], Actor]
NAMES = FirstNames("办公室", "管理员")


@pytest.fixture
def at_telegram(store: Store, clock: FixedClock) -> Callable[[Actor, str], int]:
    """Gives somebody a Telegram account."""

    def bind(actor: Actor, chat: str) -> int:
        with store.work() as work:
            return work.people.add_account("telegram", chat, clock.now(), actor.person_id).id

    return bind


def enter(services: Services, actor: Actor) -> str:
    return services.entrances.enter(services.entrances.invite_to_page(actor).code, NAMES, Device())


@pytest.mark.parametrize("how", ["stop", "leave"])
def test_everything_that_lets_somebody_in_ends_at_once(
    services: Services, by_number: Named, store: Store, at_telegram: Callable[[Actor, str], int], how: str
) -> None:
    admin, member = by_number("A001"), by_number("B003")
    at_telegram(member, "77")
    session = enter(services, member)
    own_link = services.entrances.invite_to_page(member).code
    new_link = services.entrances.invite_person(by_number("B002"), member.person_id or 0).code
    getattr(services.roles, how)(admin, member.person_id or 0)
    assert services.people.acting("telegram", 77, "zh").is_guest
    assert services.sign_ins.entered(session) is None
    for code in (own_link, new_link):
        assert outcome(lambda code=code: services.entrances.enter(code, NAMES, Device())) == "link-wrong"
    with store.work() as work:
        person = work.people.person(member.person_id or 0)
        assert person is not None
        assert (person.left_at is None) == (how == "stop")
        lines = work._session.execute(select(audit.c.action).where(audit.c.person_id == admin.person_id)).scalars()
        assert {"account.release", "access.stop" if how == "stop" else "person.leave"} <= set(lines)


def test_what_waits_to_be_said_to_whoever_left_is_taken_back(
    services: Services, by_number: Named, store: Store, clock: FixedClock, at_telegram: Callable[[Actor, str], int]
) -> None:
    member = by_number("B003")
    at_telegram(member, "77")
    with store.work() as work:
        people = list(work.people.people([member.person_id or 0]).values())
        tell_people(work, "role-granted", "1", people, clock.now(), clock.now(), role="supervisor", unit="x")
    services.roles.leave(by_number("A001"), member.person_id or 0)
    with store.work() as work:
        assert [row.state for row in work.deliveries.find("role-granted", "1")] == [DeliveryState.CANCELLED]


def test_nothing_goes_to_an_account_that_was_theirs(
    services: Services, by_number: Named, store: Store, clock: FixedClock, at_telegram: Callable[[Actor, str], int]
) -> None:
    member = by_number("B003")
    number = at_telegram(member, "77")
    with store.work() as work:
        account = work.people.account_by_id(number)
        assert account is not None
        tell_account(work, "joined", "1", account, clock.now(), name="x", unit="y")
    services.roles.stop(by_number("B002"), member.person_id or 0)
    assert number not in {parcel.account.id for parcel in take(services, "worker", 10)}


def test_who_may_stop_whom(services: Services, by_number: Named, actors: dict[str, Actor]) -> None:
    secretary, admin, member, stop = by_number("B002"), by_number("A001"), by_number("B003"), services.roles.stop
    for actor, other in ((secretary, "C003"), (secretary, "A002"), (member, "B004"), (actors["guest"], "B003")):
        assert outcome(lambda a=actor, o=other: stop(a, by_number(o).person_id or 0)) == "not-found"
    assert outcome(lambda: stop(secretary, 999)) == "not-found"
    services.roles.grant(admin, member.person_id or 0, RoleKind.SUPERVISOR, admin.unit_id or 0)
    assert outcome(lambda: stop(secretary, member.person_id or 0)) == "admins-stop"
    assert outcome(lambda: stop(admin, member.person_id or 0)) == "done"
    assert outcome(lambda: stop(secretary, by_number("B004").person_id or 0)) == "done"
    for own in (secretary, admin):
        assert outcome(lambda a=own: stop(a, a.person_id or 0)) == "stop-self"


def test_the_last_admin_who_is_in_stays_in(
    services: Services, by_number: Named, at_telegram: Callable[[Actor, str], int]
) -> None:
    admin, other = by_number("A001"), by_number("A002")
    services.roles.grant(admin, other.person_id or 0, RoleKind.ADMIN, admin.unit_id or 0)
    at_telegram(admin, "1")
    other = by_number("A002")
    assert outcome(lambda: services.roles.stop(admin, other.person_id or 0)) == "done"
    assert outcome(lambda: services.roles.stop(other, admin.person_id or 0)) == "last-admin"
    assert not services.people.acting("telegram", 1, "zh").is_guest


@on_postgres
def test_of_admins_who_stop_one_another_at_once_one_is_left(
    services: Services, by_number: Named, store: Store, at_telegram: Callable[[Actor, str], int]
) -> None:
    numbers = ("A001", "A002", "A003", "B001")
    with store.work() as work:
        office = work.people.unit_by_code("office")
        assert office is not None
        for number in numbers[1:]:
            work.people.grant(Role(by_number(number).person_id or 0, office.id, RoleKind.ADMIN))
    admins = [by_number(number) for number in numbers]
    for chat, admin in enumerate(admins):
        at_telegram(admin, str(chat))
    pairs = [(one, other.person_id or 0) for one in admins for other in admins if one is not other]
    with ThreadPoolExecutor(12) as threads:
        outcomes = Counter(threads.map(lambda pair: outcome(lambda: services.roles.stop(*pair)), pairs))
    assert sum(not services.people.acting("telegram", chat, "zh").is_guest for chat in range(4)) == 1
    assert outcomes["last-admin"] >= 1
