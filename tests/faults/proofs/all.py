"""Every proof, in the order in which ``make faults`` goes through them."""

from tests.faults.proofs.failpoints import FAILPOINTS, FAILPOINTS_ON_POSTGRES
from tests.faults.proofs.kills import KILLS, KILLS_ON_POSTGRES
from tests.faults.proofs.proof import Proof

PROOFS: tuple[Proof, ...] = (KILLS, KILLS_ON_POSTGRES, FAILPOINTS, FAILPOINTS_ON_POSTGRES)
