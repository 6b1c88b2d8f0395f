"""On-demand zones of feeds as ways of the last kilometre."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf, nan

import pytest

from api.present.last_kilometre import option as presented
from api.present.way_words import how
from api.web.sentences import EASY, LANGUAGES, sentences
from api.web.spaces import NO_BREAK
from gtfs.snapshot import BookingRule, OnDemandZone, RideTime
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.impact import Factors
from mobility.network.straight_line import StraightLine
from mobility.planning.planner import plan
from mobility.routing.itinerary import stop_spot
from mobility.routing.last_kilometre.both_ends import last_kilometres
from mobility.routing.last_kilometre.option import Option
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.travellers.profiles import Profile
from tests.gtfs import tiny
from tests.town import moment

NOT_SAID = RideTime()
ZONE = "POLYGON ((-3.42 47.715, -3.38 47.715, -3.38 47.73, -3.42 47.73, -3.42 47.715))"


def territory(
    booking: BookingRule,
    hours: str = "Mo-Su 07:00-19:00",
    usual: RideTime = NOT_SAID,
    safe: RideTime = NOT_SAID,
) -> Territory:
    feed = replace(tiny.accepted(), zones=(OnDemandZone("0", 0, ZONE, hours, booking, usual, safe),))
    network = build([feed], zone="Europe/Paris")
    return Territory(network, StraightLine(network), Days(network))


def on_demand(found: Territory, party: int = 1) -> list[Option]:
    """From the last stop to a house 900 m from it, asked for three days ahead."""
    start = stop_spot(found.network, found.network.stop("tiny_A"))
    door = Spot(Point(47.727, -3.40), "X")
    query = Query(start, door, moment("2030-05-02 7:55"), profile=Profile(party=party))
    told = last_kilometres(found, query, Factors(), moment("2030-04-29 7:55")).of(plan(found, query).itineraries[0])
    return [one for one in told[1] if one.kind == "on_demand"]


def test_a_zone_of_a_feed_is_a_way_of_the_last_kilometre() -> None:
    (way,) = on_demand(territory(BookingRule("Appelez", "02 61", "", 30)))
    assert (way.operator, way.contact.phone, way.contact.hours) == ("Ship and Bus", "02 61", "Mo-Su 07:00-19:00")
    assert set(way.unknown) >= {"duration", "waiting", "price"}


@pytest.mark.parametrize(
    ("booking", "said"),
    [
        (BookingRule("Call us", notice_min=30), "Call us Book at least 30 min ahead."),
        (BookingRule(notice_min=0), "Book when you want to leave."),
        (BookingRule(last_day=1, last_s=17 * 3600), "Book the day before, until 17:00."),
        (BookingRule(last_day=2), "Book 2 days before."),
        (BookingRule(), "It must be booked; how is not known."),
    ],
)
def test_how_it_is_booked_is_said(booking: BookingRule, said: str) -> None:
    (way,) = on_demand(territory(booking))
    assert how(way, sentences("en")).replace(NO_BREAK, " ") == said


DRIVEN_S = 145
"""From the stop to the house by car."""


def test_a_ride_takes_what_a_car_takes_times_a_factor_and_some_time_on_top() -> None:
    (way,) = on_demand(territory(BookingRule(), usual=RideTime(1.2, 60), safe=RideTime(2, 600)))
    assert (way.duration_s, way.safe_s) == (ceil(1.2 * DRIVEN_S + 60), 2 * DRIVEN_S + 600)
    assert "duration" not in way.unknown


def test_half_of_it_is_enough() -> None:
    (way,) = on_demand(territory(BookingRule(), usual=RideTime(1.2), safe=RideTime(None, 600)))
    assert (way.duration_s, way.safe_s) == (ceil(1.2 * DRIVEN_S), DRIVEN_S + 600)


def test_of_a_feed_that_only_says_what_nearly_all_rides_take_the_usual_time_is_not_known() -> None:
    (way,) = on_demand(territory(BookingRule(), safe=RideTime(2, 600)))
    assert (way.duration_s, way.safe_s, "duration" in way.unknown) == (None, 2 * DRIVEN_S + 600, True)


@pytest.mark.parametrize(
    "nonsense", [RideTime(-1, 3600), RideTime(0, 60), RideTime(1, -3600), RideTime(nan, 1), RideTime(inf)]
)
def test_a_time_that_cannot_be_is_not_known(nonsense: RideTime) -> None:
    (way,) = on_demand(territory(BookingRule(), usual=nonsense, safe=nonsense))
    assert (way.duration_s, way.safe_s) == (None, None)


def test_a_ride_that_would_nearly_always_be_shorter_than_usual_has_no_longest_time() -> None:
    (way,) = on_demand(territory(BookingRule(), usual=RideTime(1.3, 1200), safe=RideTime(1, 0)))
    assert (way.duration_s, way.safe_s) == (ceil(1.3 * DRIVEN_S + 1200), None)


def test_a_zone_of_the_config_may_say_the_same() -> None:
    found = territory(BookingRule())
    said = {"mean_duration_factor": "1.2", "mean_duration_offset": "60", "safe_duration_offset": "600"}
    zone = replace(found.network.places[0], properties=said)
    (way,) = on_demand(Territory(replace(found.network, places=(zone,)), found.streets, found.days))
    assert (way.duration_s, way.safe_s) == (ceil(1.2 * DRIVEN_S + 60), DRIVEN_S + 600)


TIMES = {
    "fr": ("environ 4 min, au plus 15 min, 19 fois sur 20", "durée inconnue"),
    "br": ("war-dro 4 min, 15 min d’ar muiañ, 19 gwech diwar 20", "pad dianav"),
    "en": ("about 4 min, at most 15 min, 19 times out of 20", "time unknown"),
    EASY: ("à peu près 4 min, presque toujours moins de 15 min", "durée inconnue"),
}


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_how_long_it_takes_is_said(language: str) -> None:
    known, unknown = territory(BookingRule(), usual=RideTime(1.2, 60), safe=RideTime(2, 600)), territory(BookingRule())
    ways = [presented(way, sentences(language)) for found in (known, unknown) for way in on_demand(found)]
    told = [way["sentence"].replace(NO_BREAK, " ") for way in ways]
    assert [text in one for text, one in zip(TIMES[language], told, strict=True)] == [True, True]
    assert [way.get("safeDuration") for way in ways] == [2 * DRIVEN_S + 600, None]


def test_a_service_that_is_closed_then_is_not_told() -> None:
    assert on_demand(territory(BookingRule(), "Sa 09:00-12:00")) == []


def test_a_party_that_is_too_large_for_the_vehicle_is_not_sent_to_it() -> None:
    found = territory(BookingRule())
    small = replace(found.network.places[0], properties={"capacity": "3"})
    little = Territory(replace(found.network, places=(small,)), found.streets, found.days)
    assert [len(on_demand(little, party)) for party in (1, 3, 4)] == [1, 1, 0]
