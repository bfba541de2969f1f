"""``make safeguards``: takes each safeguard away in a copy of this folder and tells whether a test turned red.

A proof that stays green without what it proves is worth nothing.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.safeguards.removals import REMOVALS, Removal

ROOT = Path(__file__).parents[2]
LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "build", "data", "__pycache__", ".*_cache")
RED = 1
"""What pytest ends with when tests failed; anything else would mean that it did not try."""


def main(names: list[str]) -> int:
    chosen = [one for one in REMOVALS if not names or any(name in one.name for name in names)]
    with tempfile.TemporaryDirectory(prefix="safeguards-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
        (copy / ".venv").symlink_to(ROOT / ".venv")
        missed = [one.name for one in chosen if not _turns_red(one, copy)]
    return 1 if missed else 0


def _turns_red(removal: Removal, copy: Path) -> bool:
    file, began = copy / removal.file, time.monotonic()
    whole = file.read_text(encoding="utf-8")
    file.write_text(without(removal, whole), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *removal.tests]
    ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    file.write_text(whole, encoding="utf-8")
    red = ended.returncode == RED
    by = next((line.partition(" ")[2] for line in ended.stdout.splitlines() if line.startswith("FAILED")), "")
    found = f"red: {by.partition(' - ')[0]}" if red else f"STAYED GREEN (pytest ended with {ended.returncode})"
    sys.stdout.write(f"{removal.name:<52} {round(time.monotonic() - began):>4} s  {found}\n")
    sys.stdout.flush()
    return red


def without(removal: Removal, whole: str) -> str:
    """The file without the safeguard. Raises ValueError where it does not stand there exactly once."""
    if whole.count(removal.old) != 1:
        raise ValueError(f"{removal.file} does not have the text of '{removal.name}' once")
    return whole.replace(removal.old, removal.new)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
