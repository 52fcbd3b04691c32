"""What is watched from outside: requests, queries, lanes, cache and process, for Prometheus."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from visidaerah import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from wsgiref.types import WSGIEnvironment

    from prometheus_client.metrics_core import Metric

    from visidaerah.store import Store
    from visidaerah.web.cache import AnswerCache
    from visidaerah.web.logs import Journal
    from visidaerah.web.traces import Trace

CONTENT_TYPE = CONTENT_TYPE_LATEST

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60)
"""The upper ends of the classes that durations are counted in."""

METHODS = frozenset({"GET", "HEAD", "POST", "QUERY", "OPTIONS", "PUT", "DELETE", "PATCH"})
"""Methods that are counted by name; what anyone invents is counted as `other`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneState:
    """A lane at a moment: workers that are busy and idle, queries that wait, and workers killed.

    `killed` counts, since the start, by reason: `time`, `memory`, `left`, …
    """

    name: str
    busy: int
    idle: int
    waiting: int
    killed: Mapping[str, int] = field(default_factory=dict)


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._found: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter]] = {}
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "visidaerah_requests",
            "Answers by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "visidaerah_request_seconds",
            "From a request's arrival to the end of its answer.",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._bytes = Counter(
            "visidaerah_sent_bytes", "Bytes of bodies sent.", ("route",), registry=self.registry
        )
        self._queries = Counter(
            "visidaerah_queries",
            "Queries evaluated, by how they ended: ok, or the kind of the problem they met.",
            ("outcome",),
            registry=self.registry,
        )
        self._query_seconds = Histogram(
            "visidaerah_query_seconds",
            "How long queries took, waiting included.",
            buckets=SECONDS,
            registry=self.registry,
        )

    def watch(
        self,
        store: Store,
        cache: AnswerCache,
        journal: Journal | None,
        lanes: Callable[[], Iterable[LaneState]] | None,
    ) -> None:
        """Tell the state of these, too, whenever the numbers are asked for."""
        started = time.time()

        def families() -> Iterator[Metric]:
            yield from release_families(store, started)
            yield from cache_families(cache)
            yield from lane_families(tuple(lanes()) if lanes else ())
            yield CounterMetricFamily(
                "visidaerah_log_lines_lost",
                "Log lines that could not be written.",
                journal.lost if journal else 0,
            )

        self.registry.register(States(families))

    def note_answer(self, environ: WSGIEnvironment, trace: Trace, status: int, sent: int) -> None:
        """Count an answer that has ended."""
        counted, seconds, size = self._of(trace.route, environ["REQUEST_METHOD"], status)
        counted.inc()
        seconds.observe(trace.seconds)
        size.inc(sent)
        if trace.query:
            self._queries.labels(trace.query.outcome).inc()
            self._query_seconds.observe(trace.query.seconds)

    def _of(self, route: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
        # Kept, since finding them takes longer than counting.
        found = self._found.get((route, method, status))
        if found is None:
            named = method if method in METHODS else "other"
            counted = self._requests.labels(route, named, str(status))
            found = counted, self._seconds.labels(route), self._bytes.labels(route)
            if named == method:
                self._found[route, method, status] = found
        return found

    def text(self) -> bytes:
        """Return all numbers in Prometheus' text format."""
        return generate_latest(self.registry)


class States(Collector):
    """Numbers that are read when they are asked for."""

    def __init__(self, families: Callable[[], Iterable[Metric]]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        """Return the numbers as they are now."""
        return self._families()


def release_families(store: Store, started: float) -> Iterator[Metric]:
    """Yield which release is served, and since when."""
    release = GaugeMetricFamily(
        "visidaerah_release_info", "The release that is served.", labels=("version", "release")
    )
    release.add_metric((__version__, store.version), 1)
    yield release
    yield GaugeMetricFamily("visidaerah_triples", "Triples of the release.", len(store))
    yield GaugeMetricFamily(
        "visidaerah_start_time_seconds", "When the application was made (Unix time).", started
    )


def cache_families(cache: AnswerCache) -> Iterator[Metric]:
    """Yield how the answer cache fares."""
    looked = CounterMetricFamily(
        "visidaerah_cache_lookups", "Look-ups by outcome.", labels=("outcome",)
    )
    looked.add_metric(("hit",), cache.hits)
    looked.add_metric(("miss",), cache.misses)
    yield looked
    yield CounterMetricFamily(
        "visidaerah_cache_evictions", "Answers that made place for others.", cache.evicted
    )
    yield GaugeMetricFamily("visidaerah_cache_entries", "Answers that are kept.", len(cache))
    yield GaugeMetricFamily("visidaerah_cache_bytes", "Bytes that they take.", cache.size)


def lane_families(lanes: tuple[LaneState, ...]) -> Iterator[Metric]:
    """Yield how those who evaluate queries fare."""
    workers = GaugeMetricFamily(
        "visidaerah_workers", "Processes that evaluate queries.", labels=("lane", "state")
    )
    waiting = GaugeMetricFamily(
        "visidaerah_queue_length", "Queries that wait for a worker.", labels=("lane",)
    )
    killed = CounterMetricFamily(
        "visidaerah_kills", "Workers lost or killed, by reason.", labels=("lane", "reason")
    )
    for lane in lanes:
        workers.add_metric((lane.name, "busy"), lane.busy)
        workers.add_metric((lane.name, "idle"), lane.idle)
        waiting.add_metric((lane.name,), lane.waiting)
        for reason, number in lane.killed.items():
            killed.add_metric((lane.name, reason), number)
    yield from (workers, waiting, killed)
