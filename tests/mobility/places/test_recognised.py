"""Word by word: where one may travel unasked, and what a place from elsewhere is not taken for."""

import os
from datetime import date
from pathlib import Path

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build as build_network
from mobility.network.network import Network
from mobility.places.build import build
from mobility.places.equal_words import TABLE, things
from mobility.places.index import PlaceIndex
from mobility.places.match import Wanted
from mobility.places.recognised import understood
from mobility.places.words import words
from tests.mobility.places.test_index import named

DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""))
IN_FRANCE = Wanted(around=frozenset({"france"}))
ELSEWHERE = ["Paris", "Brest", "Quimper", "Tours", "Caen", "Lille", "Toulouse", "Bordeaux", "Le Mans", "Brit Hotel"]


def meant(places: PlaceIndex, text: str) -> str:
    sure = understood(places, text, 5, IN_FRANCE).sure
    return sure.name if sure else ""


@pytest.mark.parametrize("typed", ELSEWHERE)
def test_a_name_from_elsewhere_is_asked_about(places: PlaceIndex, typed: str) -> None:
    found = understood(places, typed, 5)
    assert (found.sure, found.street) == (None, False)


@pytest.mark.parametrize("typed", ["Brit Hotel", "Le Mans", "Lorient xyzzy"])
def test_choices_are_given_where_some_of_it_is_known(places: PlaceIndex, typed: str) -> None:
    assert understood(places, typed, 5).found != ()


def test_the_words_that_were_not_recognised_are_told_as_typed(places: PlaceIndex) -> None:
    assert understood(places, "Rue de Liège, Lorient", 5).unknown == ("Rue", "Liège")
    assert understood(places, "12 rue du Port Lorient", 5).unknown == ("12", "rue")
    assert understood(places, "plage groix", 5).unknown == ("plage",)


@pytest.mark.parametrize(
    "typed", ["Rue de Liège, Lorient", "12 rue du Port Lorient", "5 straed Ar Mor, Groix", "bd Joffre"]
)
def test_an_address_is_told_to_be_one(places: PlaceIndex, typed: str) -> None:
    found = understood(places, typed, 5)
    assert (found.sure, found.street) == (None, True)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("gare dechange", "Gare d'Échanges"),
        ("gare d ech", "Gare d'Échanges"),
        ("Lorient gare", "Gare d'Échanges"),
        ("gare de Lorient", "Gare d'Échanges"),
        ("gare maritime lorient", "Gare Maritime"),
        ("port loui", "Port-Louis"),
        ("prot louis", "Port-Louis"),
        ("port-luois", "Port-Louis"),
        ("portlouis", "Port-Louis"),
        ("loriant", "Lorient"),
        ("Lorient, France", "Lorient"),
        ("Île de Groix", "Groix"),
        ("place Alsace-Lorraine", "Alsace-Lorraine"),
        ("locmikelic", "Locmiquélic"),
        ("56290", "Port-Louis"),
        ("Kerpape 56270 Ploemeur", "Kerpape"),
        ("st guenael", "Saint-Guénaël"),
        ("hopital scorff", "Hôpital du Scorff"),
        ("larmor plage embarcadere", "Kernével (quai)"),
    ],
)
def test_what_is_meant_needs_no_question_however_low_it_scores(places: PlaceIndex, typed: str, name: str) -> None:
    assert meant(places, typed) == name


def test_every_stop_is_understood_with_and_without_its_commune(places: PlaceIndex, lorient: Network) -> None:
    names = [(name, places.search(name, 1)[0].area) for name in set(lorient.stops.name)]
    assert [name for name, area in names if not (meant(places, name) and meant(places, f"{name}, {area}"))] == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("mairie lanester", "Lanester Hôtel de Ville"),
        ("ti-kêr lanester", "Lanester Hôtel de Ville"),
        ("town hall lanester", "Lanester Hôtel de Ville"),
        ("hôtel de ville port louis", "Port-Louis Mairie"),
        ("gare sncf lorient", "Gare d'Échanges"),
        ("train station lorient", "Gare d'Échanges"),
        ("hospital", "Hôpital du Scorff"),
    ],
)
def test_another_word_for_the_same_thing_finds_it(places: PlaceIndex, typed: str, name: str) -> None:
    assert meant(places, typed) == name


def test_a_name_as_it_is_written_goes_before_an_equal_one() -> None:
    names = ("Hôtel de Ville", "Mairie")
    assert [meant(named(*names), typed) for typed in ("mairie", "hotel de ville", "ti kêr")] == [
        *reversed(names),
        "Mairie",
    ]


def test_a_coach_station_is_no_railway_station() -> None:
    assert [meant(named("Gare Routière", "Gare Maritime"), typed) for typed in ("gare sncf", "bus station")] == [
        "",
        "Gare Routière",
    ]


def test_each_phrase_stands_for_one_thing() -> None:
    assert [things(words(phrase))[0][0] for row in TABLE for phrase in row] == [
        f"={row[0]}" for row in TABLE for _ in row
    ]


def test_a_beginning_is_understood_where_it_is_most_of_the_name() -> None:
    assert meant(named("Parisis"), "paris") == "Parisis"
    assert meant(named("Parisis sur Mer les Bains"), "paris") == ""


def test_of_two_corners_of_one_name_the_one_as_typed_is_taken() -> None:
    corners = named("Busch Blvd @ Himes Av", "Himes Av @ Busch Blvd")
    assert [meant(corners, typed) for typed in ("himes av busch blvd", "busch blvd himes av")] == [
        "Himes Av @ Busch Blvd",
        "Busch Blvd @ Himes Av",
    ]


@pytest.mark.skipif(not DATA.name, reason="HENT_REFERENCE_DATA is not set: no reference feeds")
@pytest.mark.parametrize("city", ["perigueux", "helsinki"])
def test_no_stop_of_a_city_is_asked_about_by_its_own_name(city: str) -> None:
    feed, _ = accept(DATA / "gtfs" / f"{city}.zip", FeedSource(city, "x"), ReadLimits(), date(2026, 1, 1))
    places = build(build_network([feed], zone="Europe/Paris"))
    assert [name for name in set(places.name) if not meant(places, name)] == []


@pytest.mark.parametrize("typed", ["France", "the France", "ile"])
def test_a_word_that_says_nothing_alone_is_asked_about(typed: str) -> None:
    assert understood(named("Francheville", "Ilette du Nord"), typed, 5, IN_FRANCE).sure is None


def test_a_country_that_the_territory_does_not_lie_in_is_asked_about(places: PlaceIndex) -> None:
    assert understood(places, "Lorient, France", 5).unknown == ("France",)


def test_nothing_found_is_nothing_meant() -> None:
    found = understood(named("Gare"), "xyzzy", 5)
    assert (found.sure, found.found, found.unknown) == (None, (), ())
