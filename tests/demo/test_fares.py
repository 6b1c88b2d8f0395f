"""What the demo's fares show: areas, a change on one ticket, an evening, two riders, two media. Illustrative."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from api.app import create_app
from api.config import read_config
from api.pages.told_tickets import told_once
from api.territory.in_service import Following
from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient
from tests.demo_in_service import demo_in_service
from tests.town import moment


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> CheckedClient:
    config, data = read_config(ROOT / "config.toml"), demo_in_service(tmp_path_factory)
    app = create_app(config, Following(data, config), lambda: moment("2026-12-01 7:00"))
    app.test_client_class = CheckedClient
    found = app.test_client()
    assert isinstance(found, CheckedClient)
    return found


def ticket(client: CheckedClient, start: str, end: str, time: str, **more: str) -> Any:
    query = {"fromPlace": f"lorient_{start}", "toPlace": f"lorient_{end}", "time": f"2026-12-01T{time}:00+01:00"}
    return client.ask("/api/v6/plan", **query, **more)["itineraries"][0]["hent"]["ticket"]


def test_an_evening_costs_less_than_a_day(client: CheckedClient) -> None:
    way = "gare-a", "hotel-de-ville-lanester"
    assert [ticket(client, *way, time)["price"]["minor"] for time in ("12:00", "21:15")] == [180, 120]


def test_departures_of_two_prices_are_two_entries(client: CheckedClient) -> None:
    """From 21:00 to midnight a ride costs 1,20 €, before and after it 1,80 €; an entry names one price."""
    start, end = "lorient_gare-a", "lorient_hotel-de-ville-lanester"
    for time, prices in (("20:30", {120, 180}), ("12:00", {180})):
        query = {"fromPlace": start, "toPlace": end, "time": f"2026-12-01T{time}:00+01:00", "profile": "adult"}
        answer = client.ask("/api/v6/plan", **query, numItineraries=8)
        told = [
            {answer["itineraries"][row]["hent"]["ticket"]["price"]["minor"] for row in entry["itineraries"]}
            for entry in answer["hent"]["entries"]
        ]
        assert all(len(some) == 1 for some in told), time
        assert set.union(*told) == prices, time


def test_a_family_pays_by_age_and_the_boat_is_no_bus(client: CheckedClient) -> None:
    told = ticket(client, "gare-maritime-quai", "port-tudy", "08:00", profile="family")
    assert (told["price"]["minor"], told["party"]["minor"]) == (1850, 2 * 1850 + 2 * 1100)
    (ferry,) = told["rides"]
    assert (ferry["card"], ferry["counter"]["name"]) == ("no", "Guichet de la Gare Maritime (illustratif)")
    assert [note["kind"] for note in told["notes"]] == ["return", "book"]


FOUR = [
    (
        ("gare-a", "hotel-de-ville-lanester"),
        "1,80 € : Ticket à l'unité (tarif illustratif).\nCarte KorriGo : ticket à charger avant de monter. "
        "Guichet ouvert le plus proche : Boutique mobilité de la Gare d'Échanges (illustrative), à ",
    ),
    (
        ("port-louis-la-pointe", "embarcadere"),
        "1,80 € : Ticket à l'unité (tarif illustratif).\nVotre carte KorriGo est acceptée. "
        "Guichet ouvert le plus proche : Relais de vente de Port-Louis (illustratif), à ",
    ),
    (
        ("gare-maritime-quai", "port-tudy"),
        "18,50 € : Traversée simple vers Groix (tarif illustratif).\n"
        "La carte KorriGo n’est pas acceptée ici : il faut un autre ticket. "
        "Guichet ouvert le plus proche : Guichet de la Gare Maritime (illustratif), à ",
    ),
    (
        ("gare-voie-1", "hennebont-gare-train"),
        "3,40 € : Billet de train (tarif illustratif).\nCarte KorriGo : ticket à charger avant de monter. "
        "Guichet ouvert le plus proche : Guichet du train de la Gare d'Échanges (illustratif), à ",
    ),
]
"""Bus, boat of the harbour, ferry, train: what fares.csv, the operators of config.toml and counters.csv say of each."""


@pytest.mark.parametrize(("way", "sentence"), FOUR)
def test_bus_boat_ferry_and_train_each_say_their_own(
    client: CheckedClient, way: tuple[str, str], sentence: str
) -> None:
    assert ticket(client, *way, "08:30")["rides"][0]["sentence"].startswith(sentence)


def test_a_bus_ticket_on_the_card_does_not_hold_on_the_train(client: CheckedClient) -> None:
    bus, train = ticket(client, "universite", "branderion-gare", "08:00")["rides"]
    assert (bus["line"], train["line"]) == ("T1", "TER")
    assert train["price"] == {"minor": 340, "currency": "EUR"}
    assert "chargez un autre ticket avant de monter, le précédent n’est pas valable ici" in train["sentence"]
    assert train["link"].endswith("/train?de=lorient_gare-voie-1&a=lorient_branderion-gare&billet=billet-train")


BY_TRAIN = ["T1", "TER", "T4"]


def test_bus_train_and_bus_are_three_tickets_whose_prices_stand_on_the_page(client: CheckedClient) -> None:
    """1.80 + 3.40 + 1.80, as fares.csv has them: a rule of changes is about two rides that follow each other, and the
    train lies between the two buses."""
    query = {"fromPlace": "lorient_ploemeur-eglise", "toPlace": "lorient_hennebont-centre", "language": "fr"}
    found = client.ask("/api/v6/plan", **query, time="2026-12-01T08:02:00+01:00")["itineraries"]
    told = next(
        one["hent"]["ticket"] for one in found if [ride["line"] for ride in one["hent"]["ticket"]["rides"]] == BY_TRAIN
    )
    assert [ride["price"]["minor"] for ride in told["rides"]] == [180, 340, 180]
    assert (told["price"]["minor"], told["price"]["complete"]) == (700, True)
    assert [len(one["lines"]) for one in told_once(told["rides"])] == [1, 1, 1]


def test_a_pass_of_the_town_is_told_on_no_bus_of_the_island(
    client: CheckedClient,
) -> None:
    """G2 is of the operator whose pass it is, and paid by other fares: 2.50 € beside the 1.80 € of the town's bus."""
    told = ticket(client, "port-tudy-bus", "groix-bourg", "11:20")
    assert ([one["line"] for one in told["rides"]], told["notes"]) == (["G2"], [])
    query = {"fromPlace": "lorient_gare-a", "toPlace": "lorient_locmaria", "time": "2026-12-01T09:00:00+01:00"}
    (trip, *_) = client.ask("/api/v6/plan", **query)["itineraries"]
    of_trip = trip["hent"]["ticket"]
    assert [one["price"]["minor"] for one in of_trip["rides"]] == [180, 1850, 250]
    assert [note["kind"] for note in of_trip["notes"]] == ["carnet", "pass", "return", "book", "card"]
    page = client.get(f"/trips/{quote(trip['id'], safe='')}/compare?lang=fr&trips=10").text
    assert re.findall(r"<td[^>]*>([0-9,]+)\xa0?.?€</td></tr>", page) == ["14,50", "18,00", "31,00"]


def test_where_no_counter_is_open_the_nearest_that_sells_the_buses_tickets_is_named(client: CheckedClient) -> None:
    """At six the train's counter, next door, is shut as well; it loads the same card with other tickets."""
    early = ticket(client, "gare-a", "hotel-de-ville-lanester", "06:00")
    assert [one["counter"] for one in early["rides"]] == [None]
    assert early["counter"]["name"] == "Boutique mobilité de la Gare d'Échanges (illustrative)"
    by_train = ticket(client, "gare-voie-1", "hennebont-gare-train", "12:39")
    assert [one["line"] for one in by_train["rides"]] == ["TER"]
    assert by_train["counter"]["name"] == "Guichet du train de la Gare d'Échanges (illustratif)"


def test_what_a_counter_loads_the_card_with_stands_beside_it(client: CheckedClient) -> None:
    page = client.get("/counters?lang=fr").text
    assert "billets de train, recharge KorriGo (billets de train), renseignements" in page
    assert "tickets, recharge KorriGo (tickets)<" in page


def test_two_rides_that_are_each_paid_for_are_told_one_by_one() -> None:
    """Two buses of the island, 2.50 € each; the boat that follows on the same ticket as another one adds nothing."""
    bus = {"line": "G1", "sentence": "2,50 € : Ticket de bus.", "link": "", "counter": None, "price": {"minor": 250}}
    free = {"line": "B1", "sentence": "Rien de plus à payer.", "link": "", "counter": None, "price": {"minor": 0}}
    told = told_once([bus, bus | {"line": "G2"}, free, free | {"line": "B2"}])
    assert [one["lines"] for one in told] == [["G1"], ["G2"], ["B1", "B2"]]


def test_an_agent_compares_ticket_carnet_and_pass_for_the_trip_at_hand(client: CheckedClient) -> None:
    """From the answer: the sheet, the comparison, a number: three actions. The sheet itself is one."""
    query = {"fromPlace": "lorient_gare-a", "toPlace": "lorient_hotel-de-ville-lanester"}
    name = client.ask("/api/v6/plan", **query, time="2026-12-01T12:00:00+01:00")["itineraries"][0]["id"]
    french = {"Accept-Language": "fr"}
    sheet = client.get(f"/trips/{quote(name, safe='')}", headers=french).text
    assert "ticket à charger avant de monter" in sheet and "du lundi au vendredi, 8 h – 18 h 30" in sheet
    address = f"/trips/{quote(name, safe='')}/compare"
    page = client.get(address, headers=french, query_string={"trips": "21"}).text
    totals = re.findall(r"<td[^>]*>([0-9,]+)\xa0?.?€</td></tr>", page)
    assert totals == ["31,00", "37,80", "43,50"], page
    assert page.count("dès 18 trajets par mois") == 1
    assert client.get("/trips/nothing/compare", headers=french).status_code == 404
