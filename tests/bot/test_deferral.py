"""Deferring aiogram's models saves most of the import and changes nothing else."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update
from aiogram.types.base import TelegramObject
from pydantic_core import core_schema

from bot import deferral

ROOT = Path(__file__).parents[2]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def models(how: str) -> dict[str, Any]:
    result = python("-m", "tests.bot.aiogram_models", how)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def eager() -> dict[str, Any]:
    return models("eager")


@pytest.fixture(scope="module")
def deferred() -> dict[str, Any]:
    return models("deferred")


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_the_import_takes_clearly_less_time_and_memory(eager: dict[str, Any], deferred: dict[str, Any]):
    assert deferred["cost"]["seconds"] < 0.5 * eager["cost"]["seconds"]
    assert deferred["cost"]["megabytes"] < 0.6 * eager["cost"]["megabytes"]


def test_nearly_nothing_is_built_before_it_is_used(eager: dict[str, Any], deferred: dict[str, Any]):
    assert eager["unbuilt"] == 0
    assert deferred["unbuilt"] > 400


def test_every_method_and_type_has_the_same_schema_and_fields(eager: dict[str, Any], deferred: dict[str, Any]):
    methods = [name for name in eager["fields"] if name.startswith("aiogram.methods.")]

    assert len(methods) == 185 + len(["TelegramMethod", "Request", "Response"])
    assert len(eager["fields"]) > 580
    for what in ("fields", "schemas", "definitions"):
        assert differing(eager[what], deferred[what]) == []


def test_every_model_refuses_nonsense_in_the_same_words(eager: dict[str, Any], deferred: dict[str, Any]):
    assert eager["refusals"].keys() == eager["fields"].keys()
    assert differing(eager["refusals"], deferred["refusals"]) == []


def test_an_update_of_each_kind_is_read_the_same(eager: dict[str, Any], deferred: dict[str, Any]):
    assert eager["updates"].keys() == Update.model_fields.keys() - {"update_id"}
    assert differing(eager["updates"], deferred["updates"]) == []


def test_answers_to_calls_are_read_the_same(eager: dict[str, Any], deferred: dict[str, Any]):
    assert len(eager["answers"]) == 3
    assert deferred["answers"] == eager["answers"]


def test_threads_take_turns_at_building():
    inside: list[int] = []
    most = 0
    another = threading.Event()

    class Watched:
        """Takes its time while it is built, so that a second builder would be seen."""

        @classmethod
        def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
            nonlocal most
            inside.append(1)
            most = max(most, len(inside))
            if len(inside) > 1:
                another.set()
            another.wait(0.2)
            inside.pop()
            return core_schema.any_schema()

    class Card(TelegramObject):
        part: Watched

    with ThreadPoolExecutor(4) as threads:
        cards = list(threads.map(lambda part: Card.model_validate({"part": part}), range(4)))

    assert [card.part for card in cards] == [0, 1, 2, 3]
    assert most == 1


def test_a_second_installation_does_nothing():
    deferral.install()
    deferral.install()


def test_an_installation_that_comes_too_late_is_noticed():
    # An empty module of that name stands for the import, which takes seconds.
    imported = "import sys\nsys.modules['aiogram'] = sys\n"
    result = python("-c", imported + "from bot import deferral\ndeferral.install()")

    assert result.returncode == 1
    assert "RuntimeError: aiogram was imported before the deferral" in result.stderr


def test_aiogram_is_not_imported_before_it_is_asked_for():
    result = python(
        "-c",
        "import sys\nfrom bot import deferral\ndeferral.install(enabled=False)\nassert 'aiogram' not in sys.modules",
    )

    assert result.returncode == 0, result.stderr
