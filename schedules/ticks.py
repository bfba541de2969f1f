"""The ticks: a handful of jobs in memory. Each may run twice or late without harm: the rows are the schedule."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

Tick = Callable[[], Awaitable[object]]


@dataclass
class Health:
    """When each tick last ended well, and what its last failure was."""

    ok_at: dict[str, datetime] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


class Ticks:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.health = Health()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        self._scheduler.add_job(self._guarded(name, tick), "interval", seconds=seconds, id=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def _guarded(self, name: str, tick: Tick) -> Tick:
        async def run() -> None:
            try:
                await tick()
            except Exception as error:  # noqa: BLE001 - a failing tick is tried again; the scheduler must not die of it
                self.health.failed[name] = type(error).__name__
                log.warning("tick_failed", tick=name, error=type(error).__name__)
            else:
                self.health.ok_at[name] = self._now()

        return run
