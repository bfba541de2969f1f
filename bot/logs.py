"""Logs: one JSON line an event, with names of errors and places in the code but no texts of anybody's."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog


def set_up() -> None:
    """Everything goes to standard error; libraries speak from WARNING on, since their lines may carry what people
    wrote."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Places("%(levelname)s %(name)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    structlog.configure(
        processors=[
            # The number of the update that is being handled, in whatever thread.
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _frames_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


class _Places(logging.Formatter):
    """What a library logs, by its name, and where an exception came from; never a text."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name for it
        return f"{ei[0].__name__} {' < '.join(_frames(ei[2]))}"

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's own name for it
        return ""


def _frames(trace: TracebackType | None) -> list[str]:
    found = traceback.extract_tb(trace)[-8:]
    return [f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in found]


def _frames_only(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where an exception came from, without its text: that may hold a message, a name or the token."""
    if event.pop("exc_info", None):
        event["frames"] = _frames(sys.exc_info()[2])
    return event
