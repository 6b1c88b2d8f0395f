"""What is published, as values: the catalogue is told from these in every form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.config import Config
from api.portal.folder import PLACE_WAYS
from api.web.sentences import sentences
from mobility.live.source import KINDS
from mobility.network.network import FeedVersion, Network

BASE = "/data"
CARPOOLS = f"{BASE}/carpool.gtfs.zip"
REMARKS = f"{BASE}/remarks.csv"
REALTIME = f"{BASE}/realtime"
GTFS_REALTIME = "gtfs-rt"
"""Of the vocabulary mobility-data-standard."""
LATEST = "latest.zip"
"""Of each feed, as published, and always at the same address."""
OWN = "own"
ZIP, CSV, JSON, GEOJSON, HTML, GRAPHML, PROTOBUF = (
    "application/zip",
    "text/csv",
    "application/json",
    "application/geo+json",
    "text/html",
    "application/gzip",
    "application/x-protobuf",
)
CONTINUOUS, IRREGULAR = "UPDATE_CONT", "IRREG"
"""Of the EU vocabulary frequency."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file or address. name: of the sentence that says what it is; path: under the service's address; standard:
    of the mobilityDCAT-AP vocabulary mobility-data-standard; made: by `hent data build` for each network."""

    name: str
    path: str
    media_type: str
    standard: str = "other"
    made: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """title, about: of the sentences; feed: whose timetable it is, "" where it is the territory's. themes, modes: of
    the vocabularies mobility-theme and transport-mode. first_day, last_day: None where it has no period."""

    id: str
    kind: str
    feed: str
    licences: tuple[str, ...]
    publisher: str
    themes: tuple[str, ...]
    distributions: tuple[Distribution, ...]
    first_day: date | None = None
    last_day: date | None = None
    frequency: str = IRREGULAR


def title_of(one: Dataset, territory: str, language: str) -> str:
    """For a catalogue of many territories: with the name of the feed, or of the territory."""
    said = sentences(language)["open_data"]
    return said["titled"].format(title=said[f"{one.kind}_title"], name=one.feed or territory)


def datasets(config: Config, network: Network) -> tuple[Dataset, ...]:
    of_feeds = (one(config, feed) for feed in network.feeds for one in (_timetable, _realtime))
    return (*of_feeds, *_of_the_territory(config, network))


def _timetable(config: Config, feed: FeedVersion) -> Dataset:
    of_feed = f"{BASE}/gtfs/{feed.id}"
    return Dataset(
        id=f"gtfs-{feed.id}",
        kind="timetable",
        feed=feed.id,
        licences=(feed.licence,),
        publisher=feed.publisher or config.publisher,
        themes=("timetables-static", "public-transport-scheduled-transport"),
        distributions=(
            Distribution("latest", f"{of_feed}/{LATEST}", ZIP, "gtfs"),
            Distribution("as_published", f"{of_feed}/{feed.sha256}.zip", ZIP, "gtfs"),
            Distribution("as_served", f"{BASE}/files/{feed.id}.gtfs.zip", ZIP, "gtfs", made=True),
            Distribution("report", f"{of_feed}/report.json", JSON),
            Distribution("report_page", f"{of_feed}/report.html", HTML),
            Distribution("versions", f"{of_feed}/versions.json", JSON),
            Distribution("description", f"{BASE}/files/{feed.id}.description.json", JSON, made=True),
            Distribution("diffs", f"{BASE}/files/{feed.id}.diffs.json", JSON, made=True),
        ),
        first_day=feed.first_day,
        last_day=feed.last_day,
    )


def _realtime(config: Config, feed: FeedVersion) -> Dataset:
    """What operators type is ours; what is fetched has the licence of its source."""
    sources = [one for one in config.realtime if one.feed == feed.id]
    kinds = [kind for kind in KINDS if any(getattr(one, kind) for one in sources)]
    of_feed = f"{REALTIME}/{feed.id}"
    return Dataset(
        id=f"realtime-{feed.id}",
        kind="realtime",
        feed=feed.id,
        licences=tuple(dict.fromkeys([*(one.licence for one in sources), config.open_data.licence])),
        publisher=config.publisher,
        themes=("public-transport-scheduled-transport",),
        distributions=(
            Distribution("realtime", f"{of_feed}.pb", PROTOBUF, GTFS_REALTIME),
            Distribution("typed", f"{of_feed}/typed.pb", PROTOBUF, GTFS_REALTIME),
            *(Distribution(f"fetched_{kind}", f"{of_feed}/{kind}.pb", PROTOBUF, GTFS_REALTIME) for kind in kinds),
        ),
        frequency=CONTINUOUS,
    )


def _of_the_territory(config: Config, network: Network) -> Iterator[Dataset]:
    of_feeds = tuple(dict.fromkeys(feed.licence for feed in network.feeds))
    own = (config.open_data.licence,)

    def made(kind: str, licences: tuple[str, ...], theme: str, *files: Distribution) -> Dataset:
        return Dataset(kind, kind, "", licences, config.publisher, (theme,), files)

    yield made("stops", of_feeds, "network-topology-and-routes-lines", *_table("stops"))
    yield made("lines", of_feeds, "network-topology-and-routes-lines", *_table("lines"))
    service = "public-transport-scheduled-transport"
    tables = (_file(f"indicators_{name}.csv", CSV, f"indicators_{name}") for name in ("lines", "stops"))
    yield made("indicators", of_feeds, service, *tables)
    if any(place.kind == "carpool_point" for place in network.places):
        licence = (config.open_data.meeting_points_licence,)
        yield made("meeting-points", licence, "park-and-ride-stops", _file("meeting-points.csv", CSV, "meeting_points"))
    if config.features.shares_rides:
        yield made(
            "carpool-offers", own, "sharing-and-hiring-services", Distribution("carpool_offers", CARPOOLS, ZIP, "gtfs")
        )
    if config.features.remarks:
        yield made("remarks", own, "other", Distribution("remarks", REMARKS, CSV))
    ways = [_file(PLACE_WAYS, CSV, "place_ways")] if len(network.place_ways.place) else []
    topology = "network-topology-and-routes-lines"
    yield made("graph", of_feeds, topology, _file("graph.graphml.gz", GRAPHML, "graph"), *ways)
    yield made("emission-factors", own, "other", _file("emission-factors.csv", CSV, "emission_factors"))
    rule = Distribution("rule", "/api/ranking", JSON), Distribution("page", "/ranking", HTML)
    yield made("ranking", own, "other", *rule)


def _table(name: str) -> tuple[Distribution, ...]:
    return _file(f"{name}.csv", CSV, f"{name}_table"), _file(f"{name}.geojson", GEOJSON, f"{name}_map")


def _file(name: str, media_type: str, said: str) -> Distribution:
    return Distribution(said, f"{BASE}/files/{name}", media_type, made=True)
