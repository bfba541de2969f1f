"""Every proof, in the order in which ``make faults`` goes through them."""

from tests.faults.proofs.proof import Proof
from tests.faults.proofs.replicas import REPLICAS

PROOFS: tuple[Proof, ...] = (*REPLICAS,)
