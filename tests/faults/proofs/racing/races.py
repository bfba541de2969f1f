"""Races: every rule that counts, or lets one in only, attacked by twenty at once through three processes' pools."""

from pathlib import Path

from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.racing.people import RULES as OF_PEOPLE
from tests.faults.proofs.racing.plans import RULES as OF_PLANS
from tests.faults.proofs.racing.problems import RULES as OF_PROBLEMS
from tests.faults.proofs.racing.rivals import Crowd
from tests.postgres import own_migrated_database

RULES = (*OF_PROBLEMS, *OF_PEOPLE, *OF_PLANS)


def run(n: int, folder: Path) -> Outcome:
    """``n`` rounds over all rules; each round in an empty database."""
    broken: list[str] = []
    attacks = 0
    with own_migrated_database() as url, Crowd(url, folder) as crowd:
        for _ in range(n):
            for rule in RULES:
                crowd.begin_anew()
                attacks += 1
                try:
                    rule(crowd)
                    assert not crowd.surprises, crowd.surprises
                except AssertionError as error:
                    broken.append(f"{rule.__name__}: {str(error).splitlines()[0] if str(error) else 'broken'}")
    said = "".join(f"; {one}" for one in dict.fromkeys(broken))
    return Outcome(f"{len(broken)} of {attacks} attacks on {len(RULES)} rules got through{said}", not broken)


PROOF = Proof(
    name="races",
    goal="of twenty at once one counts, and the others read who was first",
    few=1,
    many=20,
    run=run,
    postgres=True,
)
