"""The sea is what lies to the right of the coast, inside the box of the extract."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from shapely.geometry import MultiPolygon

from mobility.ground.sea import sea_of
from mobility.streets.drawn_shores import read_shores
from tests.mobility.streets.tiny import at, opl

BOX = shapely.box(at("-1000 0").lon, at("0 -1000").lat, at("1000 0").lon, at("0 1000").lat)
"""Two kilometres square round the middle of the plan."""


def sea(tmp_path: Path, drawing: str) -> MultiPolygon:
    file = tmp_path / "coast.opl"
    file.write_text(opl(drawing), "utf-8")
    return sea_of(read_shores(file), BOX)


def share(of: MultiPolygon) -> float:
    return round(of.area / BOX.area, 3)


def holds(of: MultiPolygon, plan_m: str) -> bool:
    spot = at(plan_m)
    return bool(of.contains(shapely.Point(spot.lon, spot.lat)))


def test_north_of_a_coast_drawn_westwards_is_sea(tmp_path: Path) -> None:
    found = sea(tmp_path, "A 1500 500, B -1500 500\nA B | natural=coastline")
    assert (share(found), holds(found, "0 700"), holds(found, "0 300")) == (0.25, True, False)


def test_drawn_the_other_way_it_is_land_and_the_sea_is_south(tmp_path: Path) -> None:
    found = sea(tmp_path, "A 1500 500, B -1500 500\nB A | natural=coastline")
    assert (share(found), holds(found, "0 300")) == (0.75, True)


def test_an_island_is_no_sea_and_a_lagoon_in_it_is(tmp_path: Path) -> None:
    drawing = """
        A 1500 0, B -1500 0, I -400 200, J 400 200, K 400 800, L -400 800, M -100 400, N -100 600, O 100 600, P 100 400
        A B | natural=coastline
        I J K L I | natural=coastline
        M N O P M | natural=coastline
        """
    found = sea(tmp_path, drawing)
    assert (holds(found, "-900 500"), holds(found, "-300 500"), holds(found, "0 500")) == (True, False, True)
    assert share(found) == pytest.approx((2000 * 1000 - 800 * 600 + 200 * 200) / 4e6, abs=0.001)


def test_a_coast_in_pieces_that_was_cut_before_the_edge_goes_on_to_it(tmp_path: Path) -> None:
    found = sea(tmp_path, "A 950 500, B 0 500, C -950 500\nB C | natural=coastline\nA B | natural=coastline")
    assert share(found) == 0.25


def test_without_a_coast_there_is_no_sea(tmp_path: Path) -> None:
    assert sea(tmp_path, "A 0 0, B 100 0\nA B | highway=path").is_empty
