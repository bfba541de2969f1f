"""What stands around the code: the commands of make, the venv they need, the choice of tests, the image."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.settings import Mode, load

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
RUNS_SOMETHING = re.compile(r"(RUN|CMD|HEALTHCHECK) ")


def run(*command: str | Path, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


def machine_without(*names: str, folder: Path) -> dict[str, str]:
    """The environment of a machine that has the everyday tools, but not the named ones."""
    folder.mkdir()
    everyday = ("sh", "cat", "cksum", "dirname", "rm", "sed", "tail", "python3")
    for tool in set(everyday) - set(names):
        (folder / tool).symlink_to(sys.executable if tool == "python3" else str(shutil.which(tool)))
    return {**bare_environment(), "PATH": str(folder)}


def bare_environment() -> dict[str, str]:
    """This machine's environment without what belongs to this run of the tests."""
    ours = ("BOT_", "CI", "PYTEST_", "VIRTUAL_ENV", "PYTHON", "MAKE", "MFLAGS")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


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


# The image, without a Docker engine


def instructions() -> list[tuple[str, str]]:
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_every_line_of_the_image_that_runs_something_is_a_make_target(tmp_path: Path):
    shell = tmp_path / "sh"
    shell.write_text('#!/bin/sh\nprintf "%s" "$2"\n', encoding="utf-8")
    shell.chmod(0o755)
    env = {**bare_environment(), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    lines = DOCKERFILE.splitlines()

    for number, line in enumerate(lines):
        if RUNS_SOMETHING.match(line):
            named = re.match(r"# (image-[a-z]+): ", lines[number - 1])
            assert named, f"no name above: {line}"
            told = run("make", "-f", ROOT / "Makefile", named[1], cwd=tmp_path, env=env)
            assert line.endswith(f" {told.stdout}"), told.stderr
            assert told.stdout


def test_the_program_in_the_image_is_no_root_keeps_one_volume_and_hears_a_stop():
    last_stage = instructions()[max(i for i, (word, _) in enumerate(instructions()) if word == "FROM") :]
    said = dict(last_stage)

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", said["USER"])
    assert [rest for word, rest in last_stage if word == "VOLUME"] == ["/data"]
    assert "HEALTHCHECK" in said
    assert said["CMD"].startswith("exec ")


def test_compose_opens_no_port_to_the_world_and_starts_with_its_password_alone(monkeypatch: pytest.MonkeyPatch):
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    ports = re.findall(r'^ +- "([0-9.:]+)"$', compose, re.MULTILINE)

    assert ports == ["127.0.0.1:8080:8080"]
    assert compose.count("ports:") == 1
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    for name, value in re.findall(r'^ {6}(BOT_[A-Z_]+): "?(.+?)"?$', compose, re.MULTILINE):
        monkeypatch.setenv(name, re.sub(r"\$\{[A-Z_]+:[-?](.+?)\}", r"\1", value))
    settings = load(_env_file=None)
    assert (settings.run_mode, settings.http_host) == (Mode.WEB, "0.0.0.0")


class Build:
    """Walks the Dockerfile in a folder: copies what it copies and runs its lines by their names.

    Each stage stands at the same address, as it does in the image, because a venv remembers where it was made.
    """

    def __init__(self, folder: Path) -> None:
        self.app = folder / "app"
        self._stages = folder / "stages"
        self._volume = folder / "data"
        self._named: dict[str, Path] = {}
        self.env = {**bare_environment(), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def walk(self) -> None:
        name = ""
        for line in DOCKERFILE.splitlines():
            word, _, rest = line.partition(" ")
            if line.startswith("# image-"):
                name = rest.partition(":")[0]
            elif word == "FROM":
                self._begin_stage(rest)
            elif word == "COPY":
                self._copy(rest.split())
            elif word == "RUN":
                made = self.make(name)
                assert made.returncode == 0, made.stdout + made.stderr
            elif word == "ENV":
                self.env.update(setting.split("=", 1) for setting in rest.split())
        self.env["BOT_DATA_DIR"] = str(self._volume)

    def make(self, name: str) -> subprocess.CompletedProcess[str]:
        return run(*self.command(name), cwd=self.app, env=self.env)

    def command(self, name: str) -> tuple[str | Path, ...]:
        return ("make", "--no-print-directory", "-f", ROOT / "Makefile", name)

    def _begin_stage(self, base: str) -> None:
        if self.app.exists():
            self._stages.mkdir()
            self.app.rename(self._stages / "build")
        self.app.mkdir()

    def _copy(self, words: list[str]) -> None:
        *sources, target = [word for word in words if not word.startswith("--")]
        if words[0].startswith("--from=build"):
            (source,) = sources
            to = self._volume if target == "/data" else self.app / target
            shutil.copytree(self._stages / "build" / Path(source).name, to, symlinks=True)
        else:
            for name in self._context() if sources == ["."] else sources:
                self._copy_one(ROOT / name, self.app / name)

    def _context(self) -> list[str]:
        """What .dockerignore lets through: it forbids everything and then names the exceptions."""
        rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
        assert "*" in rules
        return [rule[1:] for rule in rules if rule.startswith("!")]

    def _copy_one(self, source: Path, to: Path) -> None:
        if source.is_dir():
            shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to)


@contextmanager
def started(build: Build) -> Iterator[subprocess.Popen[bytes]]:
    log = build.app.parent / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            build.command("image-run"), cwd=build.app, env=build.env, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def answers(build: Build, process: subprocess.Popen[bytes]) -> bool:
    """Whether the image's own health check passes before its grace period is over."""
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if build.make("image-health").returncode == 0:
            return True
    return False


@pytest.mark.image
def test_the_image_can_be_built_and_the_program_in_it_answers(tmp_path: Path):
    build = Build(tmp_path)
    build.walk()
    port = free_port()
    build.env |= {"BOT_MODE": "web", "BOT_HTTP_PORT": str(port), "BOT_TRUSTED_PROXIES": "172.16.0.0/12"}

    with started(build) as process:
        healthy = answers(build, process)
        if healthy:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/healthz")
                assert connection.getresponse().status == 200

    assert healthy, (tmp_path / "log").read_text(encoding="utf-8")
    assert list((tmp_path / "data").iterdir()), "what the program keeps is kept in the volume"
    assert build.make("image-health").returncode != 0, "a stopped program is not healthy"
