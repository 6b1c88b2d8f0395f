"""A day on which only a driver goes: what the notice, the order, the labels and the way there and back say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from re import DOTALL, findall, sub

import pytest

from mobility.carpool.offer import OneDay
from mobility.places.build import build as build_places
from tests.api.carpool.test_trips import ASKED, plain
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.carpool.rides import offer, shared

SUNDAY = {"from": "t_A", "to": "t_B", "when": "leave", "moment": "2026-06-07T10:00"}
NOT_ON_SUNDAYS = """
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    S,1,1,1,1,1,1,0,20260101,20261231
    """


@pytest.fixture(scope="module")
def sunday_client() -> CheckedClient:
    """Buses run from Monday to Saturday; on Sunday Anna drives there at 10:30, and Yann back at 17:00."""
    sunday = OneDay(date(2026, 6, 7))
    offers = [offer("Anna", "A 10:30 > B 10:40", schedule=sunday), offer("Yann", "B 17:00 > A 17:10", schedule=sunday)]
    lines = "Bus1\nA B\n6:13 6:38\n\nBus2\nA B\n6:30 7:10\n\nBus3\nB A\n7:00 7:25"
    calendar = {"calendar": NOT_ON_SUNDAYS}
    territory, _ = shared(offers, "A 0 0, B 10 0", lines, "2026-06-05 9:00", more=calendar)
    return CheckedClient(app_of(replace(territory, places=build_places(territory.network)), "2026-06-05 9:00"))


def words(page: str) -> str:
    """What the page says, as text."""
    main = page[page.index("<main") : page.index("</main>")]
    return plain(" ".join(unescape(sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=DOTALL)).split()))


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        (
            "fr",
            "Sans covoiturage, dimanche 7 juin, il n’y a pas de départ pour ce trajet. Prochain départ : lundi 8 juin",
        ),
        ("br", "Hep kenweturiñ, n’eus loc’hadenn ebet evit ar veaj-mañ"),
        ("en", "Without a carpool, there is no departure for this trip on Sunday"),
        ("fr-x-falc", "Sans la voiture d’une personne, dimanche 7 juin, il n’y a pas de bus et pas de bateau"),
    ],
)
def test_on_a_day_when_only_a_driver_goes_the_notice_speaks_of_what_goes_without_one(
    sunday_client: CheckedClient, language: str, notice: str
) -> None:
    assert notice in words(sunday_client.post(f"/?lang={language}", data=SUNDAY).text)


def test_the_driver_of_the_day_stands_before_the_bus_of_the_next_and_both_say_their_day(
    sunday_client: CheckedClient,
) -> None:
    page = sunday_client.post("/?lang=fr", data=SUNDAY).text
    heads = [words(f"<main>{one}</main>") for one in findall(r"<summary>.*?</summary>", page, DOTALL)]
    car, bus = [one for one in heads if "10:30 →" in one or "6:13 →" in one]
    assert "10:30 → 10:40" in car and "dimanche 7 juin" in car
    assert "6:13 → 6:38" in bus and "lundi 8 juin" in bus


def test_beside_a_driver_who_is_faster_no_bus_is_called_the_fastest(sunday_client: CheckedClient) -> None:
    """It is on Saturday, when no driver goes."""

    def labels(time: str) -> set[str]:
        asked = ASKED | {"toPlace": "t_B", "time": time, "profile": "adult"}
        found = sunday_client.get("/api/v6/plan", query_string=asked).json["itineraries"]
        return {label for one in found for label in one["hent"]["labels"]}

    assert "fastest" in labels("2026-06-06T04:00:00Z")
    on_sunday = labels("2026-06-07T08:00:00Z")
    assert "with_carpool" in on_sunday and "best" in on_sunday and "fastest" not in on_sunday


def test_there_and_back_goes_with_the_drivers_of_a_day_without_a_bus(sunday_client: CheckedClient) -> None:
    page = words(sunday_client.post("/round-trip?lang=fr", data=SUNDAY | {"backMoment": "2026-06-07T16:00"}).text)
    assert "Aller : 10:30 → 10:40 dimanche 7 juin" in page
    assert "Retour : 17:00 → 17:10 dimanche 7 juin" in page
    assert page.count("Sans covoiturage, dimanche 7 juin, il n’y a pas de départ pour ce trajet.") == 2
    assert "Demandez une place" in page


def test_there_and_back_says_at_once_that_no_driver_has_said_yes(sunday_client: CheckedClient) -> None:
    """And names no driver, who may refuse, as the last way back."""
    page = words(sunday_client.post("/round-trip?lang=fr", data=SUNDAY | {"backMoment": "2026-06-07T16:00"}).text)
    out, back = page.index("Aller : 10:30"), page.index("Retour : 17:00")
    assert "À demander : personne n’a encore dit oui. En cas de refus : le trajet 6:13 → 6:38" in page[out:back]
    assert "À demander : personne n’a encore dit oui. En cas de refus : le trajet 7:00 → 7:25" in page[back:]
    assert "Dernier retour" not in page


def test_in_a_calendar_a_ride_that_no_driver_has_accepted_is_tentative(sunday_client: CheckedClient) -> None:
    by_bus = SUNDAY | {"moment": "2026-06-06T06:00", "backMoment": "2026-06-07T16:00"}
    calendar = sunday_client.post("/round-trip/calendar.ics?lang=fr", data=by_bus).text.replace("\r\n ", "")
    out, back = calendar.split("BEGIN:VEVENT")[1:]
    assert "Bus1" in out and "STATUS" not in out
    assert "STATUS:TENTATIVE\r\n" in back and "À demander : personne n’a encore dit oui" in plain(back)


NOT_AT_WEEKENDS = NOT_ON_SUNDAYS.replace("S,1,1,1,1,1,1,0", "S,1,1,1,1,1,0,0")


def weekend_client(lines: str, drives: str, end: str = "20261231") -> CheckedClient:
    """What runs from Monday to Friday; Anna drives but once: `5 20:15 > 20:30`, of June."""
    day, leaves, _, arrives = drives.split()
    offers = [offer("Anna", f"A {leaves} > B {arrives}", schedule=OneDay(date(2026, 6, int(day))))]
    calendar = {"calendar": NOT_AT_WEEKENDS.replace("20261231", end)}
    territory, _ = shared(offers, "A 0 0, B 10 0", lines, "2026-06-05 9:00", more=calendar)
    return CheckedClient(app_of(replace(territory, places=build_places(territory.network)), "2026-06-05 9:00"))


FRIDAY, SATURDAY, MONDAY = "5 20:15 > 20:30", "6 10:30 > 10:45", "8 7:00 > 7:20"
WEEKDAY_BUS = "Bus1\nA B\n6:33 7:20\n20:01 20:40"
WEEKDAY_BOAT = "Boat1\nA B\n6:33 7:20\n20:01 20:40"


def told_of(client: CheckedClient, time: str, language: str = "fr", **asked: str) -> str:
    """Of an answer in which a driver is all there is."""
    asked = ASKED | {"toPlace": "t_B", "time": time, "language": language} | asked
    answer = client.get("/api/v6/plan", query_string=asked).json
    assert [one["legs"][0]["mode"] for one in answer["itineraries"]] == ["RIDE_SHARING"]
    gone = answer["hent"]["lastDeparture"]
    return plain(gone["sentence"]) if gone else ""


@pytest.mark.parametrize(
    ("language", "lines", "told"),
    [
        (
            "fr",
            WEEKDAY_BUS,
            "Sans covoiturage, à cette heure-là, il n’y a plus de départ pour ce trajet : le dernier est à 20:01 "
            "(ligne Bus1). Prochain départ : lundi 8 juin à 6:33 (ligne Bus1). Un covoiturage est possible à 20:15.",
        ),
        (
            "fr",
            WEEKDAY_BOAT,
            "Sans covoiturage, à cette heure-là, il n’y a plus de bateau pour ce trajet : le dernier part à 20:01 "
            "(ligne Boat1) de l’arrêt A. Le prochain que vous pouvez prendre part lundi 8 juin à 6:33. "
            "Un covoiturage est possible à 20:15.",
        ),
        (
            "br",
            WEEKDAY_BUS,
            "Hep kenweturiñ, d’an eur-se ne vo loc’hadenn ebet ken evit ar veaj-mañ : an hini diwezhañ a vo da 20:01 "
            "(linenn Bus1). An hini da-heul a vo Lun 8 Mezheven da 6:33 (linenn Bus1). "
            "Gallout a rit kenweturiñ da 20:15.",
        ),
        (
            "en",
            WEEKDAY_BUS,
            "Without a carpool, at that hour there are no more departures for this trip: the last one is at 20:01 "
            "(line Bus1). The next one is on Monday 8 June at 6:33 (line Bus1). A carpool is possible at 20:15.",
        ),
        (
            "fr-x-falc",
            WEEKDAY_BUS,
            "Sans la voiture d’une personne, à cette heure-là, il n’y a plus de bus et plus de bateau. "
            "Le dernier part à 20:01 (ligne Bus1). Le suivant part lundi 8 juin à 6:33 (ligne Bus1). "
            "Une personne part en voiture à 20:15. Vous pouvez demander une place.",
        ),
    ],
)
def test_who_has_but_a_driver_left_on_friday_evening_hears_of_the_last_one_and_of_monday(
    language: str, lines: str, told: str
) -> None:
    assert told_of(weekend_client(lines, FRIDAY), "2026-06-05T18:05:00Z", language) == told


def test_on_a_day_with_a_driver_alone_and_none_on_the_next_one_hears_that_nothing_else_runs() -> None:
    assert told_of(weekend_client(WEEKDAY_BUS, SATURDAY), "2026-06-06T07:00:00Z") == (
        "Sans covoiturage, samedi 6 juin, il n’y a pas de départ pour ce trajet. "
        "Prochain départ : lundi 8 juin à 6:33 (ligne Bus1). Un covoiturage est possible samedi 6 juin à 10:30."
    )


def test_where_no_timetable_goes_on_no_next_departure_is_told() -> None:
    client = weekend_client(WEEKDAY_BUS, FRIDAY, end="20260606")
    assert told_of(client, "2026-06-05T18:05:00Z") == (
        "Sans covoiturage, à cette heure-là, il n’y a plus de départ pour ce trajet : le dernier est à 20:01 "
        "(ligne Bus1). Un covoiturage est possible à 20:15."
    )
    asked = ASKED | {"toPlace": "t_B", "time": "2026-06-05T18:05:00Z"}
    gone = client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]
    assert (gone["next"], gone["nextApproximate"]) == (None, False)
    assert (gone["last"], gone["carpool"]) == ("2026-06-05T20:01:00+02:00", "2026-06-05T20:15:00+02:00")


@pytest.mark.parametrize(
    ("drives", "time", "told"),
    [
        (
            SATURDAY,
            "2026-06-06T09:00:00Z",
            "Sans covoiturage, samedi 6 juin, il n’y a pas de départ pour ce trajet. Prochain départ : lundi 8 juin à "
            "6:33 (ligne Bus1). Un covoiturage est possible samedi 6 juin à 10:30.",
        ),
        (
            MONDAY,
            "2026-06-08T05:30:00Z",
            "Sans covoiturage, lundi 8 juin, il n’y a pas de départ qui arrive à temps. Prochain départ : lundi 8 juin "
            "à 9:00 (ligne Bus1). Un covoiturage est possible lundi 8 juin à 7:00.",
        ),
    ],
    ids=["no bus that day", "the first bus is later"],
)
def test_who_must_be_there_by_an_hour_that_a_driver_alone_meets_hears_what_runs_that_day(
    drives: str, time: str, told: str
) -> None:
    """No bus has left within a day before it."""
    lines = "Bus1\nA B\n9:00 9:40" if drives is MONDAY else "Bus1\nA B\n6:33 7:20"
    assert told_of(weekend_client(lines, drives), time, arriveBy="true") == told


def test_above_a_driver_alone_the_page_and_there_and_back_say_so() -> None:
    client = weekend_client(WEEKDAY_BUS, FRIDAY)
    evening = SUNDAY | {"moment": "2026-06-05T20:05"}
    page = words(client.post("/?lang=fr", data=evening).text)
    told = "Sans covoiturage, à cette heure-là, il n’y a plus de départ pour ce trajet"
    assert page.index(told) < page.index("Demander une place")
    there_and_back = words(client.post("/round-trip?lang=fr", data=evening | {"backMoment": "2026-06-05T22:00"}).text)
    assert f"Aller : {told}" in there_and_back
