"""Whom something is planned for: units with everybody below them, and who may plan for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.errors import DomainError
from domain.people import Actor, RoleKind, require_member


@dataclass(frozen=True)
class UnitPage:
    """A page of the units to choose from, pairs of id and name, and what was chosen: the names, and how many people
    that is exactly."""

    units: tuple[tuple[int, str], ...]
    page: int
    pages: int
    chosen_ids: tuple[int, ...]
    chosen_names: tuple[str, ...]
    people: int


def planning_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees in which the actor may plan: an admin everywhere (the empty path), a secretary in the own ones."""
    if actor.has(RoleKind.ADMIN):
        return ("",)
    return outermost(duty.path for duty in actor.duties if duty.role is RoleKind.SECRETARY)


def may_plan(actor: Actor, paths: Collection[str]) -> bool:
    """Whether all of these units lie where the actor may plan."""
    own = planning_paths(actor)
    return bool(paths) and all(path.startswith(own) for path in paths)


def require_planner(actor: Actor) -> None:
    """Refuse who plans for nobody: DomainError ``members-only`` or ``planners-only``."""
    require_member(actor)
    if not planning_paths(actor):
        raise DomainError("planners-only")


def belongs(actor: Actor, paths: Iterable[str]) -> bool:
    """Whether the actor is one of those for whom it is planned."""
    return actor.person_id is not None and any(actor.unit_path.startswith(path) for path in paths)


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that lie below no other of them, so that nobody is counted twice."""
    known = sorted(set(paths))
    return tuple(path for path in known if not any(path != other and path.startswith(other) for other in known))


def required_words(text: str, limit: int) -> str:
    """The trimmed text. Raises DomainError ``words-missing`` or ``text-too-long``."""
    words = text.strip()
    if not words:
        raise DomainError("words-missing")
    return fitting(words, limit)


def fitting(text: str, limit: int) -> str:
    """The trimmed text, which may be empty. Raises DomainError ``text-too-long``."""
    words = text.strip()
    if len(words) > limit:
        raise DomainError("text-too-long", limit=limit, length=len(words))
    return words
