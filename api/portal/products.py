"""The files that are made of a network: once for each, beside it, so that they come and go together.

Imports networkx and gtfs_kit: for api/portal/child.py and the command line; a worker looks at api/portal/folder.py.
"""

from __future__ import annotations

import csv
import gzip
import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import orjson

from api.config import Config
from api.config.travellers import factors
from api.feeds.inputs import read_limits
from api.portal import indicators
from api.portal.folder import DESCRIPTION, PLACE_WAYS, open_folder
from api.portal.meeting_points import BNLC, bnlc_rows
from api.present.cells import defused
from api.present.feed_diff import diff_json
from api.present.json_value import Json
from gtfs.diff import diff
from gtfs.errors import FeedError
from gtfs.feed import Feed
from gtfs.snapshot import FeedSnapshot
from gtfs.write import write
from mobility.clock import local_date, now_s
from mobility.feeds.diff import VersionDiff
from mobility.feeds.export import served
from mobility.feeds.kept_snapshot import snapshot_of
from mobility.feeds.versions import kept_versions
from mobility.network.course import course
from mobility.network.export import write_graphml
from mobility.network.graph import graph_of
from mobility.network.modes import MODES
from mobility.network.network import FeedVersion, Network
from mobility.network.place_edges import place_names
from mobility.routing.territory import Territory

LOG = logging.getLogger("hent.portal")

STATES = ("unknown", "yes", "no")
Row = dict[str, object]


def make(data: Path, config: Config, territory: Territory, today: date | None = None) -> Path:
    """All files of a network, put in place together; the folder. Those of a network stay as they are once made.

    today: the first day of the week of the indicators; that of the territory by default.
    """
    network = territory.network
    folder = open_folder(data, network.version)
    if folder.is_dir():
        return folder
    beside = Path(mkdtemp(prefix=".open-", dir=folder.parent))
    try:
        for feed in network.feeds:
            (beside / f"{feed.id}.diffs.json").write_bytes(orjson.dumps(_diffs(data, config, feed)))
        day = today or local_date(int(now_s()), config.territory.zone)
        _write_feeds(((one, served(data, one, read_limits(config))) for one in network.feeds), beside, day)
        _write_tables(network, beside, day)
        _write_csv(beside / "emission-factors.csv", _factors(config))
        with gzip.GzipFile(beside / "graph.graphml.gz", "wb", mtime=0) as file:
            write_graphml(graph_of(network, territory.streets), file)
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another process was faster, and made the same
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _write_feeds(feeds: Iterable[tuple[FeedVersion, Feed]], folder: Path, today: date) -> None:
    """Each feed as it is served, and how much service it gives."""
    lines, stops = list[Row](), list[Row]()
    for one, feed in feeds:
        write(feed.tables, folder / f"{one.id}.gtfs.zip")
        found = indicators.find_indicators(feed, today)
        lines += indicators.line_rows(one.id, found)
        stops += indicators.stop_rows(one.id, found)
        (folder / f"{one.id}.{DESCRIPTION}").write_bytes(orjson.dumps(indicators.description_json(found)))
    _write_csv(folder / "indicators_lines.csv", lines, indicators.LINES)
    _write_csv(folder / "indicators_stops.csv", stops, indicators.STOPS)


def _diffs(data: Path, config: Config, feed: FeedVersion) -> list[Json]:
    """What changed from each version that is kept and can be read to the next, up to the one in service; the newest
    first."""
    kept = [one.feed for one in reversed(kept_versions(data, feed.id)) if not one.waiting]
    until = [one.sha256 for one in kept].index(feed.sha256) + 1
    read = [found for one in kept[:until] if (found := _find_snapshot(data, one, config))]
    return [diff_json(VersionDiff(feed.id, diff(old, new), ())) for old, new in reversed([*pairwise(read)])]


def _find_snapshot(data: Path, feed: FeedVersion, config: Config) -> FeedSnapshot | None:
    """None where its file is gone or damaged: it bars no file of the others."""
    try:
        return snapshot_of(data, feed, read_limits(config))
    except FeedError as fault:
        LOG.error("a version that is kept cannot be read", extra={"feed": feed.id, "fault": type(fault).__name__})
        return None


def _write_tables(network: Network, folder: Path, today: date) -> None:
    stops, lines = list(_stops(network)), list(_lines(network))
    for name, rows, shape in (("stops", stops, _point), ("lines", lines, _course_of(network))):
        _write_csv(folder / f"{name}.csv", rows)
        features = [{"type": "Feature", "geometry": shape(row), "properties": row} for row in rows]
        (folder / f"{name}.geojson").write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))
    points, communes = ([one for one in network.places if one.kind == kind] for kind in ("carpool_point", "commune"))
    if points:
        _write_csv(folder / "meeting-points.csv", bnlc_rows(points, communes, today), BNLC)
    if len(network.place_ways.place):
        _write_csv(folder / PLACE_WAYS, _place_ways(network))


def _stops(network: Network) -> Iterable[Row]:
    stops = network.stops
    for row in range(len(stops)):
        if stops.kind[row] <= 1 and stops.modes[row]:
            modes = [mode for bit, mode in enumerate(MODES) if int(stops.modes[row]) >> bit & 1]
            yield {
                "id": stops.id[row],
                "name": stops.name[row],
                "lat": round(float(stops.lat[row]), 6),
                "lon": round(float(stops.lon[row]), 6),
                "modes": " ".join(modes),
                "step_free": STATES[int(stops.wheelchair[row])],
            }


def _lines(network: Network) -> Iterable[Row]:
    lines = network.lines
    for row in sorted(set(network.patterns.line.tolist())):
        yield {
            "id": lines.id[row],
            "short_name": lines.short_name[row],
            "long_name": lines.long_name[row],
            "mode": MODES[lines.mode[row]],
            "color": lines.color[row],
            "operator": network.agencies[int(lines.agency[row])].name,
        }


def _place_ways(network: Network) -> Iterable[Row]:
    """The ways on foot between stops and places, the shortest of a stop first."""
    ways, names = network.place_ways, place_names(network)
    columns = (ways.stop, ways.place, ways.step_free, ways.seconds, ways.metres, ways.estimated)
    for stop, place, step_free, seconds, metres, estimated in zip(*(one.tolist() for one in columns), strict=True):
        yield {
            "stop": network.stops.id[stop],
            "place": names[place],
            "kind": network.places[place].kind,
            "name": network.places[place].name,
            "pace": "step_free" if step_free else "on_foot",
            "seconds": seconds,
            "metres": metres,
            "estimated": STATES[1 if estimated else 2],
        }


def _point(row: Row) -> Row:
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _course_of(network: Network) -> Callable[[Row], Row]:
    """All patterns of a line, each as one line on the ground."""
    patterns: dict[int, list[int]] = {}
    for pattern, line in enumerate(network.patterns.line.tolist()):
        patterns.setdefault(line, []).append(pattern)
    shape = dict(zip(network.trips.pattern.tolist(), network.trips.shape.tolist(), strict=True))

    def drawn(row: Row) -> Row:
        line = network.lines.id.find(str(row["id"]))
        ways = [course(network, one, shape.get(one, -1)) for one in patterns[line if line is not None else -1]]
        parts = [
            [[round(x, 6), round(y, 6)] for x, y in zip(one.lon.tolist(), one.lat.tolist(), strict=True)]
            for one in ways
        ]
        return {"type": "MultiLineString", "coordinates": parts}

    return drawn


def _factors(config: Config) -> Iterable[Row]:
    found = factors(config)
    for mode, one in sorted(found.by_mode.items()):
        yield {
            "mode": mode,
            "co2e_g_per_person_km": one.co2e_g,
            "nox_mg_per_person_km": one.nox_mg,
            "pm10_mg_per_person_km": one.pm10_mg,
            "source": one.source or found.source,
        }


def _write_csv(path: Path, rows: Iterable[Row], columns: Sequence[str] = ()) -> None:
    """columns: the header, by default those of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        if columns:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow({name: defused(value) for name, value in row.items()})
