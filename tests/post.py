"""A sender by hand: takes deliveries and says what became of them, without a messenger."""

from collections.abc import Iterable

from bot.services import Services
from domain.deliveries import Stream
from domain.messenger import Answer
from services.deliveries import Outcome, Parcel


def take(services: Services, worker: str, limit: int) -> list[Parcel]:
    """Lease what is due, facts first."""
    parcels: list[Parcel] = []
    for stream in Stream:
        parcels += services.deliveries.exchange(worker, [], limit - len(parcels), stream)
    return parcels


def arrived(services: Services, worker: str, parcels: Iterable[Parcel]) -> None:
    answered(services, worker, parcels, Answer(ok=True, result={"message_id": 1}))


def answered(services: Services, worker: str, parcels: Iterable[Parcel], answer: Answer) -> None:
    """What a messenger said to each of them."""
    said = [Outcome(parcel, answer) for parcel in parcels]
    services.deliveries.exchange(worker, said, 0, Stream.BULK)
