"""The demo: a small sample organisation, in which the browser may play every part."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.people import Organisation, PlannedPerson, PlannedUnit, RoleKind, UnitKind

SAMPLES = Path(__file__).parent.parent / "samples"
MORNING = timedelta(minutes=90)


def sample(language: str) -> Organisation:
    """The sample organisation in one language."""
    plan = json.loads((SAMPLES / f"organisation.{language}.json").read_text(encoding="utf-8"))
    units = (PlannedUnit(u["code"], u["name"], UnitKind(u["kind"]), u["parent"]) for u in plan["units"])
    return Organisation(tuple(units), tuple(_person(row) for row in plan["people"]))


def move_clock(file: Path, now: datetime, opens: datetime) -> None:
    """Nothing is said unasked outside working hours, and whoever tries the demo at night shall not have to wait: its
    clock goes on to mid-morning of the next working day. It never goes back."""
    if opens <= now:
        return
    moved = float(file.read_text(encoding="utf-8")) if file.exists() else 0.0
    file.write_text(str(moved + (opens + MORNING - now).total_seconds()), encoding="utf-8")


def _person(row: dict[str, Any]) -> PlannedPerson:
    return PlannedPerson(
        name=row["name"],
        staff_number=row["staff_number"],
        unit=row["unit"],
        roles=tuple((RoleKind(kind), code) for kind, code in row["roles"]),
        heads=row.get("heads", ""),
        persona=row.get("persona", ""),
    )
