"""Which ticket for each ride, on which card, where, by which door: in two lines, and as members of `hent.ticket`."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.config import Config, parse_config
from api.config.people import OperatorSection, ProfileSection, TicketsSection
from mobility.errors import InvalidConfig
from mobility.network.place import TerritoryPlace
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.api.test_config import MINIMAL
from tests.api.test_fares import LINES, SECOND, STOPS
from tests.mobility.routing.surroundings import place
from tests.town import town

NOW = "2026-06-03 6:00"
COUNTERS = (
    place("counter", "Boutique du matin", "0 0.1", sells="tickets", opening_hours="Mo-Fr 09:00-12:00"),
    place("counter", "Boutique", "0 0.3", sells="tickets", opening_hours="Mo-Fr 07:00-18:00"),
    place("counter", "Relais", "0 0.5", sells="tickets;korrigo_reload", opening_hours="24/7"),
    place("counter", "Gare maritime", "3 0.2", sells="ferry_tickets", opening_hours="Mo-Su 07:00-19:00"),
)
AGENCY = "t_operator"


def settings(*operators: OperatorSection, notes: Path | None = None, **profile: Any) -> Config:
    tickets = TicketsSection(card="KorriGo", operators=operators, notes=str(notes) if notes else None)
    changed: dict[str, Any] = {"tickets": tickets}
    if profile:
        changed["profiles"] = {**config().profiles, "family": ProfileSection(**profile)}
    return config().model_copy(update=changed)


def client(
    settled: Config, places: tuple[TerritoryPlace, ...] = COUNTERS, more: dict[str, str] | None = None
) -> CheckedClient:
    bare = town(STOPS, LINES, more=SECOND if more is None else more)
    found = app_of(replace(bare, network=replace(bare.network, places=places)), NOW, settled).test_client()
    assert isinstance(found, CheckedClient)
    return found


def agency(of: CheckedClient) -> str:
    return str(asked(of)["legs"][0]["agencyId"])


def asked(of: CheckedClient, **more: str) -> dict[str, Any]:
    query = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T05:55:00Z", "profile": "adult"}
    found: dict[str, Any] = of.ask("/api/v6/plan", **(query | more))["itineraries"][0]
    return found


def ticket(of: CheckedClient, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = asked(of, **more)["hent"]["ticket"]
    return found


def test_each_ride_says_price_card_and_counter_in_two_lines() -> None:
    found = asked(client(settings()))
    bus, boat = found["hent"]["ticket"]["rides"]
    assert [found["legs"][one["legIndex"]]["routeShortName"] for one in (bus, boat)] == [bus["line"], boat["line"]]
    assert (bus["price"], boat["price"]) == ({"minor": 180, "currency": "EUR"}, {"minor": 220, "currency": "EUR"})
    assert (bus["card"], boat["card"]) == ("yes", "unknown")
    assert bus["sentence"].splitlines() == [
        "1,80 € : Ticket bus.",
        "Votre carte KorriGo est acceptée. Guichet ouvert le plus proche : Boutique, à 300 m.",
    ]
    assert boat["counter"]["name"] == "Gare maritime"
    assert not any(isinstance(one["price"]["minor"], float) for one in (bus, boat))


def test_a_counter_is_open_when_the_ride_begins() -> None:
    early = ticket(client(settings(), COUNTERS[:2]))["rides"][0]["counter"]
    assert (early["name"], early["openingHours"]) == ("Boutique", "Mo-Fr 07:00-18:00")
    none = ticket(client(settings(), COUNTERS[:1]))["rides"][0]
    assert none["counter"] is None
    assert "À l’heure du départ, aucun guichet connu près de l’arrêt où vous montez n’est ouvert." in none["sentence"]


def test_on_a_public_holiday_only_what_never_closes_is_called_open() -> None:
    """Christmas is a Friday; the same clock as on other days, an hour later in UTC."""
    christmas = "2026-12-25T06:55:00Z"
    unsure = ticket(client(settings(), COUNTERS[:2]), time=christmas)["rides"][0]
    assert unsure["counter"] is None
    assert "Jour férié : nous ne savons pas si un guichet est ouvert, appelez d’abord." in unsure["sentence"]
    assert ticket(client(settings()), time=christmas)["rides"][0]["counter"]["name"] == "Relais"


def test_a_change_on_the_same_ticket_adds_nothing() -> None:
    free = SECOND | {"fare_transfer_rules": SECOND["fare_transfer_rules"].replace(",up", ",")}
    bus, boat = ticket(client(settings(), more=free))["rides"]
    assert (bus["price"]["minor"], boat["price"]["minor"]) == (180, 0)
    assert boat["sentence"].startswith("Rien de plus à payer : le même ticket est encore valable.")
    assert (bus["counter"]["name"], boat["counter"]) == ("Boutique", None)


def test_what_no_table_says_is_not_known() -> None:
    (bus, boat) = ticket(client(settings(), more={}))["rides"]
    assert (bus["price"], boat["price"]) == (None, None)
    assert bus["sentence"].startswith(
        "Nous ne connaissons pas le prix.\nNous ne savons pas si la carte KorriGo est acceptée."
    )


def test_the_config_says_what_the_tables_do_not() -> None:
    operator = agency(client(settings()))
    doors = (
        OperatorSection(agency=operator, modes=("FERRY",), card="no", sells=("ferry_tickets",)),
        OperatorSection(agency=operator, card="load"),
    )
    bus, boat = ticket(client(settings(*doors)))["rides"]
    assert (bus["card"], boat["card"]) == ("load", "no")
    assert "La carte KorriGo n’est pas acceptée ici : il faut un autre ticket." in boat["sentence"]
    assert "Carte KorriGo : ticket à charger avant de monter." in bus["sentence"]


def test_no_config_loads_a_ticket_that_is_on_paper_only() -> None:
    paper = SECOND | {"fare_media": "fare_media_id,fare_media_name,fare_media_type\ncard,Papier,1"}
    door = OperatorSection(agency=agency(client(settings())), card="load")
    bus = ticket(client(settings(door), more=paper))["rides"][0]
    assert (bus["card"], bus["counter"]["name"]) == ("no", "Boutique"), "which sells tickets and loads no card"
    assert "ouvert" in bus["sentence"]


def test_a_shop_is_handed_the_ticket_and_nothing_of_the_person() -> None:
    operator = agency(client(settings()))
    shop = "https://boutique.example/acheter?produit={product}&de={from}"
    door = OperatorSection(agency=operator, door="hand_over", shop=shop)
    bus = ticket(client(settings(door)))["rides"][0]
    assert (bus["door"], bus["link"]) == ("hand_over", "https://boutique.example/acheter?produit=bus&de=t_A")
    assert bus["linkTells"] == ["product", "from"]
    assert bus["linkSentence"] == "Le lien dit à la boutique : le ticket, l’arrêt de départ. Il ne dit rien de vous."
    informed = OperatorSection(agency=operator, shop="https://boutique.example/")
    told = ticket(client(settings(informed)))["rides"][0]
    assert (told["door"], told["link"], told["linkTells"]) == ("inform", "https://boutique.example/", [])


@pytest.mark.parametrize("shop", ["http://boutique.example/", "javascript:alert(1)", "https://b.example/{email}"])
def test_an_address_that_could_tell_more_is_refused(shop: str) -> None:
    with pytest.raises(InvalidConfig, match="shop"):
        parse_config(f'{MINIMAL}\n[[tickets.operators]]\nagency = "bus"\nshop = "{shop}"\n', Path())


def test_all_who_travel_together_pay_by_what_each_is() -> None:
    family = settings(party=4, riders=("", "", "child", "child"))
    told = ticket(client(family), profile="family")["party"]
    assert (told["minor"], told["currency"], told["people"]) == (2 * 400 + 2 * 310, "EUR", 4)
    assert told["sentence"] == "Pour 2 adultes et 2 enfants : 14,20 €."
    shares = [(one["rider"], one["people"], one["price"]["minor"]) for one in told["shares"]]
    assert shares == [("adult", 2, 400), ("child", 2, 310)]
    three = ticket(client(settings()), passengers="3")
    assert (three["party"]["minor"], three["party"]["sentence"]) == (3 * 400, "Pour 3 adultes : 12,00 €.")
    assert three["sentence"] == "Prix : 4,00 € par personne."
    assert "party" not in ticket(client(settings()))
    assert "party" not in ticket(client(settings(), more={}), passengers="3"), "unknown is unknown for four, too"


@pytest.mark.parametrize(
    ("profile", "price", "line"), [("adult", "4,00 €", "head-line"), ("family", "14,20 € pour 4", "tell-line")]
)
def test_a_long_price_stands_beside_what_is_told_and_a_short_one_beside_the_times(
    profile: str, price: str, line: str
) -> None:
    asks = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55", "profile": profile}
    page = client(settings(party=4, riders=("", "", "child", "child"))).post("/?lang=fr", data=asks).text
    summary = page[page.index("<summary>\n<h3") :].partition("</summary>")[0]
    lines = re.split('class="(head-line|tell-line)"', html.unescape(summary).replace("\N{NO-BREAK SPACE}", " "))[1:]
    told = {
        name: re.findall('class="price">([^<]*)<', text) for name, text in zip(lines[::2], lines[1::2], strict=True)
    }
    assert told == {"head-line": [], "tell-line": []} | {line: [price]}


def test_a_note_is_shown_with_its_day_and_its_source(tmp_path: Path) -> None:
    file = tmp_path / "fares_notes.csv"
    operator = agency(client(settings()))
    file.write_text(
        "agency,kind,text_fr,date,source,first_day,last_day\n"
        f"{operator},return,Aller-retour moins cher au guichet,2026-05-01,guichet,,\n"
        f"{operator},free,Semaine gratuite,2026-05-01,izilo.bzh,2026-09-16,2026-09-22\n"
    )
    (note,) = ticket(client(settings(notes=file)))["notes"]
    assert (note["kind"], note["text"]) == ("return", "Aller-retour moins cher au guichet")
    assert (note["date"], note["source"]) == ("2026-05-01", "guichet")


def test_the_page_and_the_sheet_show_the_two_lines_of_each_ride() -> None:
    page = client(settings()).get("/?from=t_A&to=t_C&time=2026-06-03T07:55", headers={"Accept-Language": "fr"}).text
    assert "Votre carte KorriGo est acceptée." in page


FORM = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}


def page(of: CheckedClient) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", of.post("/", data=FORM).text)).split())


def test_the_page_names_the_counter_that_is_open_and_no_other_beneath_it() -> None:
    told = page(client(settings()))
    assert "Guichet ouvert le plus proche : Boutique, à 300 m." in told
    assert "Guichet le plus proche :" not in told


def test_where_none_is_open_the_page_says_when_the_nearest_one_is() -> None:
    told = page(client(settings(), COUNTERS[:1]))
    closed = told.index("À l’heure du départ, aucun guichet connu près de l’arrêt où vous montez n’est ouvert.")
    hours = "Ouvert du lundi au vendredi, 9 h – 12 h."
    assert f"Guichet le plus proche : Boutique du matin, à 100 m {hours}" in told[closed:]


def test_two_rides_of_which_the_same_is_said_are_told_together() -> None:
    apart, together = page(client(settings())), page(client(settings(), (), more={}))
    assert "Bus1 : 1,80 €" in apart and "Boat2 : 2,20 €" in apart
    assert together.count("Nous ne connaissons pas le prix.") == 1
    assert "Bus1, Boat2 : Nous ne connaissons pas le prix." in together


def test_no_hours_stand_without_the_counter_that_they_are_of() -> None:
    """On the boat the ticket of the bus is still valid: nothing is bought, and no counter named."""
    shared = SECOND | {"fare_transfer_rules": SECOND["fare_transfer_rules"].replace(",up", ",")}
    told = page(client(settings(), more=shared))
    assert "Rien de plus à payer" in told
    before = re.findall(r"(\S+ \S+) Ouvert (?:du|tous)", told)
    assert before == ["300 m."]


@pytest.mark.parametrize(
    ("to", "who", "carnets"),
    [
        ("t_B", {}, ["Carnet de 10 : 1,45 € le trajet, par personne."]),
        ("t_B", {"adults": "2"}, ["Carnet de 10 : 1,45 € le trajet, par personne."]),
        ("t_B", {"children": "1"}, []),
        ("t_C", {}, []),
    ],
    ids=["by bus for 1,80 €", "two adults", "a child pays 0,90 €", "the carnet is not of the boat"],
)
def test_a_carnet_is_told_where_its_ticket_takes_each_all_the_way_for_less(
    tmp_path: Path, to: str, who: dict[str, str], carnets: list[str]
) -> None:
    file = tmp_path / "fares_notes.csv"
    file.write_text(
        "agency,kind,text_fr,date,source,network,price,currency,trips\n"
        f"{agency(client(settings()))},carnet,Carnet de 10 tickets,2026-05-01,guichet,bus,14.50,EUR,10\n"
    )
    told = ticket(client(settings(notes=file)), toPlace=to, **who)["carnets"]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in told] == carnets
