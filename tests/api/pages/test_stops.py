"""Stops, lines, shared trips and counters as pages."""

import re
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.pages.colour import shades
from gtfs.colour import contrast
from mobility.network.graph import with_place_ways
from mobility.places.build import build as build_places
from mobility.routing.line_days import line_day, merged
from mobility.routing.territory import Territory
from tests.api.conftest import app_of, with_places
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place
from tests.town import at, town

TRIP = "/api/v6/plan?fromPlace=t_A&toPlace=t_E&time=2026-06-03T05:55:00Z"


def test_a_stop_shows_what_leaves_next(client: CheckedClient) -> None:
    page = client.get("/stops/t_A").text
    assert page.index("<b>8:00</b>") < page.index("<b>8:30</b>") < page.index("<b>9:00</b>")
    assert 'href="/lines/t_Bus1"' in page


def test_a_stop_names_what_one_can_walk_to_from_there() -> None:
    found = town("A 0 0, B 6 0, C 0.3 0", "Bus1\nA B\n8:00 8:15")
    network = with_place_ways(replace(found.network, places=(place("counter", "Boutique", "0 0.1"),)), found.streets)
    page = app_of(Territory(network, found.streets, found.days)).test_client().get("/stops/t_A").text
    near, _, here = page[page.index("Arrêts à côté") :].partition("À pied d’ici")
    assert "C</a> <small>5 min (390 m)</small>" in near
    assert "Boutique <small>2 min (130 m)</small>" in here


def test_stops_near_are_told_apart_by_their_quays_and_of_those_called_alike_the_nearest_is_named(ask_town: Any) -> None:
    """Two quays of Gare with a sign, one each way; a stop and its pair across the street."""
    named = {"A": ("A", "", "0 0"), "B": ("Gare", "A", "0.1 0"), "C": ("Gare", "B", "0 0.1"), "F": ("F", "", "5 0")}
    named |= {"D": ("Poste", "", "0.2 0"), "E": ("Poste", "", "0.3 0")}
    placed = {stop: (name, sign, at(where)) for stop, (name, sign, where) in named.items()}
    rows = [f"{stop},{name},{sign},{point.lat},{point.lon}" for stop, (name, sign, point) in placed.items()]
    table = "\n".join(["stop_id,stop_name,platform_code,stop_lat,stop_lon", *rows])
    plan = ", ".join(f"{stop} {where}" for stop, (_, _, where) in named.items())
    lines = "\n\n".join(f"Bus{stop}\n{stop} F\n8:00 8:10" for stop in "ABCDE")
    page = ask_town(plan, lines, more={"stops": table})
    near = page.get("/stops/t_A?lang=fr").text.partition("Arrêts à côté")[2].partition("</ul>")[0]
    assert "Gare, quai A" in near and "Gare, quai B" in near
    assert near.count("Poste") == 1


def test_a_walk_to_a_stop_takes_as_long_as_one_walks_and_not_as_a_change_does(ask_town: Any) -> None:
    """60 m are 46 s on foot; five minutes between two vehicles are the operator's."""
    five = {"transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,300"}
    lines = "Bus1\nA C\n8:00 8:10\n\nBus2\nB C\n8:20 8:30"
    page = ask_town("A 0 0, B 0 0.046, C 3 0", lines, more=five).get("/stops/t_A?lang=fr").text
    assert "B</a> <small>1 min (60 m)</small>" in page


def test_a_stop_is_found_by_its_name(client: CheckedClient) -> None:
    assert 'href="/stops/t_D"' in client.post("/stops", data={"name": "D"}).text
    assert "Aucun arrêt de ce nom." in client.post("/stops", data={"name": "Xyzzy"}).text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "« Rennes » est hors de notre territoire"),
        ("br", "« Rennes »"),
        ("en", "“Rennes” lies outside our area"),
        ("fr-x-falc", "« Rennes »"),
    ],
)
def test_a_stop_of_a_town_elsewhere_is_told_to_lie_there_and_stations_are_offered(
    ask_train: CheckedClient, language: str, said: str
) -> None:
    page = ask_train.post(f"/stops?lang={language}", data={"name": "Rennes"}).text
    assert said in page[page.index('id="name-fault"') :].partition("</p>")[0]
    stations = page[page.index('id="name-meant"') :].partition("</form>")[0]
    assert re.findall(r'<a href="(/stops/[^"?]*)', stations) == ["/stops/t_Gare", "/stops/t_Halte"]
    assert "name-fault" not in ask_train.post("/stops", data={"name": "Gare"}).text


@pytest.fixture(scope="module")
def ask_train() -> CheckedClient:
    train = {"routes": "route_id,route_short_name,route_type\nTrain1,TER,2"}
    found = app_of(with_places(town("Gare 0 0, Halte 9 0", "Train1\nGare Halte\n8:00 8:20", more=train))).test_client()
    assert isinstance(found, CheckedClient)
    return found


def test_an_unknown_stop_is_not_found(client: CheckedClient) -> None:
    assert client.get("/stops/t_nowhere").status_code == 404
    assert client.get("/lines/t_nowhere").status_code == 404


def test_a_line_shows_its_day_as_a_grid(client: CheckedClient) -> None:
    page = client.get("/lines/t_Bus1?day=2026-06-03").text
    assert "premier 8:00, dernier 9:00 · 3 passages" in page
    row = page[page.index("/stops/t_B") :]
    assert row.index("<td>8:10</td>") < row.index("<td>8:40</td>") < row.index("<td>9:10</td>")


ONE_WEEKDAY = {
    "calendar": """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        S,0,1,0,0,0,0,0,20260601,20260630
        """
}


def test_a_line_that_does_not_run_that_day_shows_its_stops_and_the_next_day_that_it_runs(ask_town: Any) -> None:
    """Tuesdays of June 2026 alone; 3 June is a Wednesday."""
    client = ask_town("A 0 0, B 3 0, C 6 0", "Bus1\nA B C\n8:00 8:10 8:20", more=ONE_WEEKDAY)
    page = client.get("/lines/t_Bus1?day=2026-06-03&lang=fr").text
    assert "Prochain jour de passage : <a href=" in page
    assert "day=2026-06-09" in page
    assert "mardi 9 juin 2026" in page
    stops = page[page.index("Vers C") :]
    places = [stops.index(f'"/stops/t_{name}?lang=fr"') for name in "ABC"]
    assert places == sorted(places)
    assert "dans le tableau" not in page
    last = client.get("/lines/t_Bus1?day=2026-07-01&lang=fr").text
    assert "Dernier jour de passage : <a href=" in last
    assert "mardi 30 juin 2026" in last


def test_one_run_is_one_run(ask_town: Any) -> None:
    page = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10").get("/lines/t_Bus1?day=2026-06-03&lang=fr").text
    assert "1 passage<" in page
    assert "1 passages" not in page


def test_all_stops_are_listed_by_commune() -> None:
    found = town("Mairie 0 0, Gare 1 0, Quai 30 0", "Bus1\nMairie Gare Quai\n8:00 8:15 9:00")
    communes = (place("commune", "Hennebont", "0.5 0"), place("commune", "Étel", "30 0"))
    network = replace(found.network, places=communes)
    client = app_of(Territory(network, found.streets, found.days, places=build_places(network))).test_client()
    page = client.get("/stops").text
    etel, hennebont = page.index("Étel</a> <small>1<"), page.index("Hennebont</a> <small>2<")
    assert etel < hennebont
    assert "/stops/t_Gare" not in page
    page = client.get("/communes/Hennebont").text
    assert page.index('href="/stops/t_Gare"') < page.index('href="/stops/t_Mairie"')
    assert "/stops/t_Quai" not in page
    assert client.get("/communes/Paris").status_code == 404


def test_where_no_commune_is_known_all_stops_stand_on_one_page(client: CheckedClient) -> None:
    page = client.get("/stops").text
    assert all(f'href="/stops/t_{name}"' in page for name in "ABCDENM")


def test_a_grid_holds_each_call_of_the_day(territory: Territory) -> None:
    network = territory.network
    (grid,) = line_day(network, network.lines.id.find("t_Night") or 0, date(2026, 6, 3))
    assert [network.stops.name[stop] for stop in grid.stops] == ["N", "B", "M"]
    assert grid.runs == ((85_800, 87_000, 88_200),)


def test_stops_of_branches_are_merged_in_an_order_that_fits_each() -> None:
    assert merged([[1, 2, 4, 5], [1, 3, 4], [6, 5]]) == [1, 2, 3, 4, 6, 5]
    assert merged([[1, 2, 1]]) == [1, 2, 1]


def test_a_shared_trip_is_told_in_the_language_of_its_link(client: CheckedClient) -> None:
    name = client.get(TRIP).get_json()["itineraries"][0]["id"]
    page = client.get(f"/trips/{name}?lang=fr", headers={"Accept-Language": "en"}).text
    assert "jusqu’à" in page
    assert "on foot" not in page


def test_a_trip_is_shared_without_an_address(client: CheckedClient) -> None:
    name = client.get(TRIP).get_json()["itineraries"][0]["id"]
    page = client.get(f"/trips/{name}").text
    assert "8:00 → 8:50" in page
    assert "<svg" in page[page.index('class="qr"') :]


def test_a_trip_goes_into_a_calendar(client: CheckedClient) -> None:
    name = client.get(TRIP).get_json()["itineraries"][0]["id"]
    answer = client.get(f"/trips/{name}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert "DTSTART:20260603T060000Z\r\nDTEND:20260603T065000Z\r\nSUMMARY:A → E\r\n" in answer.text
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))


def test_trips_that_begin_alike_are_events_of_their_own(client: CheckedClient) -> None:
    begun = "20260603_08:00_t_Bus1-1\t0\t1\n20260603_08:30_t_Bus1-2\t1\t2"
    first, second = event_of(client, begun), event_of(client, f"{begun}\n20260603_09:30_t_Boat2-2\t0\t1")
    assert first != second


def event_of(client: CheckedClient, rides: str) -> str:
    """The name of the event that a trip is in a calendar."""
    name = urlsafe_b64encode(rides.encode()).decode()
    text = client.get(f"/trips/{name}/calendar.ics").text
    return next(line for line in text.splitlines() if line.startswith("UID:"))


def test_a_trip_that_is_no_more_says_so(client: CheckedClient) -> None:
    answer = client.get("/trips/nothing")
    assert (answer.status_code, client.get("/trips/nothing/calendar.ics").status_code) == (404, 404)
    assert "Ce trajet n’existe plus" in answer.text


def test_the_rule_of_order_is_a_page(client: CheckedClient) -> None:
    assert "Personne ne paie pour apparaître en premier." in client.get("/ranking").text
    assert "Aucun guichet n’est connu" in client.get("/counters").text


def test_every_line_colour_can_be_read() -> None:
    for colour in ("C2185B", "FFFF00", "808080", "767676", "000000", "FFFFFF", "no colour"):
        fill, ink = shades(colour)
        assert contrast(fill[1:], ink[1:]) >= 4.5
