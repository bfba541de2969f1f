"""A small organisation, whose people the tests know by heart."""

import json
from pathlib import Path
from typing import Any

from domain.people import Organisation, PlannedPerson, PlannedUnit, RoleKind, UnitKind

SAMPLES = Path(__file__).parent / "samples"


def organisation(language: str) -> Organisation:
    """The sample organisation in one language."""
    plan = json.loads((SAMPLES / f"organisation.{language}.json").read_text(encoding="utf-8"))
    units = (PlannedUnit(u["code"], u["name"], UnitKind(u["kind"]), u["parent"]) for u in plan["units"])
    return Organisation(tuple(units), tuple(_person(row) for row in plan["people"]))


def _person(row: dict[str, Any]) -> PlannedPerson:
    return PlannedPerson(
        name=row["name"],
        staff_number=row["staff_number"],
        unit=row["unit"],
        roles=tuple((RoleKind(kind), code) for kind, code in row["roles"]),
        heads=row.get("heads", ""),
        persona=row.get("persona", ""),
    )
