"""Twenty at one door: invitations, newcomers, roles, the last administrator and the first."""

from bot.services import Services
from domain.entrances import MAX_WRONG, FirstNames, hash_of
from domain.people import Actor, Role, RoleKind
from domain.sign_ins import Device
from tests.faults.proofs.racing.rivals import MANY, Crowd
from tests.faults.proofs.racing.winning import one_wins

NAMES = FirstNames("办公室", "管理员")
OF_THE_UNIT = ("B001", "B002", "B003", "B004", "B005")


def stranger(number: int) -> Actor:
    return Actor("telegram", 9000 + number, "zh")


def sitting(crowd: Crowd, number: int) -> Actor:
    return crowd.services.people.acting("telegram", 9000 + number, "zh")


def a_persons_code_lets_one_in(crowd: Crowd) -> None:
    person_id = crowd.by_number("B004").person_id or 0
    code = crowd.services.entrances.invite_person(crowd.story.secretary, person_id).code
    answers = crowd.at_once(lambda process, n: process.joining.bind(stranger(n), code))
    assert answers == {"done": 1, "code-wrong": MANY - 1}, answers


def a_link_is_spent_once(crowd: Crowd) -> None:
    code = crowd.services.entrances.invite_to_page(crowd.by_number("B004")).code
    answers = crowd.at_once(lambda process, _: process.entrances.enter(code, NAMES, Device()))
    assert answers == {"done": 1, "link-wrong": MANY - 1}, answers


def a_units_code_has_so_many_places(crowd: Crowd) -> None:
    invited = crowd.services.entrances.invite_unit(crowd.story.secretary, crowd.story.unit_id)
    for number in range(MANY):
        crowd.services.joining.begin(stranger(number), invited.code)
    chats = [sitting(crowd, number) for number in range(MANY)]
    people = [crowd.by_number(number) for number in OF_THE_UNIT]

    def ask(process: Services, number: int) -> None:
        which = number % len(people)
        process.joining.ask(chats[number], people[which].name, OF_THE_UNIT[which], "")

    answers = crowd.at_once(ask)
    assert set(answers) == {"done", "join-full"}, answers
    with crowd.store.work() as work:
        code = work.entrances.find_code(hash_of(invited.code))
        assert code is not None
        assert code.uses == len(work.entrances.joiners(code.id)) == invited.uses


def wrong_codes_are_counted(crowd: Crowd) -> None:
    answers = crowd.at_once(lambda process, _: process.joining.count_wrong(stranger(1)))
    assert answers == {"done": MAX_WRONG, "codes-too-many": MANY - MAX_WRONG}, answers


def one_decides_on_a_newcomer(crowd: Crowd) -> None:
    code = crowd.services.entrances.invite_unit(crowd.story.secretary, crowd.story.unit_id).code
    crowd.services.joining.begin(stranger(1), code)
    crowd.services.joining.ask(sitting(crowd, 1), crowd.by_number("B004").name, "B004", "")
    [card] = crowd.services.confirming.waiting(crowd.story.secretary)
    both = crowd.story.secretary, crowd.story.admin

    def decide(process: Services, number: int) -> None:
        process.confirming.decide(both[number % 2], card.request_id, card.version, confirmed=number % 4 < 2)

    one_wins(crowd, crowd.at_once(decide), *both)


def one_is_the_first_admin(crowd: Crowd) -> None:
    crowd.empty()
    for number in range(MANY):
        crowd.services.people.choose_language(stranger(number), "zh")
    made: list[bool] = []
    crowd.at_once(lambda process, n: made.append(process.entrances.become_first_admin(stranger(n), NAMES)))
    assert sum(made) == 1, made
    with crowd.store.work() as work:
        assert len(work.people.holders(RoleKind.ADMIN)) == 1
        assert len(work.people.units()) == 1


def one_admin_is_left(crowd: Crowd) -> None:
    admin = crowd.story.admin
    with crowd.store.work() as work:
        office = work.people.unit_by_code("office")
        assert office is not None
        for person in work.people.everybody():
            if person.staff_number != "A001":
                work.people.grant(Role(person.id, office.id, RoleKind.ADMIN))
        held = [(role.person_id, role.id) for role in work.people.all_roles() if role.role is RoleKind.ADMIN]

    def remove(process: Services, number: int) -> None:
        person_id, role_id = held[number % len(held)]
        if number % 2:
            process.roles.leave(admin, person_id)
        else:
            process.roles.revoke(admin, person_id, role_id)

    answers = crowd.at_once(remove)
    crowd.at_once(lambda process, n: remove(process, n + 1))
    with crowd.store.work() as work:
        assert len(work.people.holders(RoleKind.ADMIN)) == 1, answers


def a_role_is_held_once(crowd: Crowd) -> None:
    admin, member = crowd.story.admin, crowd.by_number("B003")
    place = (member.person_id or 0, RoleKind.SUPERVISOR, admin.unit_id or 0)
    answers = crowd.at_once(lambda process, _: process.roles.grant(admin, *place))
    assert answers == {"done": 1, "role-held": MANY - 1}, answers


RULES = (
    a_persons_code_lets_one_in,
    a_link_is_spent_once,
    a_units_code_has_so_many_places,
    wrong_codes_are_counted,
    one_decides_on_a_newcomer,
    one_is_the_first_admin,
    one_admin_is_left,
    a_role_is_held_once,
)
