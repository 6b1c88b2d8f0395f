"""Trips on the demo territory as its people would ask for them, and what they read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient, leg_ids

MONDAY = date(2026, 11, 23)
PLOEMEUR, PORT_LOUIS = "47.7369,-3.4286", "47.7073,-3.3545"
GROIX, STATION = "47.6390,-3.4535", "47.7552,-3.3645"
LANESTER, LARMOR, GAVRES = "47.7635,-3.346", "47.7065,-3.385", "47.6965,-3.351"
PLOUAY = "47.915,-3.334"
QUAY_OF_GROIX, BEYOND_THE_BASIN = "Gare Maritime (quai de Groix)", "47.7452,-3.3575"
PROFILES = ("adult", "family", "reduced_mobility", "low_mobility", "senior", "blind", "cyclist", "hurried")


@pytest.fixture(scope="module")
def client(at_clock: Callable[[str], CheckedClient]) -> CheckedClient:
    return at_clock("2026-11-23 7:00")


def ask(client: CheckedClient, start: str, end: str, time: str, **more: str) -> dict[str, Any]:
    asked = {"profile": "adult", "fromPlace": start, "toPlace": end, "time": time} | more
    found: dict[str, Any] = client.ask("/api/v6/plan", **asked)
    return found


def rides(itinerary: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((leg["mode"], leg["routeShortName"]) for leg in itinerary["legs"] if "tripId" in leg)


@pytest.mark.parametrize("day", ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-22"])
def test_three_ways_lead_to_port_louis_each_weekday(client: CheckedClient, day: str) -> None:
    found = ask(client, PLOEMEUR, PORT_LOUIS, f"{day}T08:00:00")["itineraries"]
    assert len({rides(one) for one in found}) >= 3


@pytest.mark.parametrize("profile", PROFILES)
def test_every_itinerary_is_told_in_full_to_everybody(client: CheckedClient, profile: str) -> None:
    for end in (PORT_LOUIS, LANESTER, LARMOR):
        answer = ask(client, PLOEMEUR, end, "2026-12-01T08:00:00", profile=profile)
        assert answer["itineraries"]
        for one in [*answer["itineraries"], *answer["direct"]]:
            told = one["hent"]
            assert all(told[name] for name in ("labels", "reason", "impact", "lastKilometre", "ticket")), told
            assert {way["end"] for way in told["lastKilometre"]} <= {"access", "egress"}
            assert any(way["kind"] in ("walk", "own_bike") for way in told["lastKilometre"])


def test_the_last_boat_is_caught_on_foot_round_the_basin(client: CheckedClient) -> None:
    (first, *_) = ask(client, BEYOND_THE_BASIN, GROIX, "2026-12-06T17:45:00")["itineraries"]
    walk, boat, _ = first["legs"]
    assert (walk["mode"], boat["mode"], boat["from"]["name"]) == ("WALK", "FERRY", QUAY_OF_GROIX)
    assert walk["hent"]["estimated"]
    assert walk["legGeometry"]["length"] == 3


def test_from_the_boat_one_walks_round_the_basin(client: CheckedClient) -> None:
    (first, *_) = ask(client, GROIX, BEYOND_THE_BASIN, "2026-12-06T17:00:00")["itineraries"]
    *_, boat, walk = first["legs"]
    assert (boat["to"]["name"], walk["mode"], walk["legGeometry"]["length"]) == (QUAY_OF_GROIX, "WALK", 3)


def test_nobody_is_offered_a_boat_in_the_evening_for_the_morning(client: CheckedClient) -> None:
    """The only other way leaves ten hours later."""
    answer = ask(client, "47.7252,-3.341", LARMOR, "2026-12-01T08:00:00")
    assert max(one["startTime"] for one in answer["itineraries"]) < "2026-12-01T10"


def test_on_a_sunday_morning_nobody_crosses_the_harbour_and_back(client: CheckedClient) -> None:
    first = ask(client, GROIX, STATION, "2026-12-06T05:30:00")["itineraries"][0]
    stops = [leg["from"]["stopId"] for leg in first["legs"] if "tripId" in leg]
    assert len(stops) == len(set(stops)), rides(first)


def test_far_from_any_stop_one_is_advised(client: CheckedClient) -> None:
    reason = ask(client, PLOUAY, GROIX, "2026-12-01T08:00:00", language="en")["hent"]["reason"]
    assert reason["code"] == "no_stop_near_origin"
    kinds = [one["kind"] for one in reason["advice"]]
    assert kinds == ["nearest_stop", "big_stop", "on_demand", "carpool_point"]
    assert reason["advice"][1]["sentence"].startswith("Many more departures at Hennebont Gare, ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Le départ est sur l’eau : choisissez un lieu à terre, ou un arrêt."),
        ("br", "War an dour emañ al lec’h loc’hañ : dibabit ul lec’h war an douar, pe un arsav."),
        ("en", "The start is on the water: choose a place on the shore, or a stop."),
        ("fr-x-falc", "Votre départ est sur l’eau. Choisissez un lieu sur la terre."),
    ],
)
def test_a_point_in_the_harbour_is_said_to_be_on_the_water(client: CheckedClient, language: str, sentence: str) -> None:
    reason = ask(client, "47.72,-3.365", GROIX, "2026-12-05T10:45:00", language=language)["hent"]["reason"]
    assert (reason["code"], reason["sentence"]) == ("origin_on_water", sentence)
    assert [one["kind"] for one in reason["advice"]] == ["nearest_stop"]


def test_paris_lies_outside_the_territory(client: CheckedClient) -> None:
    reason = ask(client, GROIX, "48.85,2.35", "2026-12-05T10:45:00", language="en")["hent"]["reason"]
    assert reason["code"] == "destination_outside_territory"
    assert reason["sentence"].startswith("The destination lies outside the territory served")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "ces horaires sont des exemples"),
        ("br", "skouerioù eo an eurioù-mañ"),
        ("en", "these timetables are examples"),
        ("fr-x-falc", "Ces horaires ne sont pas vrais."),
    ],
)
@pytest.mark.parametrize("path", ["/", "/lines", "/counters"])
def test_each_page_of_the_demo_says_in_the_language_of_its_reader_that_nobody_should_travel_by_it(
    client: CheckedClient, path: str, language: str, sentence: str
) -> None:
    page = client.get(f"{path}?lang={language}", headers={"Accept": "text/html"}).text
    assert sentence in page[page.index("<footer>") : page.index("<h2>", page.index("<footer>"))]


def test_in_a_wheelchair_it_is_said_what_is_in_the_way(client: CheckedClient) -> None:
    answer = ask(client, STATION, GAVRES, "2026-12-01T10:00:00", profile="reduced_mobility", language="en")
    assert answer["hent"]["reason"]["code"] == "only_with_steps"
    assert {one["state"] for one in answer["hent"]["reason"]["advice"]} == {"no"}


def test_a_family_reads_who_of_it_pays_what(client: CheckedClient) -> None:
    answer = ask(client, PLOEMEUR, PORT_LOUIS, "2026-12-01T08:00:00", profile="family")
    told = {
        (one["hent"]["ticket"]["sentence"], one["hent"]["ticket"]["party"]["sentence"]) for one in answer["itineraries"]
    }
    assert told == {("Prix : 1,80 € par adulte et 0,90 € par enfant.", "Pour 2 adultes et 2 enfants : 5,40 €.")}


def test_on_the_island_s_bus_a_child_pays_as_an_adult(client: CheckedClient) -> None:
    stops = {"fromPlace": "lorient_port-tudy-bus", "toPlace": "lorient_locmaria"}
    answer = client.ask("/api/v6/plan", **stops, time="2026-12-01T11:20:00+01:00", profile="family")
    told = answer["itineraries"][0]["hent"]["ticket"]
    assert told["sentence"] == "Prix : 2,50 € par personne."
    assert told["party"]["sentence"] == "Pour 2 adultes et 2 enfants : 10,00 €."


def test_bus_and_train_are_not_the_best_where_one_ticket_leads_there_as_early(client: CheckedClient) -> None:
    asked = {"fromPlace": "lorient_hennebont-centre", "toPlace": "lorient_gare", "time": "2026-12-02T07:50:00+01:00"}
    answer = client.ask("/api/v6/plan", profile="adult", **asked)
    (best,) = [one for one in answer["itineraries"] if "best" in one["hent"]["labels"]]
    both = next(one for one in answer["itineraries"] if rides(one) == (("BUS", "T4"), ("REGIONAL_RAIL", "TER")))
    assert rides(best) == (("BUS", "T4"),)
    assert best["endTime"] < both["endTime"]
    prices = [one["hent"]["ticket"]["price"]["minor"] for one in (best, both)]
    assert prices == [180, 520]


def clocks(itinerary: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(leg["mode"], leg["startTime"], leg["endTime"]) for leg in itinerary["legs"]]


@pytest.mark.parametrize("seed", range(12))
def test_what_was_kept_is_the_same_while_the_timetable_is(client: CheckedClient, seed: int) -> None:
    """Also for who walks slowly, and where one is early at the quay."""
    random = Random(seed)
    start, end = random.sample([PLOEMEUR, PORT_LOUIS, GROIX, STATION, LANESTER, LARMOR, GAVRES], 2)
    time = f"2026-12-0{random.randint(1, 5)}T{random.randint(7, 16):02}:00:00"
    profile = random.choice(["adult", "senior", "family"])
    found = ask(client, start, end, time, profile=profile)["itineraries"]
    assert found
    for one in found:
        body, query = {"id": {"legs": leg_ids(one)}}, {"profile": profile}
        told = client.post("/api/v6/refresh-itinerary", json=body, query_string=query).json
        assert (clocks(told), told["hent"]["changes"]) == (clocks(one), [])


def test_the_example_of_the_description_is_answered_as_it_stands_and_is_that_of_the_page(client: CheckedClient) -> None:
    told = client.ask("/openapi.json")["paths"]["/api/trips"]["post"]["requestBody"]["content"]["application/json"]
    answer = client.post("/api/trips", json=told["example"])
    assert (answer.status_code, bool(answer.json["itineraries"])) == (200, True)
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert f"curl \"$hent/api/trips\" --json '{json.dumps(told['example'])}'" in page
