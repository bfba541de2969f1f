"""Who is let in by whom, when many decide and much changes meanwhile; on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.services import Services
from domain.entrances import mark_of
from domain.people import Actor, Role, RoleKind
from storage.unit_of_work import Store, UnitOfWork
from tests.conftest import FixedClock
from tests.services.outcomes import on_postgres, outcome

Named = Callable[[str], Actor]


@pytest.fixture
def asks(services: Services, by_number: Named) -> Callable[..., Actor]:
    """A stranger who came by the unit's code and says who they are; gives back who sits there."""

    def ask(number: str, name: str, chat_id: int = 9001, code: str = "") -> Actor:
        code = code or services.entrances.invite_unit(by_number("B002"), by_number("B001").unit_id or 0).code
        services.joining.begin(Actor("telegram", chat_id, "zh"), code)
        sitting = services.people.acting("telegram", chat_id, "zh")
        services.joining.ask(sitting, name, number, "")
        return sitting

    return ask


def test_a_branch_with_a_secretary_of_its_own_asks_that_one(
    services: Services, by_number: Named, store: Store, asks: Callable[..., Actor]
) -> None:
    own = by_number("B005")
    with store.work() as work:
        work.people.grant(Role(own.person_id or 0, own.unit_id or 0, RoleKind.SECRETARY))
    code = services.entrances.invite_person(by_number("A001"), own.person_id or 0).code
    services.joining.bind(Actor("telegram", 8001, "zh"), code)
    asks("B004", "窗口党员乙")
    assert len(services.confirming.waiting(by_number("B005"))) == 1
    assert services.confirming.waiting(by_number("B002")) == []
    assert services.confirming.waiting(by_number("A001")) == []


def test_where_no_secretary_is_the_administrators_are_asked(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    code = services.entrances.invite_unit(by_number("A001"), by_number("P001").unit_id or 0).code
    asks("P001", "01市联络员", code=code)
    assert [card.name for card in services.confirming.waiting(by_number("A001"))] == ["01市联络员"]


def test_a_secretary_who_comes_by_the_units_code_is_let_in_by_an_administrator(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    """Who has not joined yet cannot let anybody in, so nobody would ever be asked about them or their people."""
    code = services.entrances.invite_unit(by_number("A001"), by_number("C002").unit_id or 0).code
    asks("C002", "二支部书记", code=code)
    asks("C003", "技术党员甲", 9002, code)
    assert [card.name for card in services.confirming.waiting(by_number("A001"))] == ["二支部书记", "技术党员甲"]
    services.confirming.decide(by_number("A001"), 1, 1, confirmed=True)
    assert [card.name for card in services.confirming.waiting(by_number("C002"))] == ["技术党员甲"]
    assert services.confirming.waiting(by_number("A001")) == []


def test_a_name_is_known_whatever_its_width_case_and_spaces(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    sitting = asks("b００４", " 窗口 党员乙 ")
    assert services.joining.matches(sitting, "窗口党员乙", "B004")
    assert not services.joining.matches(sitting, "窗口党员乙", "B005")


def test_whoever_came_in_by_an_own_code_meanwhile_waits_no_more(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    sitting = asks("B004", "窗口党员乙")
    secretary = by_number("B002")
    code = services.entrances.invite_person(secretary, by_number("B004").person_id or 0).code
    services.joining.bind(sitting, code)
    assert services.confirming.waiting(secretary) == []
    assert outcome(lambda: services.confirming.decide(secretary, 1, 1, confirmed=True)) == "not-now"


def test_a_newcomer_whose_person_left_waits_for_nobody(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    asks("B004", "窗口党员乙")
    services.roles.leave(by_number("A001"), by_number("B004").person_id or 0)
    secretary = by_number("B002")
    assert services.confirming.waiting(secretary) == []
    assert outcome(lambda: services.confirming.decide(secretary, 1, 1, confirmed=True)) == "not-found"


def test_an_undone_confirmation_is_undone_once_and_only_after_a_confirmation(
    services: Services, by_number: Named, asks: Callable[..., Actor], clock: FixedClock
) -> None:
    asks("B004", "窗口党员乙")
    secretary = by_number("B002")
    assert outcome(lambda: services.confirming.undo(secretary, 1)) == "not-now"
    services.confirming.decide(secretary, 1, 1, confirmed=True)
    clock.advance(days=1)
    assert services.confirming.undo(secretary, 1) == "窗口党员乙"
    assert outcome(lambda: services.confirming.undo(secretary, 1)) == "outdated"
    assert outcome(lambda: services.confirming.undo(by_number("C002"), 1)) == "not-found"
    assert services.people.acting("telegram", 9001, "zh").is_guest


def test_whoever_was_refused_may_try_again_with_the_same_code(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    secretary = by_number("B002")
    code = services.entrances.invite_unit(secretary, by_number("B001").unit_id or 0).code
    asks("B005", "窗口党员丙", code=code)
    services.confirming.decide(secretary, 1, 1, confirmed=False)
    asks("B004", "窗口党员乙", code=code)
    [card] = services.confirming.waiting(secretary)
    services.confirming.decide(secretary, card.request_id, card.version, confirmed=True)
    assert services.people.acting("telegram", 9001, "zh").name == "窗口党员乙"


@on_postgres
def test_of_twenty_decisions_at_once_one_counts(
    services: Services, by_number: Named, asks: Callable[..., Actor]
) -> None:
    asks("B004", "窗口党员乙")
    secretary, admin = by_number("B002"), by_number("A001")

    def decide(number: int) -> str:
        by = secretary if number % 2 else admin
        return outcome(lambda: services.confirming.decide(by, 1, 1, confirmed=number % 3 > 0))

    with ThreadPoolExecutor(20) as threads:
        assert Counter(threads.map(decide, range(20))) == {"done": 1, "outdated": 19}


@on_postgres
def test_two_newcomers_confirmed_as_one_person_at_once_leave_one_account(
    services: Services, by_number: Named, asks: Callable[..., Actor], store: Store
) -> None:
    secretary, person_id = by_number("B002"), by_number("B004").person_id or 0
    for chat_id in range(9001, 9009):
        asks("B004", "窗口党员乙", chat_id)
    with ThreadPoolExecutor(8) as threads:
        decide = services.confirming.decide
        tries = (lambda n=n: decide(secretary, n, 1, confirmed=True) for n in range(1, 9))
        assert Counter(threads.map(outcome, tries)) == {"done": 8}
    with store.work() as work:
        assert len(work.people.accounts_on("telegram", person_id)) == 1


@on_postgres
def test_two_who_confirm_all_at_once_let_everybody_in_once(
    services: Services, by_number: Named, asks: Callable[..., Actor], store: Store
) -> None:
    secretary, other = by_number("B002"), by_number("B003")
    with store.work() as work:
        role = next(role for role in work.people.roles_of(secretary.person_id or 0) if role.role is RoleKind.SECRETARY)
        work.people.grant(Role(other.person_id or 0, role.unit_id, RoleKind.SECRETARY))
    for chat_id, (number, name) in enumerate(
        (("B001", "综合单位负责人"), ("B004", "窗口党员乙"), ("B005", "窗口党员丙"))
    ):
        asks(number, name, 9001 + chat_id)
    both = [by_number("B002"), by_number("B003")]
    seen = mark_of(services.confirming.waiting(both[0]))

    def confirm(number: int) -> str:
        return outcome(lambda: services.confirming.confirm_shown(both[number % 2], 3, seen))

    with ThreadPoolExecutor(10) as threads:
        answers = Counter(threads.map(confirm, range(10)))
    assert answers["done"] == 1
    assert set(answers) <= {"done", "outdated", "join-moved"}
    with store.work() as work:
        assert all(len(work.people.accounts_on("telegram", person_id)) == 1 for person_id in _ids(work))


def _ids(work: UnitOfWork) -> list[int]:
    found = [work.people.person_by_staff_number(number) for number in ("B001", "B004", "B005")]
    return [person.id for person in found if person is not None]
