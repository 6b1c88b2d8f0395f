"""Trips with ten thousand live offers beside the timetable, and what one more offer costs.

Helsinki's feed where HENT_REFERENCE_DATA is set, else the demo territory. Whole requests in this process: coordinates
in, JSON out, a window of two hours; the same question with offers and without in turn, a thread's own time, each
question with the better of two answers.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from api.app import create_app
from api.carpool.carpooling import Carpooling, carpooling
from api.config import Config, find_config, read_config
from api.feeds.desk import load_at_hand
from api.territory.in_service import Following
from api.web.storage import Kept, kept
from benchmarks.server_load import City, city
from benchmarks.table import Row, table
from gtfs.snapshot import FeedSource
from mobility.carpool.accounts import Newcomer
from mobility.carpool.draft import Drives
from mobility.carpool.offer import AccountId, MeetingPoint, Offer, OfferId, OneDay, PointKind
from mobility.carpool.overlay import Overlay
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.reload import reload
from mobility.geo import Point, distance_m
from mobility.routing.territory import Territory

OFFERS, WAYS = 10_000, 1_000
"""Each way is driven at ten times of the day."""
QUESTIONS, ADDED, SEED = 150, 60, 7
SHORTEST_M = 3_000.0
WINDOW_S = 7_200
BY_NAME = {"transitModes": "TRANSIT,RIDE_SHARING"}


@dataclass(frozen=True)
class Place:
    """What is measured on: an installation with an empty registry."""

    asked: City
    config: Config
    following: Following
    kept: Kept

    @property
    def territory(self) -> Territory:
        return self.following.territory()

    def app(self, search: bool) -> FlaskClient:
        carpool = self.config.carpool.model_copy(update={"search": search})
        settings = self.config.model_copy(update={"carpool": carpool})
        return create_app(settings, self.following, lambda: self.now, self.kept).test_client()

    @property
    def now(self) -> int:
        """Six in the morning of the day that is asked about."""
        return int(datetime.combine(self.asked.day, clock(6), ZoneInfo(self.asked.zone)).timestamp())


def run() -> str:
    with place() as measured:
        registered = carpooling(measured.config, measured.kept, lambda: measured.now)
        drives = registered.ground(measured.territory).drives
        made = list(_offers(measured, drives, _drivers(registered, measured.now)))
        for start in range(0, len(made), 500):
            registered.registry.publish(made[start : start + 500])
        rows = [*_asked(measured), *_added(measured, registered, drives, made)]
    return table(f"Carpools, {measured.asked.name}, {OFFERS} live offers", rows)


@contextmanager
def place() -> Iterator[Place]:
    asked = city()
    with TemporaryDirectory() as scratch:
        data, config = Path(scratch), read_config(find_config(Path.cwd()))
        territory = config.territory.model_copy(update={"timezone": asked.zone})
        config = config.model_copy(update={"territory": territory})
        if asked.feed:
            source = FeedSource("city", "see the feed", "benchmarks")
            reload(LoadContext(data, BuildInputs(asked.zone), asked.day), [Incoming(source, str(asked.feed))])
        else:
            load_at_hand(data, config, asked.day)
        yield Place(asked, config, Following(data, config), kept(config, data, {}))


def _drivers(registered: Carpooling, now: int) -> Iterator[AccountId]:
    """As many as there are ways: each offer is weighed against all others of its driver."""
    accounts = registered.accounts
    for number in range(WAYS):
        code = accounts.code(f"driver{number}@example.org", "fr", now)
        yield accounts.sign_in(code, Newcomer("Driver", adult=True), now).account


def _offers(measured: Place, drives: Drives, drivers: Iterator[AccountId]) -> Iterator[Offer]:
    """From stop to stop, at least SHORTEST_M apart, between six in the morning and midnight."""
    dice, stops = random.Random(SEED), measured.territory.network.stops
    at = [row for row in range(len(stops)) if stops.modes[row] and stops.lat[row] == stops.lat[row]]
    n_ways = 0
    while n_ways < WAYS:
        ends = [
            MeetingPoint(stops.id[row], stops.name[row], stops.point(row), PointKind.STOP) for row in dice.sample(at, 2)
        ]
        way = drives.drive(ends[0], ends[1], 600) if distance_m(ends[0].point, ends[1].point) > SHORTEST_M else None
        if way is None:
            continue
        driver = next(drivers)
        for number in range(OFFERS // WAYS):
            yield Offer(
                id=OfferId(f"{n_ways}-{number}"),
                driver=driver,
                start=ends[0],
                end=ends[1],
                schedule=OneDay(measured.asked.day),
                departure=clock(dice.randrange(6, 24), dice.randrange(60)),
                flexible_s=600,
                seats=3,
                longest_detour_s=600,
                price_cents=0,
                drive_s=way.drive_s,
                drive_m=way.drive_m,
                estimated=way.estimated,
                waypoints=way.waypoints,
            )
        n_ways += 1


def _asked(measured: Place) -> Iterator[Row]:
    without, with_offers = measured.app(search=False), measured.app(search=True)
    times, n_shared = [], 0
    for number, question in enumerate(_questions(measured)):
        taken = _best_ms(without, question), _best_ms(with_offers, question)
        if number >= QUESTIONS // 10:
            times.append(taken)
            n_shared += "RIDE_SHARING" in with_offers.get("/api/v6/plan", query_string=question).text
    plain_ms, shared_ms = (median(column) for column in zip(*times, strict=True))
    yield Row(f"`plan` without offers, median of {len(times)}", f"{plain_ms:.1f} ms")
    yield Row("the same with them", f"{shared_ms:.1f} ms ({shared_ms / plain_ms - 1:+.0%})")
    yield Row("answers with a ride in a car", f"{n_shared / len(times):.0%}")


def _questions(measured: Place) -> Iterator[dict[str, object]]:
    dice, stops = random.Random(SEED + 1), measured.territory.network.stops
    at = [row for row in range(len(stops)) if stops.modes[row] and stops.lat[row] == stops.lat[row]]
    for _ in range(QUESTIONS):
        start, end = (_near(stops.point(row), dice) for row in dice.sample(at, 2))
        leaves = datetime.combine(measured.asked.day, clock(dice.randrange(7, 21)), ZoneInfo(measured.asked.zone))
        yield {"fromPlace": start, "toPlace": end, "time": leaves.isoformat(), "searchWindow": WINDOW_S, **BY_NAME}


def _near(point: Point, dice: random.Random) -> str:
    return f"{point.lat + dice.uniform(-0.002, 0.002):.5f},{point.lon + dice.uniform(-0.004, 0.004):.5f}"


def _best_ms(client: FlaskClient, question: dict[str, object]) -> float:
    return min(_taken_ms(lambda: client.get("/api/v6/plan", query_string=question)) for _ in range(2))


def _taken_ms(work: Callable[[], object]) -> float:
    begin = time.thread_time()
    work()
    return (time.thread_time() - begin) * 1000


def _added(measured: Place, registered: Carpooling, drives: Drives, made: list[Offer]) -> Iterator[Row]:
    """One offer more: its way, its row, and the arrays of a worker that follows."""
    overlay = Overlay(registered.live, registered.zone)
    overlay.clock = iter(range(10**9)).__next__
    overlay.day(overlay.latest(), measured.asked.day)
    parts: list[tuple[float, float, float]] = []
    for number in range(ADDED):
        like = made[number * (OFFERS // WAYS)]
        more = replace(like, id=OfferId(f"more-{number}"))
        parts.append(
            (
                _taken_ms(lambda like=like: drives.drive(like.start, like.end, 600)),
                _taken_ms(lambda more=more: registered.registry.publish([more])),
                _taken_ms(overlay.latest),
            )
        )
    for name, column in zip(("its way", "its row", "in the overlay"), zip(*parts, strict=True), strict=True):
        yield Row(f"one offer more, {name}, median of {ADDED}", f"{median(column):.1f} ms")
    yield Row("one offer more, in all", f"{median(map(sum, parts)):.1f} ms (slowest {max(map(sum, parts)):.1f} ms)")
