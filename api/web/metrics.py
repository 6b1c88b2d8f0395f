"""Counts for whoever watches over the service: how many requests of each kind, how long they took. By the pattern of
the address and the status; nothing of what was asked, nobody who asked.

The counts of all workers are added up where PROMETHEUS_MULTIPROC_DIR names a folder, which `hent serve` makes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from mobility.live.watch import LiveAlarm, WatchedFeed

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = "text/plain; version=1.0.0; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("hent_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram("hent_request_seconds", "Seconds from a whole request to its answer.", ("route",), buckets=BUCKETS)
REFUSED = Counter("hent_unreadable_requests", "What no request could be made of, by the status.", ("status",))
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


def install_metrics(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_count)


def told(feeds: Iterable[tuple[str, int]], live: Iterable[WatchedFeed] = ()) -> bytes:
    """In the format of Prometheus. feeds: id, and days left of each in service. live: of which real time is watched."""
    registry = CollectorRegistry()
    registry.register(_Workers(Path(os.environ[FOLDER])) if FOLDER in os.environ else REGISTRY)
    registry.register(_Feeds(feeds))
    registry.register(_Live(live))
    return generate_latest(registry)


class _Workers(Collector):
    """The counts of all, each of which writes files of its own. One that is being made is empty for an instant, which
    the collector of the library takes for a fault."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        begun = [str(file) for file in self._folder.glob("*.db") if file.stat().st_size]
        found: Iterable[Metric] = MultiProcessCollector.merge(begun, accumulate=True)  # type: ignore[no-untyped-call]
        return found


class _Feeds(Collector):
    def __init__(self, feeds: Iterable[tuple[str, int]]) -> None:
        self._feeds = feeds

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("hent_feed_days_left", "Days until a feed in service ends.", labels=["feed"])
        for feed, days in self._feeds:
            family.add_metric([feed], days)
        yield family


class _Live(Collector):
    """Of each feed of real time: age by source, updates and those matched, what was left out and why, alarms."""

    def __init__(self, feeds: Iterable[WatchedFeed]) -> None:
        self._feeds = tuple(feeds)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        age = GaugeMetricFamily("hent_realtime_age_seconds", "Since a source said its last.", labels=["feed", "kind"])
        updates = GaugeMetricFamily("hent_realtime_updates", "Trip updates of the last file.", labels=["feed"])
        matched = GaugeMetricFamily("hent_realtime_matched", "Of them, found in the timetable.", labels=["feed"])
        reasons = GaugeMetricFamily("hent_realtime_left_out", "Why others are not told.", labels=["feed", "reason"])
        alarm = GaugeMetricFamily("hent_realtime_alarm", "1 where somebody is needed.", labels=["feed", "alarm"])
        for one in self._feeds:
            for source in one.sources:
                for kind in source.kinds if source.age_s is not None else ():
                    age.add_metric([one.feed, kind], source.age_s or 0)
            updates.add_metric([one.feed], one.updates)
            matched.add_metric([one.feed], one.matched)
            for reason, count in one.reasons.items():
                reasons.add_metric([one.feed, reason], count)
            for name in LiveAlarm:
                alarm.add_metric([one.feed, name], int(name in one.alarms))
        yield from (age, updates, matched, reasons, alarm)


def _begin() -> None:
    g.began_s = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else OTHER
    REQUESTS.labels(request.method if request.method in METHODS else OTHER, route, response.status_code).inc()
    if "began_s" in g:
        SECONDS.labels(route).observe(time.perf_counter() - g.began_s)
    return response
