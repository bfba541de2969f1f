"""Hostile files through everything that reads one: the roster, the question bank, photos and voice. ``python -m`` this
module reads them in a process of its own, whose memory is then known."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.files import FileKind
from services.banks import read_bank
from services.files import Files
from services.roster import read_roster
from tests.faults.proofs.hostile.making import WAYS, good, made
from tests.faults.proofs.proof import Outcome, Proof
from views.contests import bank_words
from views.roster import vocabulary
from views.texts import Texts

SLOW_SECONDS = 2.0
MORE_MEGABYTES = 100

RESET = Path("/proc/self/clear_refs")
"""A 5 written there lets the highest mark of this process's memory begin anew, so that what a file takes to make does
not count."""

Reader = Callable[[str, bytes], object]


def readers() -> dict[str, Reader]:
    texts = Texts()
    t = texts.translator("zh", ZoneInfo("Asia/Shanghai"))
    roster, bank, files = vocabulary(texts, t), bank_words(texts, t), Files(Mock(), Mock(), Mock())
    return {
        "roster": lambda name, data: read_roster(data, name, roster),
        "bank": lambda name, data: read_bank(data, name, bank),
        "photo": lambda _name, data: files.prepare(FileKind.PHOTO, data),
        "voice": lambda _name, data: files.prepare(FileKind.VOICE, data),
    }


def read_all(n: int) -> dict[str, object]:
    """What became of so many files, each read by every reader."""
    dice, every = random.Random(n), readers()
    became: Counter[str] = Counter()
    crashes: dict[str, str] = {}
    slowest, slowest_name = 0.0, ""
    _warm(every)
    grown = 0
    for number in range(n):
        name, data = WAYS[number](dice) if number < len(WAYS) else made(dice)
        for reader, read in every.items():
            before, began = _megabytes("VmRSS"), time.monotonic()
            RESET.write_text("5", encoding="ascii")
            try:
                read(name, data)
                became["taken"] += 1
            except DomainError:
                became["refused"] += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, it would have been a dead letter
                crashes.setdefault(f"{reader}: {type(error).__name__}: {error}"[:120], name)
            took = time.monotonic() - began
            grown = max(grown, _megabytes("VmHWM") - before)
            if took > slowest:
                slowest, slowest_name = took, f"{reader} {name}"
            if slowest > SLOW_SECONDS or grown > MORE_MEGABYTES:
                # What follows may be far larger, and take the machine with it.
                return {**became, "crashes": crashes, "slowest": slowest, "of": slowest_name, "grown": grown}
    return {**became, "crashes": crashes, "slowest": slowest, "of": slowest_name, "grown": grown}


def _warm(every: dict[str, Reader]) -> None:
    """What is imported with the first file is not what grows."""
    from io import BytesIO

    from PIL import Image

    every["roster"](*good())
    stream = BytesIO()
    Image.new("RGB", (400, 300)).save(stream, "PNG")
    every["photo"]("p.png", stream.getvalue())


def _megabytes(what: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{what}:")[2].split()[0]) // 1024


def run(n: int, _folder: Path) -> Outcome:
    child = [sys.executable, "-m", "tests.faults.proofs.hostile.files", str(n)]
    ended = subprocess.run(child, capture_output=True, text=True, check=False)
    if ended.returncode:
        return Outcome(f"the reader died with {ended.returncode}: {ended.stderr[-300:]}", held=False)
    found = json.loads(ended.stdout)
    held = not found["crashes"] and found["slowest"] <= SLOW_SECONDS and found["grown"] <= MORE_MEGABYTES
    value = (
        f"{len(found['crashes'])} crashes, {found.get('refused', 0)} refused, {found.get('taken', 0)} taken, slowest "
        f"{found['slowest']:.1f} s ({found['of']}), {found['grown']} MB more"
    )
    return Outcome("; ".join([value, *found["crashes"]]), held)


PROOF = Proof(
    name="files", goal="0 crashes, none over 2 s, at most 100 MB more", few=2 * len(WAYS), many=2_000, run=run
)

if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_all(int(sys.argv[1]))))
