"""What the tables say of each other: every name that one table uses stands in the other."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from demo.records import Line, TableError, Territory

MODES = {"bus", "train", "boat", "ferry"}
STATES = {"yes", "no", "unknown"}
WAYS = {"out", "back", "both"}


class Use(NamedTuple):
    """A value in a field of a row of a file, and what it may be."""

    file: str
    row: str
    field: str
    value: str
    known: Iterable[str]


def check(territory: Territory) -> None:
    """Raises TableError for the first name that nothing bears, the first line whose minutes do not fit its stops."""
    for use in (*_of_stops(territory), *_of_lines(territory), *_of_fares(territory)):
        if use.value not in use.known:
            raise TableError(use.file, use.row, use.field, use.value)
    for line in territory.lines:
        if line.minutes and len(line.minutes) != len(line.stops):
            raise TableError("lines.toml", line.line_id, "minutes", line.minutes)
        if not line.minutes and line.speed_km_h <= 0:
            raise TableError("lines.toml", line.line_id, "speed_km_h", line.speed_km_h)


def _of_stops(territory: Territory) -> Iterator[Use]:
    stations = {stop.stop_id for stop in territory.stops.values() if stop.kind == "station"} | {""}
    for stop in territory.stops.values():
        yield Use("stops.csv", stop.stop_id, "station", stop.station, stations)
    for transfer in territory.transfers:
        yield Use("transfers.csv", transfer.to_stop_id, "from_stop_id", transfer.from_stop_id, territory.stops)
        yield Use("transfers.csv", transfer.from_stop_id, "to_stop_id", transfer.to_stop_id, territory.stops)
    for ends in territory.ways:
        yield Use("ways.geojson", ends[1], "from", ends[0], territory.stops)


def _of_lines(territory: Territory) -> Iterator[Use]:
    agencies = {agency.agency_id for agency in territory.agencies}
    boarding = {stop.stop_id for stop in territory.stops.values() if stop.kind != "station"}
    for line in territory.lines:
        for field, value, known in (
            ("mode", line.mode, MODES),
            ("step_free", line.step_free, STATES),
            ("bikes", line.bikes, STATES),
            ("agency", line.agency, agencies),
            ("network", line.network, territory.networks),
            *(("stops", stop_id, boarding) for stop_id in line.stops),
        ):
            yield Use("lines.toml", line.line_id, field, value, known)
        yield from _of_runs(territory, line)


def _of_runs(territory: Territory, line: Line) -> Iterator[Use]:
    services = {service.service_id for service in territory.services}
    for run in line.runs:
        yield Use("lines.toml", line.line_id, "service", run.service, services)
        yield Use("lines.toml", line.line_id, "way", run.way, WAYS)
        yield Use("lines.toml", line.line_id, "from", run.first_stop, ("", *line.stops))
        yield Use("lines.toml", line.line_id, "to", run.last_stop, ("", *line.stops))


def _of_fares(territory: Territory) -> Iterator[Use]:
    media = {medium.medium_id for medium in territory.media}
    riders = {"", *(rider.rider_id for rider in territory.riders)}
    areas = {area.area_id for area in territory.areas}
    for fare in territory.fares:
        yield Use("fares.csv", fare.fare_id, "network", fare.network, territory.networks)
        yield Use("fares.csv", fare.fare_id, "medium", fare.medium, media)
        yield Use("fares.csv", fare.fare_id, "rider", fare.rider, riders)
        for name in fare.between:
            yield Use("fares.csv", fare.fare_id, "between", name, areas)
    for area in territory.areas:
        yield Use("fare_areas.csv", area.area_id, "stop_id", area.stop_id, territory.stops)
