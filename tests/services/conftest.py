"""What several tests of use cases begin with."""

import pytest

from bot.services import Services
from domain.people import Actor
from tests.conftest import FixedClock
from tests.services.contests import bank, plan


@pytest.fixture
def opened(services: Services, actors: dict[str, Actor], clock: FixedClock) -> int:
    """A contest of three questions that is open: single, multiple, true or false."""
    admin = actors["admin"]
    return services.contests.create(admin, plan(clock, bank(services, admin, ("single", "multiple", "truefalse"))))
