"""Every proof, in the order in which ``make faults`` goes through them."""

from tests.faults.proofs import fuzz, model, races
from tests.faults.proofs.proof import Proof

PROOFS: tuple[Proof, ...] = (races.PROOF, model.PROOF, fuzz.PROOF)
