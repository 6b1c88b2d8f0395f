"""A run at a headway has no minute: the API, the terminal and what is said of an entry say so."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.present.day_words import DayWords
from api.present.terminal import TerminalReader, told
from api.web.sentences import sentences
from tests.api.live.told import text
from tests.api.motis import CheckedClient
from tests.api.pages.test_headways import EVERY_EIGHT, STOPS, shuttle
from tests.harbour import LINES as HARBOUR
from tests.harbour import STOPS as QUAYS
from tests.harbour import WALKED_BETWEEN, WITH_AN_ISLAND
from tests.town import moment

NOW = "2026-06-03 7:50"


def answer(client: CheckedClient, end: str, **more: object) -> Any:
    asked = {"fromPlace": "t_A", "toPlace": f"t_{end}", "time": "2026-06-03T07:55:00+02:00", "profile": "adult"}
    return client.post("/api/trips", json=asked | more).json


def terminal(client: CheckedClient, end: str) -> list[str]:
    reader = TerminalReader(DayWords(sentences("fr"), ZoneInfo("Europe/Paris"), moment(NOW)))
    return [
        line.replace("\u00a0", " ").replace("\u202f", " ") for line in told(answer(client, end), ("A", end), reader)
    ]


def plain(line: str) -> str:
    return line.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_terminal_says_about_when_and_how_often(ask_town: Any) -> None:
    lines = terminal(shuttle(ask_town), "C")
    assert any(line.startswith("1. 03/06 8:00 → vers 8:24  ") for line in lines)
    assert "   vers 8:14  bus Bus2 direction C : B → C, toutes les 8 min environ  vers 8:24" in lines
    assert not any("de marge" in line for line in lines)


def test_the_terminal_promises_no_margin_to_the_minute_after_it(ask_town: Any) -> None:
    lines = terminal(shuttle(ask_town), "D")
    assert [line.strip() for line in lines if "de marge" in line] == ["environ 16 min de marge"]
    assert any(line.startswith("    8:40  bus Bus3") and line.endswith("  8:50") for line in lines)


def test_the_terminal_tells_exact_times_to_the_minute(ask_town: Any) -> None:
    lines = terminal(shuttle(ask_town, exact=1), "D")
    assert not [line for line in lines if "vers " in line or "environ" in line]
    assert len([line for line in lines if "de marge" in line]) == 2


@pytest.mark.parametrize("exact", [0, 1])
def test_a_leg_of_the_api_says_that_its_times_are_approximate_and_how_far_apart_runs_are(
    ask_town: Any, exact: int
) -> None:
    client = shuttle(ask_town, exact)
    trips = answer(client, "C")
    moment_asked = {"time": "2026-06-03T07:55:00+02:00", "timetableView": "false"}
    motis = client.get("/api/v6/plan", query_string={"fromPlace": "t_A", "toPlace": "t_C"} | moment_asked).json
    for found in (trips, motis):
        bus, run = (leg["hent"] for leg in found["itineraries"][0]["legs"])
        assert (bus["approximate"], bus.get("headway")) == (False, None)
        assert (run["approximate"], run.get("headway")) == ((False, None) if exact else (True, 480))


def test_the_description_declares_both_of_a_leg_and_of_a_row_of_a_board(ask_town: Any) -> None:
    described = shuttle(ask_town).get("/openapi.json").json["components"]["schemas"]
    for shape in ("LegNotes", "BoardNotes"):
        members = described[shape]["properties"]
        assert "boolean" in str(members["approximate"]), shape
        assert "integer" in str(members["headway"]), shape


def test_the_api_says_of_an_entry_of_a_shuttle_how_often_and_none_of_its_minutes(ask_town: Any) -> None:
    (entry,) = answer(shuttle(ask_town), "C", fromPlace="t_B", numItineraries=5)["hent"]["entries"]
    assert len(entry["itineraries"]) > 2
    assert plain(entry["sentence"]) == "Bus2 toutes les 8 min environ"


def test_an_entry_of_a_shuttle_and_then_a_bus_says_the_hours_that_the_bus_makes_as_about_then(ask_town: Any) -> None:
    lines = "Bus2\nB C\n8:00 8:10\n\nBus3\nC D\n8:40 8:50\n9:10 9:20\n9:50 10:00"
    client = ask_town(STOPS, lines, more={"frequencies": EVERY_EIGHT["frequencies"].format(exact=0)}, now=NOW)
    (entry,) = answer(client, "D", fromPlace="t_B", numItineraries=3)["hent"]["entries"]
    assert plain(entry["sentence"]) == "Bus2 + Bus3 : vers 8:22, vers 8:54"


def test_who_misses_a_shuttle_reads_about_when_the_next_one_is(ask_town: Any) -> None:
    legs = answer(shuttle(ask_town), "C", ifMissed=True)["itineraries"][0]["legs"]
    missed = [leg["hent"]["ifMissed"] for leg in legs]
    assert plain(missed[1]["sentence"]) == (
        "Si vous le manquez : Bus2 vers 8:22, arrivée vers 8:32 (environ 8 min plus tard)."
    )
    assert missed[1]["next"]["headway"] == 480
    exact = answer(shuttle(ask_town, exact=1), "C", ifMissed=True)["itineraries"][0]["legs"][1]["hent"]["ifMissed"]
    assert plain(exact["sentence"]) == "Si vous le manquez : Bus2 à 8:22, arrivée à 8:32 (8 min plus tard)."
    assert "headway" not in exact["next"]


@pytest.mark.parametrize(("exact", "last", "first"), [(0, "vers 8:54", "vers 7:02"), (1, "à 8:54", "à 7:02")])
def test_the_last_shuttle_and_the_first_of_the_morning_are_about_then(
    ask_town: Any, exact: int, last: str, first: str
) -> None:
    client = shuttle(ask_town, exact)
    gone = answer(client, "C", fromPlace="t_B", time="2026-06-03T20:00:00+02:00")["hent"]["lastDeparture"]
    assert (gone["lastApproximate"], gone["nextApproximate"]) == (not exact, not exact)
    assert f"{last} (ligne Bus2)" in plain(gone["sentence"])
    assert f"demain {first} (ligne Bus2)" in plain(gone["sentence"])


def test_later_boats_at_a_headway_and_the_last_one_are_about_then(ask_town: Any) -> None:
    table = EVERY_EIGHT["frequencies"].format(exact=0).replace("Bus2", "Boat2")
    client = ask_town(STOPS, "Boat2\nB C\n8:00 8:10", more={"frequencies": table}, now=NOW)
    form = {"from": "B", "to": "C", "fromId": "t_B", "toId": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}
    page = plain(text(client.post("/?lang=fr", data=form).text))
    assert "B → C : vers 8:06, vers 8:14, vers 8:22 ; dernier : vers 8:54." in page


def test_who_misses_the_bus_to_a_shuttle_reads_the_minute_of_the_next_bus_and_about_when_they_are_there(
    ask_town: Any,
) -> None:
    lines = "Bus1\nA B\n8:00 8:10\n8:15 8:25\n\nBus2\nB C\n8:00 8:10"
    client = ask_town(STOPS, lines, more={"frequencies": EVERY_EIGHT["frequencies"].format(exact=0)}, now=NOW)
    bus, _ = answer(client, "C", ifMissed=True)["itineraries"][0]["legs"]
    assert plain(bus["hent"]["ifMissed"]["sentence"]) == (
        "Si vous le manquez : Bus1 à 8:15, arrivée vers 8:40 (environ 16 min plus tard)."
    )


def test_who_misses_a_shuttle_to_a_bus_reads_the_minute_at_which_the_next_bus_is_there(ask_town: Any) -> None:
    lines = "Bus2\nB C\n8:00 8:10\n\nBus3\nC D\n8:40 8:50\n8:50 9:00"
    client = ask_town(STOPS, lines, more={"frequencies": EVERY_EIGHT["frequencies"].format(exact=0)}, now=NOW)
    shuttle_leg, _ = answer(client, "D", fromPlace="t_B", ifMissed=True)["itineraries"][0]["legs"]
    assert plain(shuttle_leg["hent"]["ifMissed"]["sentence"]) == (
        "Si vous le manquez : Bus2 vers 8:38, arrivée à 9:00 (environ 10 min plus tard)."
    )


def at_a_headway(run: str, first: str, last: str) -> dict[str, str]:
    head = "trip_id,start_time,end_time,headway_secs,exact_times"
    return {"frequencies": f"{head}\n{run},{first},{last},480,0"}


@pytest.mark.parametrize(
    ("language", "told_about"),
    [
        ("fr", "un bateau part vers 20:15, arrivée vers 20:22."),
        ("br", "ez eus ur vag o loc’hañ war-dro 20:15, erruet war-dro 20:22."),
        ("en", "a boat leaves about 20:15, arriving about 20:22."),
        ("fr-x-falc", "Un bateau part vers 20:15. Vous arrivez vers 20:22."),
    ],
)
def test_a_boat_at_a_headway_that_a_longer_walk_leads_to_is_there_about_then(
    ask_town: Any, language: str, told_about: str
) -> None:
    asked = {"fromPlace": "t_Q", "toPlace": "t_L", "time": "2026-06-03T19:46:00+02:00", "language": language}
    client = ask_town(QUAYS, HARBOUR, more=at_a_headway("Boat2-1", "20:15:00", "20:20:00"), now="2026-06-03 19:46")
    assert told_about in plain(client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]["sentence"])


def test_a_boat_at_a_headway_that_one_walks_to_from_another_leaves_about_then(ask_town: Any) -> None:
    more = at_a_headway("Boat2-1", "20:15:00", "20:20:00")
    asked = {"fromPlace": "t_G", "toPlace": "t_L", "time": "2026-06-03T18:10:00+02:00", "language": "fr"}
    client = ask_town(WITH_AN_ISLAND, WALKED_BETWEEN, more=more, now="2026-06-03 18:10")
    told_gone = plain(client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]["sentence"])
    assert "un bateau part à 19:00 (ligne Boat0) de l’arrêt G, arrivée vers 20:22. " in told_gone
    assert "où vous prenez la ligne Boat2 vers 20:15." in told_gone


@pytest.mark.parametrize(("exact", "told_next"), [(0, "vers 7:02"), (1, "à 7:02")])
def test_the_next_departure_of_an_empty_day_is_about_then(ask_town: Any, exact: int, told_next: str) -> None:
    calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"
    more = {
        "calendar": f"{calendar}\nS,1,1,1,1,1,0,0,20260601,20260630",
        "frequencies": EVERY_EIGHT["frequencies"].format(exact=exact),
    }
    client = ask_town(STOPS, "Bus2\nB C\n8:00 8:10", more=more, now="2026-06-05 12:00")
    reason = answer(client, "C", fromPlace="t_B", time="2026-06-06T10:00:00+02:00")["hent"]["reason"]
    assert f"lundi 8 juin {told_next}" in plain(reason["sentence"])


def test_a_way_with_a_walk_between_two_boats_at_a_headway_is_there_about_then(ask_town: Any) -> None:
    lines = WALKED_BETWEEN.replace("Q     L", "L     Q")
    more = at_a_headway("Boat2-1", "20:15:00", "20:20:00")
    asked = {"fromPlace": "t_G", "toPlace": "t_L", "time": "2026-06-03T18:10:00+02:00", "language": "fr"}
    reason = ask_town(WITH_AN_ISLAND, lines, more=more, now="2026-06-03 18:10").ask("/api/v6/plan", **asked)
    sentence = plain(reason["hent"]["reason"]["sentence"])
    assert "Boat0 aujourd’hui à 19:00, puis Boat2 vers 20:15, arrivée vers 20:22." in sentence
