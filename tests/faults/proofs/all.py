"""Every proof, in the order in which ``make faults`` goes through them."""

from tests.faults.proofs.double_taps import DOUBLE_TAPS
from tests.faults.proofs.failpoints import FAILPOINTS, FAILPOINTS_ON_POSTGRES
from tests.faults.proofs.hostile import files, fuzz
from tests.faults.proofs.kills import KILLS, KILLS_ON_POSTGRES
from tests.faults.proofs.messenger import MESSENGER
from tests.faults.proofs.migrations import MIGRATING
from tests.faults.proofs.modelled import model
from tests.faults.proofs.proof import Proof
from tests.faults.proofs.racing import races
from tests.faults.proofs.redelivery import REDELIVERY
from tests.faults.proofs.replicas import REPLICAS
from tests.faults.proofs.storage import STORAGE
from tests.faults.proofs.times import TIME

PROOFS: tuple[Proof, ...] = (
    KILLS,
    KILLS_ON_POSTGRES,
    FAILPOINTS,
    FAILPOINTS_ON_POSTGRES,
    *REDELIVERY,
    *DOUBLE_TAPS,
    MESSENGER,
    *REPLICAS,
    *STORAGE,
    *MIGRATING,
    TIME,
    races.PROOF,
    model.PROOF,
    fuzz.PROOF,
    files.PROOF,
)
