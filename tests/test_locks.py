"""The locks hold what pyproject.toml asks for, pinned and hashed: what was tested is what runs.

A package in a lock is a line `name==version`, perhaps with a marker, and the hashes of its files below it.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LOCKS = {
    "requirements.lock": tuple(PROJECT["project"]["dependencies"]),
    "requirements-dev.lock": (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]),
}


def pins(lock: str) -> dict[str, Requirement]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line.rstrip("\\ ") for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, lines)}


def version_of(pin: Requirement) -> str:
    (exact,) = pin.specifier
    assert exact.operator == "==", f"{pin} is not pinned"
    return exact.version


def closure(wanted: tuple[str, ...]) -> dict[str, list[Requirement]]:
    """All that the wanted requirements ask for here, by name, as the installed packages declare it."""
    asked: dict[str, list[Requirement]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(Requirement(line), frozenset({""})) for line in wanted]
    while waiting:
        requirement, extras_of_parent = waiting.pop()
        if not _applies(requirement, extras_of_parent):
            continue
        name = canonicalize_name(requirement.name)
        asked.setdefault(name, []).append(requirement)
        key = (name, frozenset(requirement.extras) | {""})
        if key not in seen:
            seen.add(key)
            waiting.extend((Requirement(line), key[1]) for line in requires(name) or ())
    return asked


def _applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate({**default_environment(), "extra": extra}) for extra in extras)


def entries(lock: str) -> Iterator[list[str]]:
    """The lines of the lock, a package at a time."""
    entry: list[str] = []
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if not line.startswith(" ") and entry:
            yield entry
            entry = []
        entry.append(line)
    yield entry


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_pyproject_asks_for_and_nothing_else(lock: str):
    pinned = {name: pin for name, pin in pins(lock).items() if _applies(pin, frozenset({""}))}
    asked = closure(LOCKS[lock])

    assert set(pinned) == set(asked)
    for name, requirements in asked.items():
        version = version_of(pinned[name])
        refused = [str(asking) for asking in requirements if not asking.specifier.contains(version, prereleases=True)]
        assert refused == [], f"{lock} pins {name} {version}"


@pytest.mark.parametrize("lock", LOCKS)
def test_each_line_of_the_lock_is_pinned_and_has_hashes(lock: str):
    for head, *hashes in entries(lock):
        assert re.fullmatch(r"[a-z0-9-]+==[^ ]+( ; [^\\]+)?( \\)?", head), head
        assert hashes, f"{head} has no hashes"
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), head


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_package_index(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host", text)


def test_what_runs_is_what_is_tested():
    running, testing = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {name: testing.get(name) for name in running} == running
