"""Audiences: the units an actor may plan for, and the people in them."""

from collections.abc import Collection, Iterable

from domain.audiences import UnitPage, may_plan, outermost, planning_paths, require_planner
from domain.errors import NotFound
from domain.people import Actor, Person, Unit
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

PAGE = 8


class Audiences:
    def __init__(self, work: Work) -> None:
        self._work = work

    @reads
    def page(self, actor: Actor, chosen: Collection[int] = (), part: str = "", page: int = 0) -> UnitPage:
        """A page of the units the actor may plan for whose names contain ``part``, in roster order, and what was
        chosen. Raises DomainError ``planners-only``."""
        require_planner(actor)
        with self._work() as work:
            own = [unit for unit in work.people.units() if may_plan(actor, [unit.path])]
            known = [unit for unit in own if unit.id in chosen]
            found = [unit for unit in own if part.casefold() in unit.name.casefold()]
            pages = max(1, -(-len(found) // PAGE))
            page = min(max(0, page), pages - 1)
            return UnitPage(
                units=tuple((unit.id, unit.name) for unit in found[page * PAGE : (page + 1) * PAGE]),
                page=page,
                pages=pages,
                chosen_ids=tuple(unit.id for unit in known),
                chosen_names=tuple(unit.name for unit in known),
                people=len(people_of(work, known)),
            )

    @reads
    def own_units(self, actor: Actor) -> list[int]:
        """The units a planner most likely means: a secretary's own; nothing for who may plan everywhere."""
        with self._work() as work:
            paths = {path for path in planning_paths(actor) if path}
            return [unit.id for unit in work.people.units() if unit.path in paths]


def planned_units(work: UnitOfWork, actor: Actor, unit_ids: Collection[int]) -> list[Unit]:
    """The units in roster order, if the actor may plan for all of them. Raises NotFound."""
    units = [unit for unit_id in unit_ids if (unit := work.people.unit(unit_id)) is not None]
    if len(units) != len(unit_ids) or not may_plan(actor, [unit.path for unit in units]):
        raise NotFound
    return sorted(units, key=lambda unit: (unit.position, unit.id))


def people_of(work: UnitOfWork, units: Iterable[Unit]) -> list[Person]:
    """Everybody in these units and below them, each once."""
    return [person for path in outermost(unit.path for unit in units) for person in work.people.people_below(path)]
