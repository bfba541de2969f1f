"""Ways in behind chat and page: codes spent once, guesses counted, one first administrator; on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from bot.services import Services
from domain.entrances import MAX_WRONG, MAX_WRONG_LINKS, FirstNames, InvitationKind, hash_of
from domain.errors import NotFound
from domain.people import Actor, RoleKind
from domain.sign_ins import Device
from storage.audit import audit
from storage.entrances import guesses, invitation
from storage.people import account
from storage.sign_ins import page_session
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.services.outcomes import on_postgres, outcome

Named = Callable[[str], Actor]
NAMES = FirstNames("办公室", "管理员")


def stranger(number: int) -> Actor:
    return Actor("telegram", 9000 + number, "zh")


def count(store: Store, what: object) -> int:
    with store.work() as work:
        return int(work._session.execute(select(func.count()).select_from(what)).scalar_one())  # type: ignore[arg-type]


def test_a_code_is_128_bits_and_only_its_hash_is_kept(services: Services, by_number: Named, store: Store) -> None:
    secretary = by_number("B002")
    invited = services.entrances.invite_person(secretary, by_number("B004").person_id or 0)
    assert len(invited.code) == 22
    with store.work() as work:
        assert invited.code not in str(work._session.execute(select(invitation)).all())
        assert invited.code not in str(work._session.execute(select(audit)).all())


def test_a_new_code_takes_the_place_of_the_one_before(services: Services, by_number: Named) -> None:
    secretary, unit = by_number("B002"), by_number("B001").unit_id or 0
    first = services.entrances.invite_unit(secretary, unit).code
    other = services.entrances.invite_person(secretary, by_number("B004").person_id or 0).code
    second = services.entrances.invite_unit(secretary, unit).code
    assert services.joining.look(stranger(1), first) is None
    found = services.joining.look(stranger(1), second)
    assert found is not None
    assert (found.kind, found.unit_name) == (InvitationKind.UNIT, "综合服务单位")
    assert services.joining.look(stranger(1), other) is not None


def begun(services: Services, store: Store, number: int, code: str) -> Actor:
    """A stranger who has opened a unit's code."""
    services.joining.begin(stranger(number), code)
    with store.work() as work:
        known = work.people.account("telegram", str(9000 + number))
    assert known is not None
    return Actor("telegram", 9000 + number, "zh", account_id=known.id)


def asks_as(services: Services, store: Store, chat: Actor, staff_number: str) -> None:
    with store.work() as work:
        person = work.people.person_by_staff_number(staff_number)
    assert person is not None
    services.joining.ask(chat, person.name, staff_number, "")


def test_opening_a_unit_code_takes_no_place_and_each_who_says_who_they_are_takes_one(
    services: Services, by_number: Named, store: Store
) -> None:
    """A code that was photographed and passed on keeps nobody out who belongs to the unit, and lets in nobody else."""
    invited = services.entrances.invite_unit(by_number("B002"), by_number("B001").unit_id or 0)
    assert invited.uses == 3
    tries = [("B001", "done"), ("B004", "done"), ("B004", "done"), ("B005", "done"), ("B003", "join-full")]
    chats = [begun(services, store, number, invited.code) for number in range(len(tries))]
    for chat, (staff_number, said) in zip(chats, tries, strict=True):
        assert outcome(lambda c=chat, n=staff_number: asks_as(services, store, c, n)) == said
    assert outcome(lambda: services.joining.begin(stranger(90), invited.code)) == "code-wrong"
    assert outcome(lambda: services.joining.begin(chats[0], invited.code)) == "done"


def test_where_everybody_has_joined_a_unit_code_serves_one_more(services: Services, by_number: Named) -> None:
    for number in ("B001", "B004", "B005"):
        code = services.entrances.invite_to_page(by_number(number)).code
        services.entrances.enter(code, NAMES, Device())
    assert services.entrances.invite_unit(by_number("B002"), by_number("B001").unit_id or 0).uses == 1


def test_who_may_invite_whom(services: Services, by_number: Named, actors: dict[str, Actor]) -> None:
    secretary, other, member = by_number("B002"), by_number("C003"), by_number("B003")
    assert outcome(lambda: services.entrances.invite_person(secretary, other.person_id or 0)) == "not-found"
    assert outcome(lambda: services.entrances.invite_unit(secretary, other.unit_id or 0)) == "not-found"
    assert outcome(lambda: services.entrances.invite_person(secretary, 999)) == "not-found"
    assert outcome(lambda: services.entrances.invite_person(member, member.person_id or 0)) == "not-found"
    assert outcome(lambda: services.entrances.invite_person(actors["guest"], member.person_id or 0)) == "not-found"
    assert outcome(lambda: services.entrances.invite_to_page(actors["guest"])) == "members-only"
    assert outcome(lambda: services.entrances.invite_person(actors["admin"], other.person_id or 0)) == "done"
    assert outcome(lambda: services.entrances.invite_admin()) == "admin-exists"
    assert outcome(lambda: services.entrances.invite_by_number("nobody")) == "not-found"


def test_a_code_for_the_page_does_not_join_a_chat(services: Services, by_number: Named) -> None:
    code = services.entrances.invite_to_page(by_number("B003")).code
    assert services.joining.look(stranger(1), code) is None
    assert outcome(lambda: services.joining.bind(stranger(1), code)) == "code-wrong"


def test_a_person_who_left_is_not_let_in_by_an_old_code(
    services: Services, by_number: Named, actors: dict[str, Actor]
) -> None:
    person_id = by_number("B004").person_id or 0
    code = services.entrances.invite_person(actors["admin"], person_id).code
    services.roles.leave(actors["admin"], person_id)
    assert outcome(lambda: services.joining.bind(stranger(1), code)) == "code-wrong"
    assert outcome(lambda: services.entrances.enter(code, NAMES, Device())) == "link-wrong"


def test_a_session_is_of_one_account_until_it_ends(services: Services, by_number: Named, clock: FixedClock) -> None:
    code = services.entrances.invite_to_page(by_number("B003")).code
    secret = services.entrances.enter(code, NAMES, Device())
    entered = services.sign_ins.entered(secret)
    assert entered is not None
    assert services.people.acting("web", entered.account_id, "zh").name == "窗口党员甲"
    assert services.sign_ins.entered("forged") is None
    clock.advance(days=90)
    assert services.sign_ins.entered(secret) is None


def test_what_is_over_is_forgotten(services: Services, by_number: Named, clock: FixedClock, store: Store) -> None:
    services.entrances.enter(services.entrances.invite_to_page(by_number("B003")).code, NAMES, Device())
    services.joining.count_wrong(stranger(1))
    services.entrances.purge()
    assert (count(store, page_session), count(store, guesses)) == (1, 1)
    clock.advance(hours=1)
    services.entrances.purge()
    assert (count(store, page_session), count(store, guesses)) == (1, 0)
    clock.advance(days=90)
    services.entrances.purge()
    assert count(store, page_session) == 0


def test_the_hour_of_guesses_begins_with_the_first_and_is_each_chats_own(services: Services, clock: FixedClock) -> None:
    for _ in range(MAX_WRONG):
        services.joining.count_wrong(stranger(1))
        clock.advance(minutes=10)
    assert outcome(lambda: services.joining.look(stranger(1), "x")) == "codes-too-many"
    assert outcome(lambda: services.joining.look(stranger(2), "x")) == "done"
    clock.advance(minutes=10)
    assert outcome(lambda: services.joining.look(stranger(1), "x")) == "done"
    assert outcome(lambda: services.joining.count_wrong(stranger(1))) == "done"


def test_the_first_admin_gets_a_unit_and_a_name_where_there_is_none(services: Services) -> None:
    assert services.entrances.needs_admin()
    assert services.entrances.become_first_admin(stranger(1), NAMES)
    admin = services.people.acting("telegram", 9001, "zh")
    assert (admin.name, admin.unit_name) == ("管理员", "办公室")
    assert admin.has(RoleKind.ADMIN, admin.unit_path)
    assert not services.entrances.needs_admin()
    assert not services.entrances.become_first_admin(stranger(2), NAMES)
    assert services.people.acting("telegram", 9002, "zh").is_guest


# Many at once


@on_postgres
def test_of_twenty_who_use_a_persons_code_at_once_one_is_let_in(
    services: Services, by_number: Named, store: Store
) -> None:
    person_id = by_number("B004").person_id or 0
    code = services.entrances.invite_person(by_number("B002"), person_id).code
    with ThreadPoolExecutor(20) as threads:
        tries = (lambda n=n: services.joining.bind(stranger(n), code) for n in range(20))
        assert Counter(threads.map(outcome, tries)) == {"done": 1, "code-wrong": 19}
    with store.work() as work:
        assert len(work.people.accounts_on("telegram", person_id)) == 1


@on_postgres
def test_of_twenty_browsers_that_press_one_link_one_comes_in(
    services: Services, by_number: Named, store: Store
) -> None:
    code = services.entrances.invite_to_page(by_number("B004")).code
    with ThreadPoolExecutor(20) as threads:
        tries = [lambda: services.entrances.enter(code, NAMES, Device())] * 20
        assert Counter(threads.map(outcome, tries)) == {"done": 1, "link-wrong": 19}
    assert count(store, page_session) == 1


@on_postgres
def test_a_unit_code_is_counted_exactly_by_twenty_at_once(services: Services, by_number: Named, store: Store) -> None:
    invited = services.entrances.invite_unit(by_number("B002"), by_number("B001").unit_id or 0)
    people = ("B001", "B002", "B003", "B004", "B005")
    chats = [begun(services, store, number, invited.code) for number in range(20)]
    with ThreadPoolExecutor(20) as threads:
        tries = (lambda n=n: asks_as(services, store, chats[n], people[n % 5]) for n in range(20))
        answers = Counter(threads.map(outcome, tries))
    assert set(answers) == {"done", "join-full"}
    with store.work() as work:
        code = work.entrances.find_code(hash_of(invited.code))
        assert code is not None
        assert code.uses == len(work.entrances.joiners(code.id)) == invited.uses


@on_postgres
def test_twenty_wrong_codes_at_once_count_as_five(services: Services, store: Store) -> None:
    with ThreadPoolExecutor(20) as threads:
        tries = [lambda: services.joining.count_wrong(stranger(1))] * 20
        assert Counter(threads.map(outcome, tries)) == {"done": MAX_WRONG, "codes-too-many": 20 - MAX_WRONG}


@on_postgres
def test_of_twenty_who_would_be_the_first_admin_one_is(services: Services, store: Store) -> None:
    for number in range(20):
        services.people.choose_language(stranger(number), "zh")
    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(lambda n: services.entrances.become_first_admin(stranger(n), NAMES), range(20))) == 1
    with store.work() as work:
        assert len(work.people.holders(RoleKind.ADMIN)) == 1
        assert len(work.people.units()) == 1


@on_postgres
def test_two_links_of_one_person_pressed_at_once_lead_to_one_chat(
    services: Services, by_number: Named, store: Store
) -> None:
    person = by_number("B004")
    codes = [
        services.entrances.invite_to_page(person).code,
        services.entrances.invite_person(by_number("B002"), person.person_id or 0).code,
    ]
    with ThreadPoolExecutor(2) as threads:
        secrets = list(threads.map(lambda code: services.entrances.enter(code, NAMES, Device()), codes))
    assert len({entered.account_id for secret in secrets if (entered := services.sign_ins.entered(secret))}) == 1
    with store.work() as work:
        chats = work._session.execute(select(account.c.id).where(account.c.person_id == person.person_id)).all()
    assert len(chats) == 1


def test_a_refusal_leaves_no_trace(services: Services, by_number: Named, store: Store) -> None:
    before = count(store, account)
    with pytest.raises(NotFound):
        services.entrances.invite_unit(by_number("B003"), by_number("B003").unit_id or 0)
    assert outcome(lambda: services.entrances.enter("wrong", NAMES, Device())) == "link-wrong"
    assert count(store, account) == before
    assert count(store, invitation) == 0


def test_whoever_tries_links_without_end_is_stopped_and_nobody_elsewhere_is(
    services: Services, by_number: Callable[[str], Actor], clock: FixedClock
) -> None:
    def enter(code: str, address: str) -> str:
        return outcome(lambda: services.entrances.enter(code, NAMES, Device(), address=address))

    assert {enter(f"wrong{guess}", "10.0.0.1") for guess in range(MAX_WRONG_LINKS)} == {"link-wrong"}
    code = services.entrances.invite_to_page(by_number("B003")).code
    assert enter(code, "10.0.0.1") == enter("wrong", "10.0.0.1") == "codes-too-many"
    assert enter(code, "10.0.0.2") == "done"
    clock.advance(hours=1)
    later = services.entrances.invite_to_page(by_number("B003")).code
    assert enter(later, "10.0.0.1") == "done"
