"""What stands around the code: the commands of make, the venv they need, the choice of tests."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.shell import ROOT, bare_environment, machine_without, run

# make


def test_make_help_names_every_command_with_what_it_does():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

    helped = run("make", cwd=ROOT, env=bare_environment()).stdout

    for command in phony.split():
        assert re.search(rf"^  make {command} +[a-z].{{10}}", helped, re.MULTILINE), command


def test_a_migration_needs_a_name():
    asked = run("make", "migration", cwd=ROOT, env=bare_environment())

    assert asked.returncode == 2
    assert 'make migration m="' in asked.stderr


# The venv


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the script that makes .venv and two locks without a package, so that nothing is fetched."""
    folder = tmp_path / "clone"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "venv", folder / ".ci" / "venv")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (folder / lock).write_text("# nothing\n", encoding="utf-8")
    return folder


def test_without_uv_the_venv_is_made_by_python_and_only_when_something_changed(clone: Path, tmp_path: Path):
    env = machine_without("uv", folder=tmp_path / "bin")

    first = run(clone / ".ci" / "venv", "requirements-dev.lock", cwd=clone, env=env)
    again = run(clone / ".ci" / "venv", "requirements-dev.lock", cwd=clone, env=env)
    to_run = run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env=env)
    (clone / "requirements.lock").write_text("# changed\n", encoding="utf-8")
    changed = run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env=env)

    assert first.returncode == 0, first.stderr
    assert (clone / ".venv" / "bin" / "python").exists()
    assert "requirements-dev.lock" in first.stderr
    assert (again.returncode, again.stderr) == (0, "")
    assert (to_run.returncode, to_run.stderr) == (0, ""), "what development needs holds what running needs"
    assert "requirements.lock" in changed.stderr


def test_a_python_without_venv_is_told_in_one_line(clone: Path, tmp_path: Path):
    env = machine_without("uv", "python3", folder=tmp_path / "bin")
    python = tmp_path / "bin" / "python3"
    python.write_text(
        f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n', encoding="utf-8"
    )
    python.chmod(0o755)

    refused = run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env=env)

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[1:] == [
        "python3 lacks venv: install it (Debian and Ubuntu: apt install python3-venv), or install uv."
    ]


def test_a_machine_without_a_new_enough_python_is_told_in_one_line(clone: Path, tmp_path: Path):
    env = machine_without("uv", "python3", folder=tmp_path / "bin")

    refused = run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env=env)

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[1:] == [
        "Python 3.11 or newer is needed: install it, or uv, which brings its own."
    ]


def recording_uv(folder: Path) -> Path:
    """A uv that installs nothing and writes down which index it was told of."""
    uv, told = folder / "uv", folder / "told"
    uv.write_text(f'#!/bin/sh\necho "$UV_DEFAULT_INDEX $*" >>{told}\nexec mkdir -p .venv/bin\n', encoding="utf-8")
    uv.chmod(0o755)
    (folder / "mkdir").symlink_to(str(shutil.which("mkdir")))
    return told


@pytest.mark.parametrize(
    ("settings", "index"),
    [
        ({"PIP_INDEX_URL": "https://pip.example/simple"}, "https://pip.example/simple"),
        ({"PIP_CONFIG_FILE": "pip.conf"}, "https://conf.example/simple"),
        (
            {"PIP_INDEX_URL": "https://pip.example/simple", "UV_DEFAULT_INDEX": "https://uv.example"},
            "https://uv.example",
        ),
        ({}, ""),
    ],
)
def test_uv_hears_of_the_mirror_that_the_machine_is_set_up_for(
    clone: Path, tmp_path: Path, settings: dict[str, str], index: str
):
    env = machine_without("uv", "python3", folder=tmp_path / "bin")
    env = {name: value for name, value in env.items() if not name.startswith(("PIP_", "UV_"))}
    told = recording_uv(tmp_path / "bin")
    python = tmp_path / "bin" / "python3"
    # As `pip config list` says it, on a machine whose python3 may lack pip.
    listed = "global.index-url='https://conf.example/simple'"
    python.write_text(f'#!/bin/sh\n[ -z "$PIP_CONFIG_FILE" ] || echo "{listed}"\n', encoding="utf-8")
    python.chmod(0o755)

    run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env={**env, **settings})

    asked = told.read_text(encoding="utf-8").splitlines()
    assert [line.startswith(f"{index} ") for line in asked] == [True, True]


def bring_wheels(clone: Path, **made_for: str) -> None:
    """An empty bundle, for this machine unless it says otherwise."""
    here = {"python": "{}.{}".format(*sys.version_info), "machine": f"{os.uname().sysname} {os.uname().machine}"}
    (clone / "wheels").mkdir()
    for name, value in {**here, **made_for}.items():
        (clone / "wheels" / name).write_text(value + "\n", encoding="utf-8")


def test_a_bundles_packages_are_installed_without_asking_an_index(clone: Path, tmp_path: Path):
    env = machine_without("uv", folder=tmp_path / "bin")
    told = recording_uv(tmp_path / "bin")
    bring_wheels(clone)

    run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env=env)
    run(clone / ".ci" / "venv", "requirements-dev.lock", cwd=clone, env=env)

    to_run, to_develop = (line for line in told.read_text(encoding="utf-8").splitlines() if " pip install " in line)
    assert "--no-index --find-links wheels" in to_run
    assert "--require-hashes" in to_run
    assert "--no-index" not in to_develop, "the bundle has what running needs, and no more"


@pytest.mark.parametrize(
    ("made_for", "said"),
    [
        ({"python": "3.99"}, "This bundle is for Python 3.99: install it, or set PYTHON to where it is."),
        ({"machine": "Linux z80"}, "This bundle is for Linux z80: make one on a machine like this one."),
    ],
)
def test_a_bundle_for_another_machine_says_which(clone: Path, tmp_path: Path, made_for: dict[str, str], said: str):
    env = machine_without("uv", folder=tmp_path / "bin")
    bring_wheels(clone, **made_for)

    refused = run(clone / ".ci" / "venv", "requirements.lock", cwd=clone, env=env)

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [said]


# The choice of tests

NOWHERE = {"BOT_TEST_POSTGRES_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
ONE_FAST_FILE = ("tests/test_architecture.py", "-q", "-p", "no:cacheprovider", "-k", "network")


def test_what_this_machine_lacks_is_left_out_and_said():
    env = {**bare_environment(), **NOWHERE}

    told = run(sys.executable, "-m", "tests.run", *ONE_FAST_FILE, cwd=ROOT, env=env)

    assert told.returncode == 0, told.stdout + told.stderr
    assert "Left out: PostgreSQL. To have it: start one on localhost:5432" in told.stdout


def test_in_ci_a_missing_part_is_a_failure_of_one_line():
    env = {**bare_environment(), **NOWHERE, "CI": "true"}

    told = run(sys.executable, "-m", "tests.run", *ONE_FAST_FILE, cwd=ROOT, env=env)

    assert told.returncode == 2
    (line,) = told.stdout.splitlines()
    assert line.startswith("CI=true, and missing: PostgreSQL (start one on localhost:5432")


def test_in_ci_a_test_that_skips_itself_is_a_failure(tmp_path: Path):
    skipping = tmp_path / "test_nothing.py"
    skipping.write_text("import pytest\n\ndef test_nothing():\n    pytest.skip('no')\n", encoding="utf-8")
    command = (sys.executable, "-m", "tests.run", skipping, "-q", "-p", "no:cacheprovider", "--noconftest")

    elsewhere = run(*command, cwd=ROOT, env={**bare_environment(), **NOWHERE})
    in_ci = run(*command, cwd=ROOT, env={**bare_environment(), "CI": "true"})

    assert elsewhere.returncode == 0, elsewhere.stdout
    assert in_ci.returncode == 1
    assert "CI=true, and skipped:" in in_ci.stdout
    assert "test_nothing" in in_ci.stdout.splitlines()[-1]
