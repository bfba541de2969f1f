"""A problem's life through the use cases against a small model: anybody, in any order, with old cards and crashes."""

import random
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.proofs.modelled.life import Life, difference
from tests.faults.proofs.proof import Outcome, Proof

STEPS = 50


def run(n: int, folder: Path) -> Outcome:
    """``n`` lives of so many steps, every one another one."""
    chosen = settings(
        max_examples=n,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
    )
    kept = random.getstate()
    try:
        found = difference(lambda: run_state_machine_as_test(Life.inside(folder), settings=chosen))
    finally:
        random.setstate(kept)
    return Outcome(f"{1 if found else 0} differences in {n} lives of up to {STEPS} steps{found}", not found)


PROOF = Proof(
    name="model",
    goal="0 differences to the model",
    few=8,
    many=2_000,
    parts=2,
    run=run,
)
