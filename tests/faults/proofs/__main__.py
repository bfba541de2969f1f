"""``make faults``: the promises of docs/testing.md, each tried many times, as a table and as build/faults.json.

What held at the commit one stands on is not tried again, so that a run that was stopped goes on where it was:
``make faults fresh=1`` begins anew, ``make faults only="kills races" n=50`` tries some, so many times.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import deferral

deferral.install()

from tests.faults.proofs.all import PROOFS  # noqa: E402 - aiogram is imported on the way, after the deferral
from tests.faults.proofs.proof import Proof  # noqa: E402

RESULTS = Path("build/faults.json")

Row = dict[str, Any]


def main(arguments: list[str]) -> int:
    options = _read(arguments)
    chosen = [proof for proof in PROOFS if not options.names or proof.name in options.names]
    commit = _commit()
    rows = {} if options.fresh else _kept()
    for proof in chosen:
        n = options.n or proof.many
        row = rows.get(proof.name, {})
        if not (row.get("held") and row.get("commit") == commit and row.get("n") == n):
            same = row.get("commit") == commit and row.get("n") == n
            kept = [one for one in row.get("parts", []) if one["held"]] if same else []
            for tried in _tried(proof, n, kept):
                rows[proof.name] = tried | {"commit": commit}
                _keep(rows)
        _say(rows[proof.name])
    return 0 if all(rows[proof.name]["held"] for proof in chosen) else 1


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.proofs")
    parser.add_argument("names", nargs="*", choices=[[], *(proof.name for proof in PROOFS)], metavar="NAME")
    parser.add_argument("--n", type=int, default=0, help="how many times, in place of each proof's own number")
    parser.add_argument("--fresh", action="store_true", help="try again what held")
    return parser.parse_args(arguments)


def _tried(proof: Proof, n: int, parts: list[Row]) -> Iterator[Row]:
    """The row as it stands after each further part; it has held when all of them have."""
    parts = [*parts]
    for part in range(len(parts), proof.parts):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"{proof.name}-") as folder:
            outcome = proof.run(n // proof.parts + (part < n % proof.parts), Path(folder))
        seconds = round(time.monotonic() - began)
        parts.append({"value": outcome.value, "held": outcome.held, "seconds": seconds})
        yield {
            "name": proof.name,
            "n": n,
            "value": " + ".join(one["value"] for one in parts),
            "goal": proof.goal,
            "held": len(parts) == proof.parts and all(one["held"] for one in parts),
            "seconds": sum(one["seconds"] for one in parts),
            "parts": parts,
        }


def _commit() -> str:
    """What one stands on; never the same twice where something is changed, or where there is no git."""
    seen = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    name = seen.stdout.strip()
    return name if name and not name.endswith("-dirty") else f"changed-{time.time_ns()}"


def _kept() -> dict[str, Row]:
    return {row["name"]: row for row in json.loads(RESULTS.read_text(encoding="utf-8"))} if RESULTS.exists() else {}


def _keep(rows: dict[str, Row]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([*rows.values()], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _say(row: Row) -> None:
    held = "held" if row["held"] else "BROKEN"
    sys.stdout.write(
        f"{row['name']:<20}{row['n']:>8}  {held:<8}{row['seconds']:>5} s  {row['value']} ({row['goal']})\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
