"""The road that is kept with an offer: the true one, bounded, and never to a blurred end."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import sin

import numpy as np
import pytest
import shapely
from sqlalchemy import select

from mobility.carpool.driven_line import MOST_POINTS, PRECISION, driven_between, line_between, thinned
from mobility.carpool.offer import MeetingPoint, Offer, PointKind, Waypoint
from mobility.carpool.records import offer_of, row_of
from mobility.carpool.registry import Registry
from mobility.carpool.roads import Roads
from mobility.carpool.tables import OFFERS
from mobility.carpool.waypoints import OfferDrive, WaypointFinder
from mobility.geo import Point, distance_m
from mobility.polyline import encode, points_of
from mobility.streets.router import OnStreets
from tests.mobility.carpool.conftest import ZONE, an_offer
from tests.mobility.streets import tiny as tiny_streets
from tests.town import town

BEND = {"A": "0 0", "P": "1500 0", "B": "3000 0", "C": "3000 3000"}
"""A road goes from A past the car park P to the bend B, and from there to C."""


def corner(name: str) -> Point:
    return tiny_streets.at(BEND[name])


def meeting_point(name: str, kind: PointKind = PointKind.CARPOOL_PLACE) -> MeetingPoint:
    return MeetingPoint(name, name, corner(name), kind)


def driven(start: PointKind = PointKind.CARPOOL_PLACE) -> OfferDrive:
    """From A to C, with a stop at P."""
    places = ", ".join(f"{name} {where}" for name, where in BEND.items())
    streets = tiny_streets.streets(f"{places}\nA P B C | highway=secondary name=Road")
    network = town("Z 0 9, Y 1 9", "Bus1\nZ Y\n8:00 8:10").network
    finder = WaypointFinder([meeting_point("P")], Roads(network, OnStreets(streets, network)))
    found = finder.drive(meeting_point("A", start), meeting_point("C"), 600)
    assert found is not None
    return found


def corners(line: tuple[Point, ...]) -> str:
    """Where the line turns, begins and ends, by the names of the plan; ? for what is none of them."""
    named = [next((name for name in BEND if distance_m(point, corner(name)) < 3), "?") for point in line]
    return "".join(name for before, name in pairwise(["", *named]) if name != before)


def offered(drive: OfferDrive) -> Offer:
    return replace(an_offer(), waypoints=drive.waypoints, line=drive.line, drive_m=drive.drive_m)


def test_the_line_follows_the_road_round_its_bend() -> None:
    assert corners(points_of(driven().line, PRECISION)) == "ABC"


def test_a_rider_sees_the_road_between_their_halts_alone() -> None:
    offer = offered(driven())
    park, end = 1, 2
    assert corners(driven_between(offer, park, end)) == "PBC"
    assert corners(driven_between(offer, 0, park)) == "AP"
    assert corners(points_of(line_between(offer, park, end), PRECISION)) == "PBC"


def test_the_road_to_a_blurred_start_is_not_kept() -> None:
    """Somebody's home is within 300 m of it: the line begins at the first place where people get in."""
    drive = driven(PointKind.BLURRED)
    assert [one.meeting_point.name for one in drive.waypoints] == ["P", "C"]
    assert corners(points_of(drive.line, PRECISION)) == "PBC"


def test_an_offer_of_before_is_drawn_by_its_halts() -> None:
    offer = replace(offered(driven()), line="")
    assert driven_between(offer, 0, 2) == (offer.waypoints[1].meeting_point.point,)
    assert line_between(offer, 0, 2) == ""


def test_a_long_and_winding_road_is_kept_in_so_many_points_and_no_more() -> None:
    winding = shapely.LineString([(x, 300 * sin(x / 500)) for x in range(0, 200_000, 20)])
    kept = thinned(winding, 0, winding.length)
    assert 100 < len(kept) <= MOST_POINTS
    assert np.allclose(kept[[0, -1]], np.array(winding.coords)[[0, -1]])
    assert len(encode((Point(y / 1e5, x / 1e5) for x, y in kept.tolist()), PRECISION)) < 4_000


def test_the_registry_gives_back_the_line(registry: Registry) -> None:
    offer = offered(driven())
    registry.publish([offer])
    with registry.store.reading() as connection:
        row = connection.execute(select(OFFERS)).mappings().one()
    assert offer_of(row).line == offer.line != ""
    assert row_of(offer, ZONE)["line"] == offer.line


@pytest.mark.parametrize("halts", [(Waypoint(meeting_point("P"), 0, 0),), ()])
def test_without_two_halts_there_is_no_line(halts: tuple[Waypoint, ...]) -> None:
    assert line_between(replace(an_offer(), waypoints=halts), 0, 0) == ""


def test_from_a_halt_to_itself_there_is_no_line() -> None:
    """Where a driver unticks all halts but one."""
    assert line_between(offered(driven()), 1, 1) == ""
