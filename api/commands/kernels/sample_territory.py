"""What lies beside the demo's timetable in the questions that compile kernels: a few streets with a shore, an address,
an invented disturbed day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from api.feeds.illustrative import illustrative_feed
from demo.build import TERRITORY
from demo.storm import disturbed_day
from demo.tables import read
from mobility.clock import instant, now_s
from mobility.geo import Point
from mobility.live.composed import Composer, Sayings
from mobility.places.addresses.ban import AddressArea, AddressRow
from mobility.places.addresses.build import AddressSource, build_addresses
from mobility.places.addresses.rank import find_addresses as find_in
from mobility.routing.territory import Territory
from mobility.streets.build import build_streets
from mobility.streets.router import OnStreets
from mobility.streets.transfers import StreetWalks

HOUR_S = 3600
LAT, LON = 0.0009, 0.0013
"""A hundred metres, in degrees."""


def disturb(territory: Territory) -> None:
    """Real time of each of the demo's feeds, as `hent serve --disturbed` plays it."""
    now = instant(int(now_s())).astimezone(territory.zone)
    said = illustrative_feed(read(TERRITORY), disturbed_day(read(TERRITORY), now, now), now)
    feeds = {feed.id: said for feed in territory.network.feeds}
    Composer(territory.network).state(Sayings(feeds), int(now.timestamp()))


def find_addresses() -> None:
    """Nobody lives there."""
    area = AddressArea("00000", "Ville", "", "00000", "")
    row = AddressRow("00000_0001", "00000_0001_00001", "Rue du Port", 1, "", area, 47.75, -3.36, "", True)
    find_in(build_addresses([row], AddressSource("", "", "")), "1 rue du Port, Ville", 1)


def with_streets(territory: Territory, near: Point) -> Territory:
    """Round a square with a point at one corner, by the sea."""
    with TemporaryDirectory(prefix="hent-kernels-") as folder:
        extract = Path(folder) / "square.opl"
        extract.write_text(drawn(near), "utf-8")
        streets = build_streets(extract, 0)
    network = territory.network
    StreetWalks(streets, network.stops, network.terrain).near()
    router = OnStreets(streets, network)
    ends = [Point(near.lat + rows * LAT, near.lon + columns * LON) for rows, columns in ((1, 1), (0.5, 0), (9, 9))]
    for end in ends:
        router.direct(near, end)
        router.way(near, end, HOUR_S, 1.0)
    router.towards(near, tuple(ends), HOUR_S, 1.0, "BIKE")
    return replace(territory, streets=router)


def drawn(corner: Point) -> str:
    """In OPL, the line format of osmium: four streets, and a coast along the east of them."""
    places = [(0, 0), (0, 1), (1, 1), (1, 0), (-1, 1.5), (2, 1.5)]
    nodes = [f"n{n} v1 x{corner.lon + x * LON:.7f} y{corner.lat + y * LAT:.7f}" for n, (y, x) in enumerate(places, 1)]
    streets = [f"w{n} v1 Thighway=residential,name=Rue%20%{n} Nn{n},n{n % 4 + 1}" for n in range(1, 5)]
    return "\n".join([*nodes, *streets, "w5 v1 Tnatural=coastline Nn5,n6"]) + "\n"
