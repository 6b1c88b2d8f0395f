"""Options over HTTP: profiles, reasons in three languages, impact, tickets, and the rule they are chosen by."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.api.motis import CheckedClient

MORNING = "2026-06-03T07:55:00"
STOPS = "A 0 0, B 3 0, C 6 0"
LINES = """
    Bus1
    A     C
    8:00  8:40
    9:00  9:40

    Bus2
    A     B
    8:00  8:10

    Bus3
    B     C
    8:13  8:25
    """


@pytest.fixture(scope="session")
def town(ask_town: Any) -> CheckedClient:
    client: CheckedClient = ask_town(STOPS, LINES)
    return client


def plan(client: CheckedClient, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=MORNING, **more)
    return found


def reasons(answer: dict[str, Any]) -> list[str]:
    return [one["hent"]["reason"] for one in answer["itineraries"]]


def test_every_itinerary_says_what_it_is_good_for(town: CheckedClient) -> None:
    for one in plan(town)["itineraries"]:
        assert one["hent"]["labels"]
        assert one["hent"]["reason"].endswith(".")
        assert one["hent"]["impact"].keys() >= {"co2e_g", "nox_mg", "pm10_mg", "car", "source"}
        assert one["hent"]["accessibility"]["state"] == "unknown"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Best choice: 25 min, 1 change.",
                "Fewest changes: 15 min longer, no change, compared with the trip 8:00 → 8:25.",
            ],
        ),
        (
            "fr",
            [
                "Le meilleur choix : 25 min, 1 changement.",
                "Le moins de changements : 15 min de plus, sans changement, comparé avec le trajet 8:00 → 8:25.",
            ],
        ),
        (
            "br",
            [
                "An dibab gwellañ : 25 min, 1 treuzkemm.",
                "An nebeutañ a dreuzkemmoù : 15 min muioc’h, treuzkemm ebet, e-keñver ar veaj 8:00 → 8:25.",
            ],
        ),
    ],
)
def test_each_says_in_a_sentence_what_it_costs_compared_with_the_first(
    town: CheckedClient, language: str, said: list[str]
) -> None:
    assert reasons(plan(town, profile="adult", language=language))[:2] == said


def test_all_get_every_good_itinerary_and_a_profile_hears_which_ways_stand_first(town: CheckedClient) -> None:
    everything = plan(town, searchWindow=7200)
    handful = plan(town, searchWindow=7200, profile="adult", explain="1")
    assert times(everything) == times(handful) == ["08:00 08:25", "08:00 08:40", "09:00 09:40"]
    assert handful["hent"]["entries"] == [
        {"first": True, "lead": 0, "itineraries": [0], "every": None, "sentence": "Bus2 + Bus3 : 8:00"},
        {
            "first": True,
            "lead": 1,
            "itineraries": [1, 2],
            "every": None,
            "sentence": "Bus1 : 8:00, 9:00",
        },
    ]
    assert [one["code"] for one in handful["hent"]["notFirst"]] == ["same_ride"]
    assert handful["hent"]["dropped"] == []
    assert not {"dropped", "notFirst", "entries"} & set(everything["hent"])


def times(answer: dict[str, Any]) -> list[str]:
    """As clocks in Paris say in summer."""
    zone = ZoneInfo("Europe/Paris")
    ends = [(one["startTime"], one["endTime"]) for one in answer["itineraries"]]
    return [" ".join(f"{datetime.fromisoformat(at).astimezone(zone):%H:%M}" for at in one) for one in ends]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Bus1 toutes les 10 min : 8:00, 8:10, 8:20"),
        ("br", "Bus1 bep 10 min : 8:00, 8:10, 8:20"),
        ("en", "Bus1 every 10 min: 8:00, 8:10, 8:20"),
    ],
)
def test_what_comes_at_one_interval_is_one_entry_that_says_so(ask_town: Any, language: str, said: str) -> None:
    client = ask_town("A 0 0, C 6 0", "Bus1\nA C\n8:00 8:20\n8:10 8:30\n8:20 8:40")
    (entry,) = plan(client, searchWindow=3600, profile="adult", language=language)["hent"]["entries"]
    assert (entry["sentence"], entry["every"], entry["itineraries"]) == (said, 600, [0, 1, 2])


OVERTAKEN = """
    Bus1
    A     C
    8:00  8:20
    8:10  8:50
    8:20  8:40
    8:40  9:00
    """
"""That of 8:10 is in no list: who leaves ten minutes later is there ten minutes earlier."""


def test_no_interval_is_told_where_the_timetable_has_more_than_the_list(ask_town: Any) -> None:
    client = ask_town("A 0 0, C 6 0", OVERTAKEN)
    (entry,) = plan(client, searchWindow=3600, profile="adult", language="en")["hent"]["entries"]
    assert (entry["sentence"], entry["every"]) == ("Bus1, best departures: 8:00, 8:20, 8:40", None)
    form = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}
    assert "8:20, among others" in client.post("/?lang=en", data=form).text


def test_a_way_goes_as_often_as_the_rarest_of_its_lines(ask_town: Any) -> None:
    """By bus every ten minutes to a boat every twenty: whoever leaves in between waits for the same boats."""
    bus = "Bus1\nA B\n8:00 8:05\n8:10 8:15\n8:20 8:25\n8:30 8:35\n8:40 8:45\n8:50 8:55"
    client = ask_town("A 0 0, B 3 0, C 6 0", f"{bus}\n\nBoat2\nB C\n8:20 8:40\n8:40 9:00\n9:00 9:20")
    (entry,) = plan(client, searchWindow=3600, profile="adult", language="en")["hent"]["entries"]
    assert entry["sentence"] == "Bus1 + Boat2 every 20 min: 8:10, 8:30, 8:50"


def test_the_other_departures_follow_the_ways_that_stand_first_in_order_of_time(ask_town: Any) -> None:
    """Three lines may stand first; a slow fourth one leaves before the last of them, and follows."""
    rows = ("Bus1", "8:00 8:20"), ("Bus4", "8:02 9:50"), ("Bus2", "8:01 8:21"), ("Bus3", "8:03 8:23")
    lines = "\n\n".join(f"{line}\nA C\n{at}" for line, at in (*rows, ("Bus5", "8:40 9:55")))
    answer = plan(ask_town("A 0 0, C 6 0", lines), searchWindow=3600, profile="adult")
    told = [(one["first"], one["sentence"]) for one in answer["hent"]["entries"]]
    assert told[:3] == [(True, "Bus1 : 8:00"), (True, "Bus2 : 8:01"), (True, "Bus3 : 8:03")]
    assert told[3:] == [(False, "Bus5 : 8:40")]


def test_the_profile_is_told_as_understood(town: CheckedClient) -> None:
    asked = plan(town, profile="family", passengers=3, stepFree="needed")["hent"]["profile"]
    assert asked == {"name": "family", "stepFree": "needed", "party": 3, "luggage": True, "bike": False}


def test_a_wheelchair_without_a_profile_is_one(town: CheckedClient) -> None:
    assert plan(town, pedestrianProfile="WHEELCHAIR")["hent"]["profile"]["name"] == "reduced_mobility"


def test_a_profile_that_is_not_there_is_refused_and_those_that_are_are_named(town: CheckedClient) -> None:
    status, problem = town.refused("/api/v6/plan", fromPlace="t_A", toPlace="t_C", profile="giant")
    assert (status, problem["parameter"]) == (400, "profile")
    assert problem["reason"].startswith("est un de adult, ")


def test_unknown_steps_are_warned_of_in_words(town: CheckedClient) -> None:
    found = plan(town, profile="reduced_mobility", language="en")["itineraries"][0]["hent"]["accessibility"]
    assert found["state"] == "unknown"
    assert found["warnings"][0]["sentence"] == "We do not know whether the stop A has steps."


BIKES = "route_id,service_id,trip_id,bikes_allowed\nBus1,S,Bus1-1,1\nBoat2,S,Boat2-1,0"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Ask whether bikes are taken, we do not know: boat Boat2."),
        ("fr", "Nous ne savons pas si ce véhicule prend les vélos, demandez avant : bateau Boat2."),
        ("br", "Ne ouzomp ket hag-eñ e c’haller pignat gant ur velo : bag Boat2."),
        ("fr-x-falc", "Nous ne savons pas si ce véhicule prend les vélos, demandez avant : bateau Boat2."),
    ],
)
def test_who_takes_a_bicycle_along_is_warned_where_nobody_says_that_it_may_come(
    ask_town: Any, language: str, said: str
) -> None:
    """The bus is known to take it; of the second nothing is known."""
    client = ask_town(STOPS, "Bus1\nA B\n8:00 8:10\n\nBoat2\nB C\n8:20 8:30", more={"trips": BIKES})
    (found,) = plan(client, requireBikeTransport="true", language=language)["itineraries"]
    assert [(one["kind"], one["state"], one["name"], one["sentence"]) for one in warnings_of(found)] == [
        ("bike", "unknown", "Boat2", said)
    ]
    (without,) = plan(client)["itineraries"]
    assert warnings_of(without) == []


def warnings_of(itinerary: dict[str, Any]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = itinerary["hent"]["accessibility"]["warnings"]
    return told


def test_each_leg_says_what_it_emits(town: CheckedClient) -> None:
    first = plan(town, profile="adult")["itineraries"][0]
    legs = [leg["hent"]["impact"]["co2e_g"] for leg in first["legs"]]
    assert (legs, first["hent"]["impact"]["co2e_g"]) == ([341, 341], 682)


def test_a_boat_emits_nobody_knows_what(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_D", toPlace="t_E", time=MORNING)
    assert answer["itineraries"][0]["hent"]["impact"]["co2e_g"] == "unknown"


def test_a_price_is_said_or_said_to_be_unknown(ask_town: Any, town: CheckedClient) -> None:
    fares = {"fare_attributes": "fare_id,price,currency_type,payment_method,transfers\none,1.80,EUR,0,"}
    priced = plan(ask_town(STOPS, LINES, more=fares), profile="adult")["itineraries"][0]["hent"]["ticket"]
    assert (priced["sentence"], priced["price"]["minor"]) == ("Prix : 1,80 €.", 180)
    unknown = plan(town, profile="adult")["itineraries"][0]["hent"]["ticket"]
    assert (unknown["sentence"], unknown["price"]) == ("Prix inconnu.", None)
    assert [leg["accepted"] for leg in unknown["card"]["legs"]] == ["unknown", "unknown"]
    assert unknown["buy"][0]["url"] == "https://town.example"


def test_the_traveller_may_sort_by_any_label(town: CheckedClient) -> None:
    found = plan(town, profile="adult", sortBy="fewest_changes")["itineraries"]
    assert [one["transfers"] for one in found] == [0, 0, 1]
    status, problem = town.refused("/api/v6/plan", fromPlace="t_A", toPlace="t_C", sortBy="nicest")
    assert (status, problem["parameter"]) == (400, "sortBy")
