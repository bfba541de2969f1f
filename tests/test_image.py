"""What is handed to other machines: the image, without a Docker engine, and the bundle, without a package index."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from bot.settings import Mode, load
from tests.shell import ROOT, bare_environment, free_port, is_healthy, machine_without, run, started

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
RUNS_SOMETHING = re.compile(r"(RUN|CMD|HEALTHCHECK) ")


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
    assert "BOT_HTTP_HOST=0.0.0.0" in said["ENV"].split(), "from outside the container, only that can be reached"


def test_compose_opens_no_port_to_the_world_and_starts_with_its_password_alone(monkeypatch: pytest.MonkeyPatch):
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    ports = re.findall(r'^ +- "([0-9.:]+)"$', compose, re.MULTILINE)

    assert ports == ["127.0.0.1:8080:8080", "127.0.0.1:8081:8080"]
    assert compose.count("ports:") == len(ports)
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

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.app = folder / "app"
        self._stages = folder / "stages"
        self._volume = folder / "data"
        self._named: dict[str, Path] = {}
        self.env = {
            **bare_environment(),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            # Fetched once, for the bundle.
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheels),
        }

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


def answers(build: Build, process: subprocess.Popen[bytes]) -> bool:
    """Whether the image's own health check passes before its grace period is over."""
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if build.make("image-health").returncode == 0:
            return True
    return False


@pytest.mark.image
def test_the_image_can_be_built_and_the_program_in_it_answers(bundle: Path, tmp_path: Path):
    build = Build(tmp_path, unpacked(bundle, tmp_path / "bundle") / "wheels")
    build.walk()
    port = free_port()
    build.env |= {"BOT_MODE": "web", "BOT_HTTP_PORT": str(port), "BOT_TRUSTED_PROXIES": "172.16.0.0/12"}

    with started(*build.command("image-run"), cwd=build.app, env=build.env, log=tmp_path / "log") as process:
        healthy = answers(build, process)
        assert not healthy or is_healthy(process, port, seconds=5)

    assert healthy, (tmp_path / "log").read_text(encoding="utf-8")
    assert list((tmp_path / "data").iterdir()), "what the program keeps is kept in the volume"
    assert build.make("image-health").returncode != 0, "a stopped program is not healthy"


# The bundle

WAYS = ["pip", *(["uv"] if shutil.which("uv") else [])]
NOWHERE = "http://127.0.0.1:1/simple"


@pytest.fixture(scope="module")
def bundle() -> Path:
    """The archive, packed by the command that a person gives."""
    packed = run("make", "--no-print-directory", "bundle", cwd=ROOT, env=bare_environment())
    assert packed.returncode == 0, packed.stderr
    return ROOT / packed.stdout.splitlines()[-1]


def unpacked(bundle: Path, folder: Path) -> Path:
    with tarfile.open(bundle) as archive:
        archive.extractall(folder, filter="data")
    (found,) = folder.iterdir()
    return found


def without_index(way: str, folder: Path) -> dict[str, str]:
    """A machine with uv or without, where neither of the two reaches an index or remembers a package."""
    env = bare_environment() if way == "uv" else machine_without("uv", folder=folder)
    kept = {name: value for name, value in env.items() if not name.startswith(("PIP_", "UV_"))}
    nowhere = {"PIP_INDEX_URL": NOWHERE, "UV_DEFAULT_INDEX": NOWHERE, "PIP_CONFIG_FILE": os.devnull}
    return {**kept, **nowhere, "PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}


@pytest.mark.image
@pytest.mark.parametrize("way", WAYS)
def test_the_bundle_starts_by_one_command_where_no_index_answers(bundle: Path, tmp_path: Path, way: str):
    folder, port = unpacked(bundle, tmp_path / "bundle"), free_port()
    env = without_index(way, tmp_path / "bin") | {"BOT_MODE": "web", "BOT_HTTP_PORT": str(port)}

    with started("make", "run", cwd=folder, env=env, log=tmp_path / "log") as process:
        healthy = is_healthy(process, port, seconds=200)

    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert healthy, said
    assert "uv did not manage it" not in said


@pytest.mark.image
def test_a_package_of_the_bundle_that_was_changed_is_not_installed(bundle: Path, tmp_path: Path):
    folder = unpacked(bundle, tmp_path / "bundle")
    wheel = next((folder / "wheels").glob("aiogram-*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"\0")

    refused = run("make", "run", cwd=folder, env=without_index("pip", tmp_path / "bin"))

    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
