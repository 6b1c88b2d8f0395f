"""On-demand zones of feeds as ways of the last kilometre."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.present.last_kilometre import how
from api.sentences import sentences
from gtfs.snapshot import Booking, OnDemandZone
from mobility.feeds.build import build
from mobility.geo import Point
from mobility.impact import Factors
from mobility.network.streets import StraightLine
from mobility.routing.days import Days
from mobility.routing.itinerary import stop_spot
from mobility.routing.last_km import last_kilometres
from mobility.routing.last_km_option import Option
from mobility.routing.planner import plan
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory
from mobility.travellers.profiles import Profile
from tests.gtfs import tiny
from tests.town import moment

ZONE = "POLYGON ((-3.42 47.715, -3.38 47.715, -3.38 47.73, -3.42 47.73, -3.42 47.715))"


def territory(booking: Booking, hours: str = "Mo-Su 07:00-19:00") -> Territory:
    feed = replace(tiny.accepted(), zones=(OnDemandZone("0", 0, ZONE, hours, booking),))
    network = build([feed], zone="Europe/Paris")
    return Territory(network, StraightLine(network), Days(network))


def on_demand(found: Territory, party: int = 1) -> list[Option]:
    """From the last stop to a house 900 m from it."""
    start = stop_spot(found.network, found.network.stop("tiny_A"))
    door = Spot(Point(47.727, -3.40), "X")
    query = Query(start, door, moment("2030-05-02 7:55"), profile=Profile(party=party))
    at = datetime(2030, 5, 2, 8, 20, tzinfo=UTC)
    told = last_kilometres(found, query, Factors(), query.at_s, at).of(plan(found, query).itineraries[0])
    return [one for one in told[1] if one.kind == "on_demand"]


def test_a_zone_of_a_feed_is_a_way_of_the_last_kilometre() -> None:
    (way,) = on_demand(territory(Booking("Appelez", "02 61", "", 30)))
    assert (way.operator, way.contact.phone, way.contact.hours) == ("Ship and Bus", "02 61", "Mo-Su 07:00-19:00")
    assert set(way.unknown) >= {"duration", "waiting", "price"}


@pytest.mark.parametrize(
    ("booking", "said"),
    [
        (Booking("Call us", notice_min=30), "Call us Book at least 30 min ahead."),
        (Booking(notice_min=0), "Book when you want to leave."),
        (Booking(last_day=1, last_s=17 * 3600), "Book the day before, until 17:00."),
        (Booking(last_day=2), "Book 2 days before."),
        (Booking(), "It must be booked; how is not known."),
    ],
)
def test_how_it_is_booked_is_said(booking: Booking, said: str) -> None:
    (way,) = on_demand(territory(booking))
    assert how(way, sentences("en")) == said


def test_a_service_that_is_closed_then_is_not_told() -> None:
    assert on_demand(territory(Booking(), "Sa 09:00-12:00")) == []


def test_a_party_that_is_too_large_for_the_vehicle_is_not_sent_to_it() -> None:
    found = territory(Booking())
    small = replace(found.network.places[0], properties={"capacity": "3"})
    little = Territory(replace(found.network, places=(small,)), found.streets, found.days)
    assert [len(on_demand(little, party)) for party in (1, 3, 4)] == [1, 1, 0]
