"""From config.toml to what a load of feeds is given: places, water, limits, and the zone of the days.

The territory's places and water go with the territory's feeds. Where only feeds are in service that the config does
not name (a foreign city, to try), they would be out of place, and the days begin in the first feed's own zone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from api.config import Config, FeedSection
from api.in_service import DEMO_URL
from demo import build as build_demo
from gtfs.archive import ReadLimits, opened
from gtfs.snapshot import FeedSource
from mobility.feeds.load import Incoming, Setting, silent
from mobility.network.place import TerritoryPlace
from mobility.network.terrain import Terrain
from mobility.places.files import read_areas, read_places

KIND_OF_FILE = {
    "communes": "commune",
    "town_centres": "town_centre",
    "counters": "counter",
    "third_places": "third_place",
    "carpool": "carpool_point",
    "taxi_ranks": "taxi_rank",
    "car_parks": "car_park",
    "bike_shelters": "bike_shelter",
    "on_demand": "on_demand",
}
MIB = 2**20


def read_limits(config: Config) -> ReadLimits:
    limits = config.limits
    return ReadLimits(
        max_zip_bytes=limits.zip_mib * MIB,
        max_unpacked_bytes=limits.unpacked_mib * MIB,
        max_ratio=limits.unpack_ratio,
        max_files=limits.files,
        max_rows=limits.rows,
        max_service_days=limits.service_days,
        max_fetch_s=limits.fetch_s,
    )


def places(config: Config) -> tuple[TerritoryPlace, ...]:
    """Raises InvalidConfig, which names the file and the line."""
    files = {kind: getattr(config.places, key) for key, kind in KIND_OF_FILE.items()}
    return tuple(place for kind, file in files.items() if file for place in read_places(kind, Path(file)))


def terrain(config: Config, own: bool) -> Terrain:
    water = config.places.water
    return Terrain(
        barriers=read_areas(Path(water)) if own and water else (),
        detour_factor=config.walking.detour_factor,
        speed_mps=config.walking.speed_mps,
        longest_m=config.walking.transfer_m,
        change_s=config.search.minimum_change_s,
        quay_m=config.walking.quay_m,
    )


def setting(config: Config, foreign_zone: str = "", said: Callable[[str], None] = silent) -> Setting:
    """foreign_zone: that of the feeds, where none of them is the territory's own."""
    own = not foreign_zone
    return Setting(
        zone=foreign_zone or config.territory.timezone,
        terrain=terrain(config, own),
        places=places(config) if own else (),
        limits=read_limits(config),
        said=said,
    )


def incoming(feed: FeedSection, folder: Path, today: date) -> Incoming:
    """A feed of the config. folder: where the embedded one is built."""
    url = f"{DEMO_URL}{feed.demo}" if feed.demo else feed.url or ""
    file = str(build_demo(folder, today)) if feed.demo else feed.path or feed.url or ""
    return Incoming(FeedSource(feed.id, feed.licence, feed.publisher, url), file)


def zone_of_feed(path: Path, limits: ReadLimits) -> str:
    """The zone of the first agency; UTC where none can be read, which the checks of the feed then report."""
    with opened(path, limits) as archive:
        read = archive.files.get("agency.txt")
        text = bytes(read()).decode("utf-8-sig", "replace") if read else ""
    row = next(csv.DictReader(io.StringIO(text), skipinitialspace=True), {})
    return _known_zone((row.get("agency_timezone") or "").strip())


def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else "UTC"
    except (OSError, ValueError, KeyError):
        return "UTC"
