"""Saving a roster: all of it or nothing, with paths, roles and people as the file says; on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from bot.services import Services
from domain.entrances import FirstNames
from domain.people import Actor, PlannedPerson, PlannedUnit, RoleKind, UnitKind
from domain.roster import RosterFile
from storage.audit import audit
from storage.unit_of_work import Store
from tests.services.outcomes import on_postgres, outcome

Named = Callable[[str], Actor]


def file_of(*units: PlannedUnit, people: tuple[PlannedPerson, ...] = ()) -> RosterFile:
    return RosterFile(tuple(enumerate(units, start=2)), tuple(enumerate(people, start=2)))


def save(services: Services, admin: Actor, file: RosterFile) -> None:
    services.roster.save(admin, file, services.roster.compare(admin, file).digest())


def test_a_unit_that_moves_takes_everything_below_it_along(services: Services, by_number: Named, store: Store) -> None:
    admin = by_number("A001")
    save(services, admin, file_of(PlannedUnit("organ-1", "综合服务单位", UnitKind.ORGAN, "organ-2")))
    with store.work() as work:
        paths = {unit.code: unit.path for unit in work.people.units()}
        ids = {unit.code: unit.id for unit in work.people.units()}
    assert paths["branch-1"] == f"/{ids['office']}/{ids['organ-2']}/{ids['organ-1']}/{ids['branch-1']}/"
    assert by_number("C002").has(RoleKind.SECRETARY, paths["branch-1"])


def test_the_first_import_takes_the_place_of_the_unit_from_the_set_up(services: Services, store: Store) -> None:
    services.entrances.become_first_admin(Actor("telegram", 9001, "zh"), FirstNames("本单位", "管理员"))
    admin = services.people.acting("telegram", 9001, "zh")
    file = file_of(
        PlannedUnit("hq", "总部", UnitKind.ORGAN),
        PlannedUnit("b1", "第一支部", UnitKind.BRANCH, "hq"),
        people=(PlannedPerson("甲", "E001", "b1"),),
    )
    found = services.roster.compare(admin, file)
    assert (found.replaced, found.units_added, found.units_changed) == (
        ("本单位", "office", "hq"),
        ("第一支部",),
        ("总部",),
    )
    save(services, admin, file)
    assert [(line.depth, line.name) for line in services.roster.tree(admin)] == [(0, "总部"), (1, "第一支部")]
    after = services.people.acting("telegram", 9001, "zh")
    assert (after.unit_name, after.has(RoleKind.ADMIN, after.unit_path)) == ("总部", True)
    assert services.roster.compare(after, file).changes == 0


def test_a_second_root_beside_a_grown_roster_is_left_alone(services: Services, by_number: Named) -> None:
    file = file_of(PlannedUnit("hq", "总部", UnitKind.ORGAN))
    found = services.roster.compare(by_number("A001"), file)
    assert (found.replaced, found.units_added) == (None, ("总部",))


def test_children_may_stand_before_their_parents(services: Services, by_number: Named, store: Store) -> None:
    units = (
        PlannedUnit("c", "丙", UnitKind.BRANCH, "b"),
        PlannedUnit("b", "乙", UnitKind.DEPARTMENT, "a"),
        PlannedUnit("a", "甲", UnitKind.ORGAN, "office"),
    )
    save(services, by_number("A001"), file_of(*units))
    with store.work() as work:
        found = work.people.unit_by_code("c")
    assert found is not None
    assert found.path.count("/") == 5


def test_roles_become_those_of_the_file_and_an_empty_cell_changes_none(services: Services, by_number: Named) -> None:
    admin = by_number("A001")
    people = (
        PlannedPerson("一支部书记", "B002", "branch-1", ((RoleKind.MEMBER, "branch-1"),)),
        PlannedPerson("二支部书记", "C002", "branch-2"),
    )
    save(services, admin, file_of(people=people))
    assert by_number("B002").roles() == {RoleKind.MEMBER}
    assert by_number("C002").has(RoleKind.SECRETARY)


def test_what_was_not_previewed_is_not_saved(services: Services, by_number: Named, store: Store) -> None:
    admin = by_number("A001")
    file = file_of(PlannedUnit("x", "新", UnitKind.ORGAN, "office"))
    assert outcome(lambda: services.roster.save(admin, file, "another")) == "roster-moved"
    broken = file_of(PlannedUnit("x", "新", UnitKind.ORGAN, "nowhere"))
    assert outcome(lambda: save(services, admin, broken)) == "roster-moved"
    assert outcome(lambda: services.roster.save(by_number("B002"), file, "x")) == "admins-only"
    with store.work() as work:
        assert work.people.unit_by_code("x") is None


def test_the_audit_trail_counts_and_names_nobody(services: Services, by_number: Named, store: Store) -> None:
    people = (PlannedPerson("新人", "N1", "branch-1"),)
    save(services, by_number("A001"), file_of(people=people))
    with store.work() as work:
        [line] = work._session.execute(select(audit).where(audit.c.action == "roster.import")).all()
    assert line.details["people_added"] == 1
    assert "新人" not in str(line)


@on_postgres
def test_of_twenty_who_save_the_same_preview_at_once_one_does(
    services: Services, by_number: Named, store: Store
) -> None:
    admin = by_number("A001")
    people = tuple(PlannedPerson(f"人{number}", f"N{number}", "x") for number in range(50))
    file = file_of(PlannedUnit("x", "新", UnitKind.ORGAN, "office"), people=people)
    digest = services.roster.compare(admin, file).digest()
    with ThreadPoolExecutor(20) as threads:
        tries = [lambda: services.roster.save(admin, file, digest)] * 20
        assert Counter(threads.map(outcome, tries)) == {"done": 1, "roster-moved": 19}
    with store.work() as work:
        assert len(work.people.everybody()) == 63


@on_postgres
def test_an_import_and_a_hand_that_take_the_role_from_both_admins_at_once_leave_one(
    services: Services, by_number: Named, store: Store
) -> None:
    admin, other = by_number("A001"), by_number("A002")
    card = services.roles.grant(admin, other.person_id or 0, RoleKind.ADMIN, admin.unit_id or 0)
    theirs = next(line.role_id for line in card.roles if line.role is RoleKind.ADMIN)
    file = file_of(people=(PlannedPerson("管理员", "A001", "office", ((RoleKind.MEMBER, "office"),)),))
    digest = services.roster.compare(admin, file).digest()
    tries = (
        lambda: services.roster.save(admin, file, digest),
        lambda: services.roles.revoke(admin, other.person_id or 0, theirs),
    )
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(outcome, tries))
    assert sorted(outcomes) in (["done", "last-admin"], ["done", "roster-moved"])
    with store.work() as work:
        assert len(work.people.holders(RoleKind.ADMIN)) == 1
