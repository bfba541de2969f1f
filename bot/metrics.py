"""``/metrics``: how the program is doing, in the words of Prometheus, for whoever watches it from this machine."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot.settings import LOOPBACK
from domain.deliveries import Lane
from domain.health import Backlog, Fate, Pulse
from domain.pace import Pace
from domain.use import Use
from platforms.ingest import Ingest
from services.health import Health

if TYPE_CHECKING:
    from prometheus_client import Metric


class Metrics:
    """Numbers only. To other machines the address does not exist: what is counted is nobody else's business."""

    def __init__(
        self,
        health: Health,
        use: Use,
        ingest: Ingest,
        pace: Pace,
        pulse: Pulse,
        leads: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._health = health
        self._use = use
        self._ingest = ingest
        self._pace = pace
        self._pulse = pulse
        self._leads = leads
        self._now = now

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/metrics", self._answer)]

    async def _answer(self, request: web.Request) -> web.Response:
        if request.remote not in LOOPBACK:
            raise web.HTTPNotFound
        # Imported when somebody first asks: an idle program need not carry it.
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import generate_latest

        backlog, registry = await self._use(self._health.backlog), CollectorRegistry()
        registry.register(_Once([*self._of_process(), *_of_rows(backlog, self._now())]))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": "text/plain; version=0.0.4"})

    def _of_process(self) -> "Iterator[Metric]":
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        updates = CounterMetricFamily("biaoshuai_updates", "Updates by what became of them.", labels=["fate"])
        for fate in Fate:
            updates.add_metric([fate], self._ingest.fates[fate])
        yield updates
        yield GaugeMetricFamily("biaoshuai_lanes", "People of whom an update is in hand.", self._ingest.in_flight)
        waits = "Seconds of silence that the messenger has asked for."
        yield CounterMetricFamily("biaoshuai_refused_seconds", waits, self._pace.demanded)
        yield GaugeMetricFamily("biaoshuai_leads", "Whether this process leads.", int(self._leads()))
        beats = GaugeMetricFamily("biaoshuai_since_beat_seconds", "Since a regular thing was last done.", labels=["of"])
        for name, beat in self._pulse.beats.items():
            beats.add_metric([name], (self._now() - beat.last).total_seconds())
        yield beats


def _of_rows(backlog: Backlog, now: datetime) -> "Iterator[Metric]":
    from prometheus_client.core import GaugeMetricFamily

    waiting = GaugeMetricFamily("biaoshuai_deliveries_due", "Messages that are due and wait.", labels=["lane"])
    for lane in Lane:
        waiting.add_metric([lane], backlog.waiting.get(lane, 0))
    yield waiting
    age = (now - backlog.oldest_due).total_seconds() if backlog.oldest_due is not None else 0.0
    yield GaugeMetricFamily("biaoshuai_oldest_delivery_seconds", "For how long the oldest of them has been due.", age)
    lost = "Updates of the last seven days that could not be handled."
    yield GaugeMetricFamily("biaoshuai_dead_letters", lost, backlog.dead_letters)


class _Once:
    """What was counted before, as a collector."""

    def __init__(self, found: "list[Metric]") -> None:
        self._found = found

    def collect(self) -> "Iterator[Metric]":
        yield from self._found
