"""The demo: a sample organisation in each language, and a clock that is never outside working hours at the start."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot import demo
from services.clock import SystemClock
from tests.conftest import MONDAY


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_persona_and_every_unit_of_the_sample_exists(language: str) -> None:
    plan = demo.sample(language)
    codes = {unit.code for unit in plan.units}
    assert {unit.parent for unit in plan.units} - {""} <= codes
    assert {code for person in plan.people for _, code in person.roles} <= codes
    personas = {person.persona for person in plan.people} - {""}
    assert personas == {"admin", "supervisor", "secretary", "member", "point-officer"}


def test_both_samples_are_the_same_organisation() -> None:
    zh, en = demo.sample("zh"), demo.sample("en")
    assert [unit.code for unit in zh.units] == [unit.code for unit in en.units]
    assert [(p.staff_number, p.roles) for p in zh.people] == [(p.staff_number, p.roles) for p in en.people]


def test_at_night_the_clock_goes_on_to_the_next_morning_and_never_back(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = SystemClock(file)
    demo.move_clock(file, MONDAY, MONDAY)
    assert not file.exists()
    before = clock.now()
    demo.move_clock(file, before, before + timedelta(hours=3))
    assert clock.now() - before >= timedelta(hours=4, minutes=30)
    demo.move_clock(file, clock.now(), clock.now() + timedelta(hours=1))
    assert clock.now() - before >= timedelta(hours=7)
