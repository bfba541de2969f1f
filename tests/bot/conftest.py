"""The wiring tests look at the dispatcher that conversations use."""

from tests.handlers.conftest import database, person, talk

__all__ = ["database", "person", "talk"]
