"""Feeds with prices, and journeys on them that a test names ride by ride: `R1m@S1>S2;R2m@S2>S3`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.clock import service_day_start
from mobility.fares.price import ANYBODY, Buyer, Price
from mobility.fares.rides import FareRide, fare_rides
from mobility.fares.tariffs import Tariffs
from mobility.feeds.build.network import build
from mobility.money import Amount
from mobility.network.network import Network
from mobility.network.terrain import Terrain
from mobility.routing.itinerary import ride_leg

TODAY = date(2026, 12, 1)


def tables_of(text: str) -> dict[str, str]:
    """A feed as one text: a line `# file.txt` before each table."""
    parts = text.strip().removeprefix("# ").split("\n# ")
    return {name.strip(): table.strip() for name, _, table in (part.partition("\n") for part in parts)}


def read(source: Mapping[str, str] | Path, id: str = "t") -> FeedSnapshot:
    """A feed of tables, or of a folder or archive."""
    if isinstance(source, Path):
        return accept(source, FeedSource(id, "test"), ReadLimits(), TODAY)[0]
    with tempfile.TemporaryDirectory() as folder:
        for name, table in source.items():
            (Path(folder) / name).write_text(table + "\n", "utf-8")
        return accept(Path(folder), FeedSource(id, "test"), ReadLimits(), TODAY)[0]


def network_of(feeds: Sequence[FeedSnapshot]) -> Network:
    """Nobody walks in it."""
    return build(feeds, Terrain(longest_m=0.0), feeds[0].agencies[0].timezone)


def rides_of(network: Network, day: date, legs: str) -> tuple[FareRide, ...]:
    found = []
    for leg in legs.split(";"):
        trip_id, _, ends = leg.partition("@")
        trip = _trip(network, trip_id)
        zone = ZoneInfo(network.zones[int(network.services.zone[network.trips.service[trip]])])
        start = day, service_day_start(day, zone)
        found.append(ride_leg(network, trip, start, _positions(network, trip, ends.split(">"))))
    return fare_rides(network, found)


def _trip(network: Network, trip_id: str) -> int:
    found = (network.trips.id.find(f"{feed.id}_{trip_id}") for feed in network.feeds)
    row = next(row for row in found if row is not None)
    return network.trips.id_row.tolist().index(row)


def _positions(network: Network, trip: int, ends: Sequence[str]) -> tuple[int, int]:
    pattern = network.trips.pattern[trip]
    first, last = network.patterns.first_position[pattern : pattern + 2]
    prefix = f"{network.feeds[int(network.lines.feed[network.patterns.line[pattern]])].id}_"
    ids = [network.stops.id[int(stop)].removeprefix(prefix) for stop in network.patterns.stop[first:last]]
    board = ids.index(ends[0])
    return board, ids.index(ends[1], board + 1)


def priced(network: Network, day: date, legs: str, buyer: Buyer = ANYBODY) -> Price:
    return Tariffs(network, buyer).price(rides_of(network, day, legs))


def told(price: Price) -> tuple[str, str]:
    """As the tables of cases write it: `1.80 EUR`, yes."""
    if not price.is_known:
        return "unknown", "no"
    return " + ".join(_told(*one) for one in price.spans), "yes" if price.complete else "no"


def _told(least: Amount, most: Amount) -> str:
    span = _number(least) if least == most else f"{_number(least)} to {_number(most)}"
    return f"{span} {least.currency}"


def _number(amount: Amount) -> str:
    digits = f"{amount.minor:0{amount.decimals + 1}}"
    return f"{digits[: len(digits) - amount.decimals]}.{digits[len(digits) - amount.decimals :]}".rstrip(".")
