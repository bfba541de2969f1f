"""The ticks: a handful of jobs in memory. Each may run twice or late without harm: the rows are the schedule."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.health import Pulse

log = structlog.get_logger()

Tick = Callable[[], Awaitable[object]]


class Ticks:
    """``pulse`` learns when each tick last ended well."""

    def __init__(self, now: Callable[[], datetime], pulse: Pulse) -> None:
        self._now = now
        self._pulse = pulse
        self._guards: list[Tick] = []
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        self._pulse.expect(name, timedelta(seconds=seconds), self._now())
        guarded = self._guarded(name, tick)
        self._guards.append(guarded)
        self._scheduler.add_job(guarded, "interval", seconds=seconds, id=name)

    async def run_all(self) -> None:
        """Every tick once, now: the demo's clock was moved."""
        for tick in self._guards:
            await tick()

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _guarded(self, name: str, tick: Tick) -> Tick:
        async def run() -> None:
            try:
                await tick()
            except Exception as error:  # noqa: BLE001 - a failing tick is tried again; the scheduler must not die of it
                log.warning("tick_failed", tick=name, error=type(error).__name__)
            else:
                self._pulse.beat(name, self._now())

        return run
