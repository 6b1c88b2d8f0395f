"""A bicycle that is to come aboard: asked for with who travels, told under each entry, kept wherever the form leads."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place, surrounded
from tests.town import at

STOPS = "A 0 0, B 5 0, C 10 0"
LINES = """
    Bus1
    A     B
    8:00  8:10

    Boat2
    B     C
    8:20  8:30

    Bus3
    A     C
    8:05  8:25
    """
TAKEN = "route_id,service_id,trip_id,bikes_allowed\nBus1,S,Bus1-1,1\nBoat2,S,Boat2-1,1\nBus3,S,Bus3-1,2"
UNTOLD = TAKEN.replace("Boat2-1,1", "Boat2-1,0")
REFUSED = TAKEN.replace("Boat2-1,1", "Boat2-1,2")
FORM = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}
BIKE = FORM | {"bike": "1"}


def asked(client: CheckedClient, form: dict[str, str], language: str = "fr", path: str = "/") -> str:
    return unescape(client.post(f"{path}?lang={language}", data=form).text).replace("\N{NO-BREAK SPACE}", " ")


def words(part: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def entries(page: str) -> list[str]:
    return [words(one) for one in re.findall(r'<li class="card option.*?</details>\s*<', page, re.DOTALL)]


def is_ticked(page: str) -> bool:
    return '<input type="checkbox" id="bike" name="bike" value="1" checked' in page


@pytest.mark.parametrize(
    ("language", "words_of_it", "short"),
    [
        ("fr", "Emporter un vélo", "vélo"),
        ("br", "Kemer ur velo ganeoc’h", "velo"),
        ("en", "Take a bike along", "bike"),
        ("fr-x-falc", "Je prends mon vélo avec moi", "vélo"),
    ],
)
def test_the_form_asks_for_it_and_the_answer_keeps_it_and_says_so(
    ask_town: Any, language: str, words_of_it: str, short: str
) -> None:
    client = ask_town(STOPS, LINES, more={"trips": TAKEN})
    fresh = unescape(client.get(f"/?lang={language}").text)
    assert f"{words_of_it}</label>" in fresh
    assert not is_ticked(fresh)
    page = asked(client, BIKE, language)
    assert is_ticked(page)
    assert f" · {short}</span>" in page, "beside the day, above the entries"
    assert not is_ticked(asked(client, FORM, language))


def test_a_vehicle_that_refuses_it_is_left_out_and_who_has_none_still_finds_it(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, more={"trips": TAKEN})
    assert any("8:05 → 8:25" in one for one in entries(asked(client, FORM)))
    (only,) = entries(asked(client, BIKE))
    assert "8:00 → 8:30" in only
    assert "Vélo accepté à bord" in only


def test_where_nobody_says_that_it_may_come_the_closed_entry_counts_it_and_the_opened_one_tells_it(
    ask_town: Any,
) -> None:
    client = ask_town(STOPS, LINES, more={"trips": UNTOLD})
    (only,) = entries(asked(client, BIKE))
    assert "1 point à vérifier" in only
    assert only.count("Nous ne savons pas si ce véhicule prend les vélos, demandez avant : bateau Boat2.") == 1
    assert "Vélo accepté" not in only


@pytest.mark.parametrize(
    ("language", "why", "button"),
    [
        (
            "fr",
            "Avec un vélo, nous ne trouvons aucun trajet à ces heures-là. Sans vélo, il y en a.",
            "Chercher sans vélo",
        ),
        ("br", "Gant ur velo ne gavomp beaj ebet d’an eurioù-se. Hep velo ez eus.", "Klask hep velo"),
        ("en", "With a bike we find no trip at these hours. Without a bike there is one.", "Search without a bike"),
        (
            "fr-x-falc",
            "Avec un vélo, nous ne trouvons aucun trajet à ces heures-là. Sans vélo, il y en a.",
            "Chercher sans vélo",
        ),
    ],
)
def test_where_all_refuse_it_the_answer_says_that_there_is_a_way_without(
    ask_town: Any, language: str, why: str, button: str
) -> None:
    client = ask_town(STOPS, LINES, more={"trips": REFUSED})
    page = asked(client, BIKE, language)
    assert f'<p class="reason">{why}</p>' in re.sub("</?span[^>]*>", "", page)
    pressed = re.search(rf'<button form="search" name="(\w+)" value="1">{button}', page)
    assert pressed is not None
    without = asked(client, BIKE | {pressed[1]: "1"}, language)
    assert entries(without) and not is_ticked(without)


def test_where_nothing_goes_without_it_either_it_is_no_reason(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, more={"trips": REFUSED})
    page = asked(client, BIKE | {"from": "t_C", "to": "t_A"})
    assert "aucun bus, train ni bateau n’assure ce trajet" in page
    assert "Chercher sans vélo" not in page


def test_who_is_alone_rides_to_the_stop_and_from_it_and_with_others_one_walks(ask_town: Any) -> None:
    """2.5 km to the bus at A, 1.3 times as long by road: 13 minutes at 4.2 m/s, too far to walk for anybody."""
    client = ask_town("A 0 0, B 12 0", "Bus1\nA B\n8:30 8:50")
    home = at("-2.5 0")
    door = f"{home.lat},{home.lon}"
    form = BIKE | {"from": door, "fromId": door, "to": "t_B"}
    (ridden,) = entries(asked(client, form))
    assert re.search(r"à vélo \(3,2 km\)|à vélo \(3,3 km\)", ridden)
    assert entries(asked(client, form | {"adults": "2"})) == []
    assert entries(asked(client, form | {"profile": "reduced_mobility"})) == []


def test_of_a_taxi_it_is_said_once_that_nobody_knows() -> None:
    rank = place("taxi_rank", "Station", "10 0.1", phone="02 61 91 00 00")
    beside = CheckedClient(app_of(surrounded(rank, stops="A 0 0, B 10 0", lines="Bus1\nA B\n8:00 8:20")))
    home = at("10.8 0")
    door = f"{home.lat},{home.lon}"
    form = FORM | {"from": "t_A", "to": door, "toId": door, "adults": "2"}
    told = "Transport à la demande, taxi, covoiturage : nous ne savons pas s’ils prennent les vélos, demandez avant."
    assert asked(beside, form | {"bike": "1"}).count(told) == 1
    assert told not in asked(beside, form)


def test_every_way_on_keeps_it(ask_town: Any) -> None:
    """The link with the places, the way back, the next page; the way there and back says it of each line."""
    client = ask_town(STOPS, LINES, more={"trips": UNTOLD})
    link = re.search(r'<input id="link"[^>]*value="[^"]*(/\?[^"]*)"', asked(client, BIKE | {"link": "1"}))
    assert link is not None
    assert is_ticked(unescape(client.get(link[1]).text))
    assert is_ticked(asked(client, BIKE | {"wayBack": "2026-06-03T08:30"}))
    cursor = re.search(r'name="cursor" value="([^"]+)" data-goes-on="after"', asked(client, BIKE))
    assert cursor is not None
    assert is_ticked(asked(client, BIKE | {"cursor": cursor[1]}))
    both = asked(client, BIKE, path="/round-trip")
    assert is_ticked(both)
    assert [f">{one}</span>" in both for one in ("Vélo accepté : Bus1.", "Vélo, à demander : Boat2.")] == [True, True]


def test_a_kept_trip_says_it_too(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, more={"trips": UNTOLD})
    path = re.search(r'href="(/trips/[^"/]+)"', asked(client, BIKE))
    assert path is not None and "requireBikeTransport=true" in path[1]
    page = words(unescape(client.get(path[1]).text).replace("\N{NO-BREAK SPACE}", " "))
    assert "Nous ne savons pas si ce véhicule prend les vélos, demandez avant : bateau Boat2." in page
    assert "Qui voyage : Adulte, vélo" in page
    assert "requireBikeTransport=true" in asked(client, BIKE).partition("calendar.ics")[2][:60]
    assert "vélo" not in words(unescape(client.get(path[1].partition("?")[0]).text).partition("<footer")[0])


def test_who_keeps_the_trip_on_their_device_keeps_it_and_old_ones_stay_as_they_were(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, more={"trips": TAKEN})
    with_it, without = (
        re.findall(r'data-keep-as="trips" data-one="(.*?)" aria-pressed', asked(client, form)) for form in (BIKE, FORM)
    )
    assert '"bike":true' in str(with_it) and '"bike"' not in str(without)
