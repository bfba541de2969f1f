"""What a race must end in."""

from sqlalchemy import func, select

from domain.people import Actor
from storage.deliveries import delivery
from tests.faults.proofs.racing.rivals import MANY, Answers, Crowd


def one_wins(crowd: Crowd, answers: Answers, *actors: Actor) -> None:
    """One is done; all others read which of these was first, and when."""
    first = {f"outdated by {actor.name} at {crowd.clock.now()}" for actor in actors}
    assert answers["done"] == 1, answers
    assert len(answers) == 2, answers
    assert set(answers) - {"done"} <= first, answers
    assert answers.total() == MANY, answers


def told(crowd: Crowd, kind: str) -> int:
    """How often something was recorded to be said."""
    with crowd.store.work() as work:
        return work._session.scalar(select(func.count()).where(delivery.c.kind == kind)) or 0
