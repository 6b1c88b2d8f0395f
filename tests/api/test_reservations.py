"""What is to be booked ahead, as clients, the page and the terminal say it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from api.present.day_words import DayWords
from api.present.terminal import TerminalReader, told
from api.web.sentences import sentences
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.bookings import booked
from tests.town import moment

EVENING = "2026-06-02 14:00"
ASKED = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T07:50:00+02:00", "searchWindow": "600"}
BEFORE = "À réserver à l’avance, au +33200000000, au plus tard le 02/06/2026 à 15:00. Ask for Anna"


def leg(territory: Territory, **more: str) -> Any:
    answer = app_of(territory, EVENING).test_client().get("/api/v6/plan", query_string=ASKED | more).json
    return answer["itineraries"][0]["legs"][0]


def test_a_leg_says_number_message_and_last_moment() -> None:
    found = leg(booked("1,15:00"))
    assert found["reservation"] == "COMPULSORY"
    assert found["hent"]["reservation"] == {
        "compulsory": True,
        "number": "+33200000000",
        "url": "",
        "message": "Ask for Anna",
        "deadline": "2026-06-02T13:00:00Z",
        "sentence": BEFORE,
    }
    assert found["hent"]["notes"] == [BEFORE]


def test_of_a_stop_on_request_the_driver_is_told() -> None:
    found = leg(booked("1,15:00", calls="A 3 > B > C 3"), language="en")
    assert found["reservation"] == "NONE"
    said = "At the stop, signal to the driver. When you get in, tell the driver that you get out at C."
    assert found["hent"]["reservation"]["sentence"] == said


def test_a_usual_stop_has_nothing_to_arrange() -> None:
    found = leg(booked("1,15:00"), noCompulsoryReservation="true")
    assert (found["reservation"], found["startTime"]) == ("NONE", "2026-06-03T07:00:00Z")
    assert "reservation" not in found["hent"]


def test_in_place_of_a_kept_ride_stands_nothing_to_book_for_who_wants_to_book_nothing() -> None:
    """The bus at 8:00 stops for who has telephoned, those at 7:50 and 9:00 for everyone."""
    client = app_of(booked("1,15:00", before="7:50 8:00 8:10"), EVENING).test_client()
    asked = ASKED | {"time": "2026-06-03T07:45:00+02:00"}
    first = client.get("/api/v6/plan", query_string=asked).json["itineraries"][0]

    def instead(**more: str) -> list[str]:
        query = {"itineraryId": first["id"], "numLegAlternatives": "1", **more}
        (ride,) = client.get("/api/v6/refresh-itinerary", query_string=query).json["legs"]
        return [legs[1]["startTime"][11:16] for legs in ride["alternatives"]]

    assert first["startTime"] == "2026-06-03T05:50:00Z"
    assert instead() == ["06:00"]
    assert instead(noCompulsoryReservation="true") == ["07:00"]


def test_the_terminal_and_the_page_say_it() -> None:
    territory = booked("1,15:00")
    client = app_of(territory, EVENING).test_client()
    answer = client.post("/api/trips", json=ASKED | {"searchWindow": 600, "profile": "adult"}).json
    reader = TerminalReader(DayWords(sentences("fr"), ZoneInfo("Europe/Paris"), moment(EVENING)))
    assert f"   ! {BEFORE}" in list(told(answer, ("A", "C"), reader))
    form = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:50"}
    page = client.post("/", data=form).text
    assert BEFORE in page


def test_a_departure_that_must_be_booked_says_so() -> None:
    client = app_of(booked("1,15:00"), EVENING).test_client()
    board = client.get("/api/v6/stoptimes", query_string={"stopId": "t_A", "time": ASKED["time"], "n": 2}).json
    assert [one["reservation"] for one in board["stopTimes"]] == ["COMPULSORY", "NONE"]


def test_the_stop_page_and_the_board_say_how_before_one_gets_in() -> None:
    client = app_of(booked("1,15:00"), EVENING).test_client()
    page = client.get("/stops/t_A?at=2026-06-03T07:50").text
    assert page.count(f'<small class="note">{BEFORE}</small>') == 1
    at_b = client.get("/stops/t_B?at=2026-06-03T07:50").text
    assert '<small class="note">À l’arrêt, faites signe au conducteur.</small>' in at_b
    board = client.get("/api/v6/stoptimes", query_string={"stopId": "t_A", "time": ASKED["time"], "n": 2}).json
    asked, usual = board["stopTimes"]
    assert (asked["hent"]["reservation"]["number"], asked["hent"]["reservation"]["deadline"]) == (
        "+33200000000",
        "2026-06-02T13:00:00Z",
    )
    assert "reservation" not in usual["hent"]
