"""Of ten thousand offers a search looks at a few closely: none that is left out may have been better."""

from __future__ import annotations

import random
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from mobility.carpool.departures import Lack, lack_of
from mobility.carpool.offer import Comfort, Offer, OfferId, OfferStatus
from mobility.carpool.overlay import DayOffers, Overlay, View
from mobility.carpool.pairs import FASTEST_MPS, OFFER, best_rides
from mobility.carpool.prefilter import promising
from mobility.geo import Point, distance_m
from tests.mobility.carpool.rides import DAY, EARLY, Listed, offer
from tests.town import ZONE, at, moment

EIGHT_S = moment("2026-06-03 8:00")
ANYTHING = Lack(0)


def offers(number: int, dice: random.Random) -> list[Offer]:
    """Each drives past three places of a plain of 20 by 20 kilometres."""
    return [_offer(str(one), 450 + dice.randrange(90), dice) for one in range(number)]


def _offer(name: str, leaves: int, dice: random.Random) -> Offer:
    places = {place: f"{dice.uniform(0, 20):.1f} {dice.uniform(0, 20):.1f}" for place in "ABC"}
    every = dice.choice([3, 12])
    calls = [f"{place} {(leaves + every * i) // 60}:{(leaves + every * i) % 60:02}" for i, place in enumerate("ABC")]
    made = offer(
        name, " > ".join(calls), places, flexible_s=60 * dice.randrange(16), comfort=Comfort(bike=dice.random() < 0.5)
    )
    points = tuple(replace(one, detour_s=dice.choice([0, 200, 400])) for one in made.waypoints)
    return replace(made, waypoints=points)


def looked_at(view: View, overlay: Overlay, most: int, arriving: bool, needs: Lack = ANYTHING) -> dict[int, int]:
    """Row and guess of those that are looked at closely."""
    day = overlay.day(view, DAY)
    rows, score = np.empty(most, np.int64), np.empty(most, np.int64)
    home, work = at("4 4"), at("16 15")
    n_found = promising(
        day.departures(view), view.waypoints, day.stretches,
        (home.lat, home.lon, work.lat, work.lon), (EIGHT_S, EIGHT_S + 5400, EIGHT_S + 5400, moment(EARLY)),
        (1, int(needs), 300, 1000.0, arriving), rows, score,
    )  # fmt: skip
    return dict(zip(rows[:n_found].tolist(), score[:n_found].tolist(), strict=True))


@pytest.mark.parametrize("arriving", [False, True], ids=["ahead", "back"])
@pytest.mark.parametrize("seed", range(10))
def test_the_few_that_are_looked_at_are_the_best_of_all(seed: int, arriving: bool) -> None:
    overlay = Overlay(Listed(*offers(300, random.Random(seed))), ZoneInfo(ZONE))
    every = looked_at(overlay.latest(), overlay, 300, arriving)
    few = looked_at(overlay.latest(), overlay, 8, arriving)
    assert len(every) > 16, "there is something to choose from"
    assert sorted(few.values()) == sorted(every.values())[:8]
    assert all(every[row] == guess for row, guess in few.items())


def helpful(view: View, day: DayOffers, arriving: bool) -> set[int]:
    """Rows of the offers that an exact look finds of use to who is nowhere slower than anybody can be."""
    home, work = at("4 4"), at("16 15")
    points = [Point(float(one["lat"]), float(one["lon"])) for one in view.waypoints]
    there_s = np.array([int(0.99 * distance_m(home, one) / FASTEST_MPS) for one in points])
    away_m = np.array([distance_m(one, work) for one in points])
    passenger = (
        EIGHT_S + there_s[None, :] + 300,
        EIGHT_S + 5400 - (away_m / FASTEST_MPS).astype(np.int64)[None, :] - 60,
        np.zeros((1, len(points)), np.int64),
        away_m,
    )
    waits_s = np.zeros_like(view.flexible_s) if arriving else view.flexible_s
    found = best_rides(
        np.arange(len(view.offers)), (view.first, day.start_s, waits_s, day.detour_s),
        (view.waypoints, day.stretches, day.late), passenger, (1, 1100.0, EIGHT_S, 0, arriving, 300),
    )  # fmt: skip
    return set(found[:, OFFER].tolist())


@pytest.mark.parametrize("arriving", [False, True], ids=["ahead", "back"])
@pytest.mark.parametrize("seed", range(10))
def test_no_offer_that_may_help_is_left_out(seed: int, arriving: bool) -> None:
    overlay = Overlay(Listed(*offers(300, random.Random(seed))), ZoneInfo(ZONE))
    view = overlay.latest()
    expected = helpful(view, overlay.day(view, DAY), arriving)
    assert len(expected) > 16
    assert expected <= set(looked_at(view, overlay, 300, arriving))


def test_who_waits_longer_than_the_drive_lasts_is_found() -> None:
    places = {"A": "4 4", "B": "16 15"}
    listed = Listed(*(offer(name, way, places, flexible_s=900) for name, way in (("Anna", "A 7:56 > B 7:59"),)))
    overlay = Overlay(listed, ZoneInfo(ZONE))
    assert list(looked_at(overlay.latest(), overlay, 8, arriving=False)) == [0]


def test_what_an_offer_must_not_lack_takes_no_place_of_those_that_have_it() -> None:
    overlay = Overlay(Listed(*offers(300, random.Random(1))), ZoneInfo(ZONE))
    view = overlay.latest()
    every = looked_at(view, overlay, 300, arriving=False)
    with_bike = {row: guess for row, guess in every.items() if view.offer(row).comfort.bike}
    assert looked_at(view, overlay, 300, arriving=False, needs=Lack.SURE_BIKE) == with_bike


def test_an_offer_that_is_withdrawn_is_looked_at_no_more_and_a_new_one_is() -> None:
    dice = random.Random(2)
    listed = Listed(*offers(100, dice))
    overlay = Overlay(listed, ZoneInfo(ZONE))
    overlay.clock = iter(range(10**6)).__next__
    first = looked_at(overlay.latest(), overlay, 100, arriving=False)
    best = overlay.latest().offer(min(first, key=first.__getitem__))
    listed.put(replace(best, status=OfferStatus.WITHDRAWN))
    listed.put(replace(best, id=OfferId("again")))
    view = overlay.latest()
    then = {view.offer(row).id: guess for row, guess in looked_at(view, overlay, 100, arriving=False).items()}
    assert best.id not in then
    assert then[OfferId("again")] == min(first.values())


def test_who_says_nothing_lacks_only_what_must_be_sure() -> None:
    assert lack_of(Comfort()) == Lack.SURE_WHEELCHAIR | Lack.SURE_BIKE
    assert lack_of(Comfort(wheelchair=False, luggage=False)) == Lack.WHEELCHAIR | Lack.SURE_WHEELCHAIR | (
        Lack.SURE_BIKE | Lack.LUGGAGE
    )
    assert lack_of(Comfort(wheelchair=True, bike=True, luggage=True)) == ANYTHING
