"""What became of a use case that may be refused, for tests that let many try at once."""

from collections.abc import Callable

import pytest

from domain.errors import DomainError

on_postgres = pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
"""SQLite has one writer, which hides races."""


def outcome(case: Callable[[], object]) -> str:
    """``done``, or the code of the refusal."""
    try:
        case()
    except DomainError as error:
        return error.code
    return "done"
