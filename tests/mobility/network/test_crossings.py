"""A bridge over a channel that is drawn as a barrier."""

import json
from pathlib import Path

import pytest
from shapely import LineString, box

from mobility.errors import InvalidConfig
from mobility.geo import Point
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import Terrain, opened_at
from mobility.places.files import read_lines
from tests.town import at, town

CHANNEL = box(at("0.4 0").lon, at("0 -3").lat, at("0.6 0").lon, at("0 3").lat)


def lon_lat(point: Point) -> tuple[float, float]:
    return point.lon, point.lat


BRIDGE = LineString([lon_lat(at("0.35 0")), lon_lat(at("0.65 0"))])


@pytest.mark.parametrize(("north_km", "passes"), [("0", True), ("0.04", True), ("0.1", False), ("-1", False)])
def test_one_walks_over_the_channel_where_a_bridge_is_and_nowhere_else(north_km: str, passes: bool) -> None:
    terrain = Terrain(barriers=opened_at((CHANNEL,), (BRIDGE,)))
    router = StraightLine(town("A 0 0, B 1 0", "Bus1\nA B\n8:00 8:10", terrain=terrain).network)
    assert (router.direct(at(f"0.2 {north_km}"), at(f"0.8 {north_km}")) is not None) == passes


def test_crossings_are_lines_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "crossings.geojson"
    file.write_text(json.dumps({"features": [{"geometry": BRIDGE.__geo_interface__}]}))
    assert [line.equals(BRIDGE) for line in read_lines(file)] == [True]
    file.write_text(json.dumps({"features": [{"geometry": CHANNEL.__geo_interface__}]}))
    with pytest.raises(InvalidConfig, match="1: the feature is no valid line"):
        read_lines(file)
