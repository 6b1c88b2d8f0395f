"""`plan`: the answer as clients read it."""

from typing import Any

from tests.api.motis import CheckedClient

MORNING = "2026-06-03T07:55:00"


def rides(itinerary: dict[str, Any]) -> list[dict[str, Any]]:
    return [leg for leg in itinerary["legs"] if "tripId" in leg]


def test_a_ride_says_what_clients_need(client: CheckedClient) -> None:
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=MORNING)["itineraries"][0]
    leg = first["legs"][0]
    assert (first["startTime"], first["endTime"]) == ("2026-06-03T06:00:00Z", "2026-06-03T06:20:00Z")
    assert (first["duration"], first["transfers"]) == (1200, 0)
    assert (leg["mode"], leg["displayName"], leg["headsign"]) == ("BUS", "Bus1", "C")
    assert (leg["routeId"], leg["agencyName"], leg["routeShortName"]) == ("t_Bus1", "Town", "Bus1")
    assert leg["tripId"] == "20260603_08:00_t_Bus1-1"
    assert [stop["name"] for stop in leg["intermediateStops"]] == ["B"]
    assert (leg["tripFrom"]["stopId"], leg["tripTo"]["stopId"]) == ("t_A", "t_C")
    assert leg["from"]["departure"] == leg["from"]["scheduledDeparture"] == "2026-06-03T06:00:00Z"
    assert leg["to"]["arrival"] == "2026-06-03T06:20:00Z"
    assert leg["from"]["tz"] == "Europe/Paris"


def test_a_walk_says_how_far_and_that_it_is_estimated(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="47.751,-3.359", toPlace="t_C", time=MORNING)
    walk = answer["itineraries"][0]["legs"][0]
    assert (walk["mode"], walk["from"]["name"], walk["to"]["name"]) == ("WALK", "START", "A")
    assert walk["distance"] > 0
    assert walk["legGeometry"]["length"] == 2
    assert walk["hent"] == {"estimated": True, "impact": {"co2e_g": 0, "nox_mg": 0, "pm10_mg": 0}}
    assert answer["itineraries"][0]["hent"]["estimated"] is True


def test_a_change_from_bus_to_boat_is_told_in_one_sentence(client: CheckedClient) -> None:
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", time=MORNING)["itineraries"][0]
    assert [leg["mode"] for leg in first["legs"]] == ["BUS", "WALK", "FERRY"]
    assert first["hent"]["sentence"] == (
        "8:00 → 8:50, 50 min : bus Bus1 à 8:00 jusqu’à C, puis 5 min à pied (390 m), "
        "puis bateau Boat2 à 8:30 jusqu’à E."
    )


def test_an_arrival_on_another_day_says_so(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0, C 6 0", "Bus1\nA B\n21:00 21:20\n\nBoat2\nB C\n6:00 6:30")
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time="2026-06-03T20:55")["itineraries"][0]
    assert first["hent"]["sentence"].startswith("21:00 → 6:30 le lendemain, 9 h 30 : ")


def test_a_duration_is_that_between_the_clocks_shown(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10")
    first = client.ask("/api/v6/plan", fromPlace="47.751,-3.36", toPlace="t_B", time=MORNING)["itineraries"][0]
    assert first["duration"] == 11 * 60 + 49
    assert first["hent"]["sentence"].startswith("7:58 → 8:10, 12 min : ")


def test_the_language_asked_for_is_spoken(client: CheckedClient) -> None:
    def sentence(**more: str) -> str:
        answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=MORNING, **more)
        return str(answer["itineraries"][0]["hent"]["sentence"])

    assert sentence(language="en") == "8:00 → 8:20, 20 min: bus Bus1 at 8:00 to C."
    assert sentence(language="br") == "8:00 → 8:20, 20 min : bus Bus1 da 8:00 betek C."
    assert sentence(language="de") == "8:00 → 8:20, 20 min : bus Bus1 à 8:00 jusqu’à C."


def test_the_language_of_the_header_counts_too(client: CheckedClient) -> None:
    answer = client.get("/api/v6/plan?fromPlace=t_A&toPlace=t_C", headers={"Accept-Language": "en-GB,fr;q=0.5"})
    assert answer.json
    assert answer.json["hent"]["language"] == "en"
    assert answer.headers["Content-Language"] == "en"


def test_without_a_time_the_clock_counts(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", numItineraries=1)
    assert [one["startTime"] for one in answer["itineraries"]] == ["2026-06-03T06:00:00Z"]


def test_arriving_by_a_time(client: CheckedClient) -> None:
    answer = client.ask(
        "/api/v6/plan", fromPlace="t_A", toPlace="t_C", time="2026-06-03T09:00", arriveBy="true", numItineraries=1
    )
    assert [one["endTime"] for one in answer["itineraries"]] == ["2026-06-03T06:50:00Z"]


def test_one_best_answer_where_no_timetable_is_wanted(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=MORNING, timetableView="false")
    assert [one["startTime"] for one in answer["itineraries"]] == ["2026-06-03T06:00:00Z"]


def test_pages_follow_each_other_without_loss(client: CheckedClient) -> None:
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": MORNING, "numItineraries": 1}
    first = client.ask("/api/v6/plan", **asked)
    second = client.ask("/api/v6/plan", **asked, pageCursor=first["nextPageCursor"])
    back = client.ask("/api/v6/plan", **asked, pageCursor=second["previousPageCursor"])
    assert [one["startTime"][11:16] for one in first["itineraries"]] == ["06:00"]
    assert [one["startTime"][11:16] for one in second["itineraries"]] == ["06:30"]
    assert [one["startTime"][11:16] for one in back["itineraries"]] == ["06:00"]
    assert back["direct"] == []


def test_pages_of_arrivals_go_back(client: CheckedClient) -> None:
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T09:00", "arriveBy": "true", "numItineraries": 1}
    first = client.ask("/api/v6/plan", **asked)
    before = client.ask("/api/v6/plan", **asked, pageCursor=first["previousPageCursor"])
    after = client.ask("/api/v6/plan", **asked, pageCursor=first["nextPageCursor"])
    assert [one["endTime"][11:16] for one in before["itineraries"]] == ["06:20"]
    assert [one["endTime"][11:16] for one in after["itineraries"]] == ["07:20"]


def test_a_cursor_holds_no_place(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="47.751,-3.359", toPlace="t_C", time=MORNING)
    assert "47" not in answer["nextPageCursor"].removeprefix("LATER|")[:2]
    assert answer["nextPageCursor"].partition("|")[0] == "LATER"
    assert answer["previousPageCursor"].partition("|")[0] == "EARLIER"


def test_every_answer_says_what_becomes_of_the_data(client: CheckedClient) -> None:
    ours = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=MORNING)["hent"]
    assert ours["dataUse"]["more"] == "/data-use"
    assert client.ask("/api/data-use")["processings"][1]["summary"] == ours["dataUse"]["summary"]


def test_every_answer_names_its_sources(client: CheckedClient) -> None:
    ours = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=MORNING)["hent"]
    (source,) = ours["sources"]
    assert (source["feed"], source["licence"]) == ("t", "test")
    assert (source["validFrom"], source["validUntil"]) == ("2026-01-01", "2026-12-31")
    assert len(ours["network"]) == 64


def test_what_is_slower_than_walking_is_removed_and_counted(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_C", toPlace="t_D", time=MORNING)
    assert answer["itineraries"] == []
    assert [leg["mode"] for leg in answer["direct"][0]["legs"]] == ["WALK"]
    assert answer["hent"]["reason"]["code"] == "walking_is_better"


def test_the_whole_trip_is_found_by_its_id(client: CheckedClient) -> None:
    leg = client.ask("/api/v6/plan", fromPlace="t_B", toPlace="t_C", time=MORNING)["itineraries"][0]["legs"][0]
    trip = client.ask("/api/v6/trip", tripId=leg["tripId"])
    assert [stop["name"] for stop in trip["legs"][0]["intermediateStops"]] == ["B"]
    assert (trip["legs"][0]["from"]["name"], trip["legs"][0]["to"]["name"]) == ("A", "C")


def test_an_itinerary_is_told_again_by_its_id(client: CheckedClient) -> None:
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", time=MORNING)["itineraries"][0]
    again = client.ask("/api/v6/refresh-itinerary", itineraryId=first["id"])
    assert again["legs"] == first["legs"]
    assert again["id"] == first["id"]


def test_a_ride_from_the_middle_of_a_trip_is_told_again(client: CheckedClient) -> None:
    first = client.ask("/api/v6/plan", fromPlace="t_B", toPlace="t_E", time=MORNING)["itineraries"][0]
    again = client.ask("/api/v6/refresh-itinerary", itineraryId=first["id"])
    assert (again["legs"], again["startTime"]) == (first["legs"], "2026-06-03T06:10:00Z")


def test_both_ends_say_the_clocks_they_go_by(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="47.7501,-3.36", toPlace="47.75,-3.2798", time="2026-06-03T06:00:00Z")
    assert (answer["from"]["tz"], answer["to"]["tz"]) == ("Europe/Paris", "Europe/Paris")


def test_no_least_number_is_just_the_window(client: CheckedClient) -> None:
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T05:55:00Z"}
    leaves = [
        [
            one["startTime"][11:16]
            for one in client.ask("/api/v6/plan", **asked, numItineraries=0, searchWindow=s)["itineraries"]
        ]
        for s in (60, 600, 7200)
    ]
    assert leaves[0] == []
    assert leaves[1] == ["06:00"]
    assert len(leaves[2]) > 1
