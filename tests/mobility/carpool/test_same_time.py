"""Who asks for a seat asks for the times of the answer: they are the driver's, too."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from mobility.carpool.offer import Offer
from mobility.carpool.span import AskedStretch, span_of
from mobility.planning.planner import plan
from tests.mobility.carpool.rides import offer, shared
from tests.town import ZONE, ask

ROW = "A 0 0, B 10 0, C 20 0"
BUS = """
    Bus1
    A     B
    8:00  8:30
    """


def off_the_way(made: Offer, position: int, detour_s: int) -> Offer:
    points = [replace(one, detour_s=detour_s * (at == position)) for at, one in enumerate(made.waypoints)]
    return replace(made, waypoints=tuple(points))


@pytest.mark.parametrize(
    ("made", "ends", "when", "told"),
    [
        (offer("Anna", "A 7:40 > C 8:20"), "AC", "7:30", "Carpool A 7:40 > C 8:20"),
        (offer("Anna", "A 7:40 > C 8:20", flexible_s=600), "AC", "7:40", "Carpool A 7:40 > C 8:20"),
        (offer("Anna", "A 7:40 > C 8:20", flexible_s=600), "AC", "7:43", "Carpool A 7:43 > C 8:23"),
        (
            offer("Anna", "B 8:30 > C 8:45", flexible_s=600),
            "AC",
            "7:30",
            "Bus1 A 8:00 > B 8:30 | Carpool B 8:35 > C 8:50",
        ),
        (off_the_way(offer("Anna", "A 7:30 > B 7:45 > C 8:00"), 1, 120), "BC", "7:30", "Carpool B 7:45 > C 8:02"),
        (off_the_way(offer("Anna", "A 7:40 > B 7:55 > C 8:10"), 1, 120), "AB", "7:30", "Carpool A 7:40 > B 7:55"),
    ],
    ids=[
        "as offered",
        "nobody waits for who is there in time",
        "the driver waits",
        "for a bus",
        "in off the way",
        "out off the way",
    ],
)
def test_a_seat_is_booked_for_the_times_of_the_answer(made: Offer, ends: str, when: str, told: str) -> None:
    territory, _ = shared([made], ROW, BUS)
    answer = plan(territory, ask(territory, *ends, f"2026-06-03 {when}", window_s=3600))
    (found,) = [one for one in answer.itineraries if one.carpool]
    leg = found.carpool
    assert found.in_zone(ZoneInfo(ZONE)) == told
    assert leg is not None
    span = span_of(leg.offer, AskedStretch(leg.day, leg.get_in.id, leg.get_out.id, 1, leg.waits_s), ZoneInfo(ZONE))
    assert (span.pickup_at, span.arrives_at) == (leg.departure_s, leg.arrival_s)
