"""Of several processes one leads, until it is not heard of any more or lets another one have it."""

from concurrent.futures import ThreadPoolExecutor

from bot.services import Services
from domain.leadership import LASTS
from tests.conftest import FixedClock


def test_whoever_came_first_leads_and_keeps_the_lead_by_renewing_it(services: Services, clock: FixedClock) -> None:
    assert services.leadership.hold("first")
    assert not services.leadership.hold("second")
    clock.advance(seconds=LASTS.total_seconds() - 1)
    assert services.leadership.hold("first")
    clock.advance(seconds=LASTS.total_seconds() - 1)
    assert not services.leadership.hold("second")


def test_whoever_is_not_heard_of_loses_it(services: Services, clock: FixedClock) -> None:
    services.leadership.hold("first")
    clock.advance(seconds=LASTS.total_seconds())
    assert services.leadership.hold("second")
    assert not services.leadership.hold("first")


def test_it_can_be_given_up_by_whoever_has_it_alone(services: Services) -> None:
    services.leadership.hold("first")
    services.leadership.resign("second")
    assert not services.leadership.hold("second")
    services.leadership.resign("first")
    assert services.leadership.hold("second")


def test_of_many_who_ask_at_once_one_gets_it(services: Services, clock: FixedClock) -> None:
    for _ in range(5):
        with ThreadPoolExecutor(8) as crowd:
            assert sum(crowd.map(services.leadership.hold, "abcdefgh")) == 1
        clock.advance(seconds=LASTS.total_seconds())
