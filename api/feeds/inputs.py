"""From config.toml to what a load of feeds is given: places, water, limits, and the zone of the days.

The territory's places and water go with the territory's feeds. Where only feeds are in service that the config does
not name (a foreign city, to try), they would be out of place, and the days begin in the first feed's own zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import partial
from pathlib import Path

from api.config import Config
from api.config.feeds import FeedSection, GoldenSection
from api.config.surroundings import school_holidays
from api.territory.in_service import DEMO_URL
from demo import build as build_demo
from gtfs.archive import ReadLimits
from gtfs.canonical import canonical
from gtfs.snapshot import FeedSource
from mobility.feeds.golden_query import GoldenQuery
from mobility.feeds.inputs import BuildInputs, Incoming
from mobility.network.modes import MODES
from mobility.network.place import TerritoryPlace
from mobility.network.terrain import Terrain, opened_at
from mobility.places.files import read_areas, read_lines, read_places
from mobility.remote.remote_file import host_of
from mobility.streets.storage import CurrentStreets, version_in_service

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
        max_runs=limits.runs,
        max_run_calls=limits.run_calls,
        max_trip_h=limits.trip_h,
        max_check_bytes=limits.check_mib * MIB,
        max_check_s=limits.check_s,
    )


def named_hosts(config: Config) -> frozenset[str]:
    """Of the addresses of feeds: what the config names may be on a network of one's own."""
    return frozenset(host_of(feed.url) for feed in config.feeds if feed.url)


def places(config: Config) -> tuple[TerritoryPlace, ...]:
    """Raises InvalidConfig, which names the file and the line."""
    files = {kind: getattr(config.places, key) for key, kind in KIND_OF_FILE.items()}
    return tuple(place for kind, file in files.items() if file for place in read_places(kind, Path(file)))


def terrain(config: Config, own: bool) -> Terrain:
    water, crossings = config.places.water, config.places.crossings
    areas = read_areas(Path(water)) if own and water else ()
    return Terrain(
        barriers=opened_at(areas, read_lines(Path(crossings))) if areas and crossings else areas,
        detour_factor=config.walking.detour_factor,
        speed_mps=config.walking.speed_mps,
        longest_m=config.walking.transfer_m,
        change_s=config.search.minimum_change_s,
        quay_m=config.walking.quay_m,
        station_change_s=_by_mode(config.search.station_change_s, config.search.minimum_change_s),
        stop_change_s=_by_mode(config.search.stop_change_s, config.search.minimum_change_s),
    )


def _by_mode(least_s: Mapping[str, int], otherwise_s: int) -> tuple[int, ...]:
    """In the order of MODES. What meets a boat waits for nothing."""
    return tuple(least_s.get(mode, 0 if mode == "FERRY" else otherwise_s) for mode in MODES)


def build_inputs(config: Config, data: Path, own: bool) -> BuildInputs:
    """own: whether any of the feeds is the territory's."""
    streets = CurrentStreets(data).streets()
    return BuildInputs(
        zone=config.territory.timezone if own else "",
        terrain=terrain(config, own),
        places=places(config) if own else (),
        limits=read_limits(config),
        fetch_s=config.limits.fetch_s,
        named_hosts=named_hosts(config),
        streets=streets,
        streets_version=(version_in_service(data) or "") if streets else "",
        extend=frozenset(feed.id for feed in config.feeds if feed.extend),
        golden=tuple(map(golden, config.golden)) if own else (),
        kept=config.reload.kept,
        strict=config.reload.strict,
        home_zone=config.territory.timezone,
        holidays=school_holidays(config) if own else frozenset(),
        engine=partial(canonical, country=config.territory.country if own else ""),
    )


def golden(query: GoldenSection) -> GoldenQuery:
    weekday, _, at = query.at.rpartition(" ")
    return GoldenQuery(query.origin, query.destination, time.fromisoformat(at), weekday)


def incoming(feed: FeedSection, folder: Path, today: date) -> Incoming:
    """A feed of the config. folder: where the embedded one is built."""
    file = str(build_demo(folder, today)) if feed.demo else feed.path or feed.url or ""
    return Incoming(source_of(feed), file)


def source_of(feed: FeedSection) -> FeedSource:
    url = f"{DEMO_URL}{feed.demo}" if feed.demo else feed.url or ""
    return FeedSource(feed.id, feed.licence, feed.publisher, url)
