"""Every promise, tried a few times with every change; ``make faults`` tries them many times."""

from pathlib import Path

import pytest

from tests.faults.proofs.all import PROOFS
from tests.faults.proofs.proof import Proof

TRIED = [
    pytest.param(one, id=one.name, marks=[pytest.mark.postgres] if one.postgres else []) for one in PROOFS if one.few
]


@pytest.mark.parametrize("proof", TRIED)
def test_the_promise_is_kept(proof: Proof, tmp_path: Path) -> None:
    outcome = proof.run(proof.few, tmp_path)
    assert outcome.held, outcome.value
