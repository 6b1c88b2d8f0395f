"""What Valhalla is asked and what its answers say, in our words. Lengths come in kilometres, lines as polyline6.

Source: valhalla.github.io/valhalla, API reference of `route` (maneuver types) and `sources_to_targets`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.network.ways import Passage, Step, Turn
from mobility.polyline import points_of
from mobility.streets.graph import Mode

Int32s = NDArray[np.int32]
Document = Mapping[str, Any]

POLYLINE6 = 6
NO_STREET_NEAR, NO_WAY, TOO_FAR = 171, 442, 154
EXCLUSIONS_IGNORED = 208
"""A warning: the server does not shut ferries out when asked to, see `service_limits.allow_hard_exclusions`."""

STAIRS, ESCALATOR = 40, 41
ARRIVALS = (4, 5, 6)
TURNS = {
    1: Turn.DEPART, 2: Turn.DEPART, 3: Turn.DEPART, 9: Turn.SLIGHTLY_RIGHT, 10: Turn.RIGHT, 11: Turn.SHARP_RIGHT,
    12: Turn.BACK, 13: Turn.BACK, 14: Turn.SHARP_LEFT, 15: Turn.LEFT, 16: Turn.SLIGHTLY_LEFT, 18: Turn.SLIGHTLY_RIGHT,
    19: Turn.SLIGHTLY_LEFT, 20: Turn.SLIGHTLY_RIGHT, 21: Turn.SLIGHTLY_LEFT, 23: Turn.SLIGHTLY_RIGHT,
    24: Turn.SLIGHTLY_LEFT, 37: Turn.SLIGHTLY_RIGHT, 38: Turn.SLIGHTLY_LEFT,
}  # fmt: skip
"""By maneuver type; the others go straight on."""

KMH = 3.6
WALKING_KMH, CYCLING_KMH = (0.5, 25.0), (5.0, 60.0)
"""The speeds that Valhalla takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """By place asked, in order: seconds (-1: no way), metres, and where the place meets the streets.

    lat, lon: there; lat_here, lon_here: of the one place that all ways begin or end at. shuts_ferries: as asked.
    """

    seconds: Int32s
    metres: Int32s
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    here: Point
    shuts_ferries: bool


@dataclass(frozen=True, slots=True)
class ToldWay:
    """A way on streets, without the pieces between the streets and its ends."""

    seconds: float
    metres: float
    line: tuple[Point, ...]
    steps: tuple[Step, ...]
    by_ferry: bool


def costing(mode: str, speed_mps: float) -> dict[str, Any]:
    """The part of a question that says who moves. Ferries are shut out, and dear where the server ignores that."""
    options: dict[str, Any] = {"use_ferry": 0, "exclude_ferries": True}
    if mode == Mode.CAR:
        return {"costing": "auto", "costing_options": {"auto": options}}
    if mode == Mode.BIKE:
        speed_kmh = float(np.clip(speed_mps * KMH, *CYCLING_KMH))
        return {"costing": "bicycle", "costing_options": {"bicycle": options | {"cycling_speed": speed_kmh}}}
    options["walking_speed"] = float(np.clip(speed_mps * KMH, *WALKING_KMH))
    if mode == Mode.STEP_FREE:
        options |= {"type": "wheelchair", "step_penalty": 43_200}
    return {"costing": "pedestrian", "costing_options": {"pedestrian": options}}


def location(point: Point) -> dict[str, float]:
    return {"lat": point.lat, "lon": point.lon}


def error_code(document: Document) -> int:
    """0 where the server did not refuse. Raises ValueError where it does not say why."""
    return int(document["error_code"]) if "error_code" in document else 0


def read_matrix(document: Document, inward: bool) -> Matrix:
    """Of one place to many (inward: of many to one). Raises KeyError, TypeError, ValueError or IndexError."""
    rows = document["sources_to_targets"]
    cells = [row[0] for row in rows] if inward else rows[0]
    there, here = _flat(document["sources" if inward else "targets"]), document["targets" if inward else "sources"]
    if len(there) != len(cells):
        raise ValueError("as many places as ways")
    times = [cell["time"] for cell in cells]
    lengths_km = [cell["distance"] if time is not None else 0.0 for cell, time in zip(cells, times, strict=True)]
    return Matrix(
        np.array([-1 if time is None else round(time) for time in times], np.int32),
        np.rint(np.array(lengths_km, np.float64) * 1000).astype(np.int32),
        np.array([place["lat"] for place in there], np.float64),
        np.array([place["lon"] for place in there], np.float64),
        Point(float(_flat(here)[0]["lat"]), float(_flat(here)[0]["lon"])),
        all(warning["code"] != EXCLUSIONS_IGNORED for warning in document.get("warnings", ())),
    )


def read_route(document: Document) -> ToldWay:
    """Raises KeyError, TypeError, ValueError or IndexError."""
    (leg,) = document["trip"]["legs"]
    summary, line = leg["summary"], points_of(leg["shape"], POLYLINE6)
    if not line:
        raise ValueError("a way without a line")
    by_ferry = bool(summary.get("has_ferry", False))
    seconds, metres = float(summary["time"]), float(summary["length"]) * 1000
    return ToldWay(seconds, metres, line, tuple(_steps(leg["maneuvers"], len(line) - 1)), by_ferry)


def _steps(maneuvers: Sequence[Document], last: int) -> Iterator[Step]:
    for maneuver in maneuvers:
        kind, first, end = (int(maneuver[key]) for key in ("type", "begin_shape_index", "end_shape_index"))
        if kind in ARRIVALS:
            continue
        if not 0 <= first <= end <= last:
            raise ValueError("a maneuver beside its line")
        passage = Passage.STAIRS if kind in (STAIRS, ESCALATOR) else Passage.STREET
        street = str(next(iter(maneuver.get("street_names") or ()), ""))
        metres = round(float(maneuver["length"]) * 1000)
        yield Step(TURNS.get(kind, Turn.STRAIGHT), passage, street, metres, first, end)


def _flat(places: Sequence[Any]) -> list[Document]:
    """Older servers wrap each row of places in a list of its own."""
    return [place for row in places for place in (row if isinstance(row, list) else [row])]
