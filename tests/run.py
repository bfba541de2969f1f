"""Run every test this machine can run, and say what was left out and how to get it: `python -m tests.run`.

With CI=true nothing may be left out: a missing part is a failure of one line, and so is a test that skips itself.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import machine

MEMORY = Path("/dev/shm")  # noqa: S108 - the folder that Linux keeps in memory
IN_CI = os.environ.get("CI") == "true"


@dataclass(frozen=True)
class Part:
    """Tests with one marker, what they need and how a person gets it."""

    marker: str
    needs: str
    remedy: str
    is_here: Callable[[], bool]


PARTS = (
    Part(
        "postgres",
        "PostgreSQL",
        "start one on localhost:5432 that lets user postgres in, or set BOT_TEST_POSTGRES_URL",
        lambda: machine.postgres_url() is not None,
    ),
    Part(
        "browser",
        "Chromium",
        "install it (Debian: apt install chromium fonts-noto-cjk), or set BOT_TEST_CHROMIUM to its path",
        lambda: machine.chromium() is not None,
    ),
    Part("image", "the image and the bundle, built and started in empty folders", "make image", lambda: IN_CI),
)


class Skipped:
    """Counts what skipped itself or was expected to fail: in CI both would hide a missing proof."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.names.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.names.append(report.nodeid)


def main(arguments: list[str]) -> int:
    missing = [part for part in PARTS if not part.is_here()]
    if IN_CI and missing:
        say(f"CI=true, and missing: {'; '.join(f'{part.needs} ({part.remedy})' for part in missing)}")
        return 2
    skipped = Skipped()
    chosen = ["-m", " and ".join(f"not {part.marker}" for part in missing)] if missing else []
    code = int(pytest.main([*chosen, *_workplace(), *arguments], plugins=[skipped]))
    if IN_CI and skipped.names:
        say(f"CI=true, and skipped: {', '.join(skipped.names)}")
        return code or 1
    for part in missing:
        say(f"Left out: {part.needs}. To have it: {part.remedy}.")
    return code


def _workplace() -> list[str]:
    """A file of one's own to each core, the long ones first (see the hook in conftest), so that no core is left alone
    with them at the end; and the databases of the tests in memory where there is such a folder: waiting for a disk
    proves nothing here."""
    places = [f"--basetemp={MEMORY / f'biaoshuai-{os.getpid()}'}"] if os.access(MEMORY, os.W_OK) else []
    return ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", *places]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
