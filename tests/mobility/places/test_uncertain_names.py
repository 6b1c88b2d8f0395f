"""Short, half typed and far names: what is written so goes first, what may be several places is asked back, and what
lies elsewhere is told to."""

from __future__ import annotations

import pytest

from demo import TERRITORY
from mobility.geo import Point
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import build_addresses
from mobility.places.aliases import read_aliases
from mobility.places.build import Entry, index_of
from mobility.places.gazetteer import Gazetteer
from mobility.places.index import PlaceIndex
from mobility.places.landmarks.landmark_index import landmark_index
from mobility.places.landmarks.table import read_landmarks
from mobility.places.match import Wanted
from mobility.places.near_names import SearchedNames
from mobility.places.words import folded
from tests.mobility.places.addresses.town import SOURCE
from tests.mobility.places.test_index import named

HERE = Point(47.7, -3.4)
STOPS = Wanted(kinds=frozenset({"stop", "station"}))


@pytest.fixture(scope="module")
def known(places: PlaceIndex) -> Gazetteer:
    """All that the demo knows."""
    return Gazetteer(
        places,
        build_addresses(AddressFile(TERRITORY / "addresses.csv").read(), SOURCE),
        aliases=read_aliases(TERRITORY / "aliases.csv"),
        landmarks=landmark_index(read_landmarks(TERRITORY / "pois.csv"), "demo").places,
    )


@pytest.mark.parametrize("typed", ["gavre", "GAVRE", "Gâvre", "gâvr", "gavres"])
def test_what_begins_so_goes_before_what_is_written_alike_however_important_that_is(typed: str) -> None:
    index = index_of(
        [
            Entry("station", "gare", "Gare", HERE, 0, importance=1.0),
            Entry("stop", "grave", "Grave", HERE, 1, importance=1.0),
            Entry("stop", "gavres", "Gâvres Embarcadère du Ban", HERE, 2),
        ],
        [],
    )
    assert index.search(typed)[0].name == "Gâvres Embarcadère du Ban"


def test_the_same_holds_for_lines_and_for_all_that_the_demo_knows(known: Gazetteer) -> None:
    assert SearchedNames.of(["Gare", "Gâvres Bourg"]).near("gavre", 2)[0] == "Gâvres Bourg"
    assert known.search("gavre", 1)[0].name == "Gâvres"
    stops = [one.name for one in known.search("gavre", 20, STOPS)]
    written = ["avre" in name.replace("â", "a") for name in stops]
    assert (written[0], written) == (True, sorted(written, reverse=True))


def test_a_street_that_begins_so_goes_before_one_that_is_written_alike(known: Gazetteer) -> None:
    for typed in ("rue de la gar", "rue du por"):
        first = known.search(typed, 1)[0].name.lower()
        assert typed.split()[-1] in first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("g", "Gare d'Échanges"),
        ("ga", "Gare d'Échanges"),
        ("gar", "Gare d'Échanges"),
        ("gare", "Gare d'Échanges"),
        ("gare d", "Gare d'Échanges"),
        ("l", "Lorient"),
        ("lo", "Lorient"),
        ("lor", "Lorient"),
        ("la", "Lanester"),
        ("lar", "Larmor-Plage"),
        ("la p", "La Perrière"),
        ("loc", "Locmiquélic"),
        ("p", "Ploemeur"),
        ("plo", "Ploemeur"),
        ("plou", "Plouay"),
        ("po", "Pont-Scorff"),
        ("por", "Port-Louis"),
        ("port", "Port-Louis"),
        ("port-l", "Port-Louis"),
        ("gr", "Groix"),
        ("gav", "Gâvres"),
        ("hen", "Hennebont"),
        ("que", "Quéven"),
        ("ker", "Kervignac"),
        ("kero", "Kéroman"),
        ("mer", "Merville"),
        ("hop", "Hôpital du Scorff"),
        ("uni", "Université"),
        ("aero", "Aéroport de Lorient"),
    ],
)
def test_while_little_is_typed_what_many_people_use_comes_first(known: Gazetteer, typed: str, meant: str) -> None:
    """The commune with most people, else the stop with most departures, of those whose name begins so."""
    assert known.search(typed, 7)[0].name == meant


@pytest.mark.parametrize(("population", "meant"), [(2_000, "Sainte-Anne"), (60_000, "Sainte-Marie")])
def test_of_two_towns_that_begin_alike_the_larger_is_meant_and_before_any_stop(population: int, meant: str) -> None:
    towns = [
        Entry("commune", "a", "Sainte-Anne", HERE, importance=10_000 / 60_000),
        Entry("commune", "m", "Sainte-Marie", HERE, importance=population / 60_000),
        Entry("stop", "s", "Sainte-Barbe", HERE, 0, importance=0.8),
    ]
    found = [one.name for one in index_of(towns, []).search("sai")]
    assert (found[0], found[-1]) == (meant, "Sainte-Barbe")


@pytest.mark.parametrize("typed", ["lidl", "Paris", "paris", "Caen", "Lille", "Toulouse"])
def test_what_is_only_distantly_like_it_is_not_offered(known: Gazetteer, typed: str) -> None:
    """`lidl` is no Rue de l'Île, `Paris` no Péristyle: each has a word that the text begins or nearly is, or is not
    listed."""
    begins = [word[:3] for word in typed.lower().split()]
    found = known.search(typed, 7)
    assert all(any(start in folded(f"{one.name} {one.area}") for start in begins) for one in found)


@pytest.mark.parametrize(
    ("typed", "name"), [("guidl", "Guidel"), ("gorix", "Groix"), ("lorien", "Lorient"), ("keromn", "Kéroman")]
)
def test_a_slip_in_a_short_name_is_still_forgiven(known: Gazetteer, typed: str, name: str) -> None:
    assert known.search(typed, 1)[0].name == name


@pytest.mark.parametrize(
    ("typed", "one_of_them"),
    [
        ("gar", "Gare SNCF de Lorient"),
        ("gar", "Gare d'Échanges"),
        ("plo", "Plouay"),
        ("kerp", "Kerpape"),
        ("gare", "Gare d'Échanges"),
        ("por", "Port-Louis"),
        ("mairie", "Quéven Mairie"),
    ],
)
def test_a_name_that_may_be_several_places_is_asked_back_with_what_begins_so(
    known: Gazetteer, typed: str, one_of_them: str
) -> None:
    meant = known.understood(typed, 5)
    assert (meant.sure, meant.outside, len(meant.found) > 1) == (None, "", True)
    assert one_of_them in [one.name for one in meant.found]
    assert all(typed in one.name.lower() for one in meant.found)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("port luis", "Port-Louis"),
        ("Port-Luis", "Port-Louis"),
        ("gavre", "Gâvres"),
        ("gare d'echange", "Gare d'Échanges"),
        ("lorien", "Lorient"),
        ("citadelle port louis", "Citadelle de Port-Louis"),
    ],
)
def test_a_name_of_which_most_is_typed_is_understood(known: Gazetteer, typed: str, name: str) -> None:
    sure = known.understood(typed, 5).sure
    assert sure is not None
    assert sure.name == name


def test_of_places_of_one_very_name_the_most_important_is_taken() -> None:
    bourg = [Entry("stop", f"b{n}", "Bourg", Point(47.7 + n / 10, -3.4), n, importance=n / 2) for n in (1, 2)]
    sure = Gazetteer(index_of(bourg, [])).understood("bourg", 5).sure
    assert sure is not None
    assert sure.id == "b2"


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        ("Paris", "Paris"),
        ("brest", "brest"),
        ("gare de Quimper", "Quimper"),
        ("Paris Montparnasse", "Paris"),
        ("Le Mans", "Le Mans"),
        ("Saint Malo", "Saint Malo"),
    ],
)
def test_a_town_elsewhere_is_told_to_lie_there_and_stations_are_offered(
    known: Gazetteer, typed: str, town: str
) -> None:
    meant = known.understood(typed, 4)
    assert (meant.sure, meant.outside) == (None, town)
    assert {one.name for one in meant.found} == {
        "Gare d'Échanges",
        "Gestel Gare",
        "Hennebont Gare (train)",
        "Brandérion Gare",
    }


@pytest.mark.parametrize(
    "typed", ["Lorient", "gare sncf lorient", "An Oriant", "12 rue de Paris", "xyzzy", "Lorient xyzzy"]
)
def test_nothing_else_is_told_to_lie_elsewhere(known: Gazetteer, typed: str) -> None:
    assert known.understood(typed, 4).outside == ""


@pytest.mark.parametrize(
    ("stop", "is_there"),
    [
        ("Rue de Brest", False),
        ("Brest", True),
        ("Gare de Brest", True),
        ("Brest Centre", True),
        ("Brest, Place de la Liberté", True),
        ("Place de la Liberté (Brest)", True),
        ("Hôtel Brest", True),
        ("Porte de Brest Liberté", False),
    ],
)
def test_a_street_that_is_called_after_a_town_is_not_the_town(stop: str, is_there: bool) -> None:
    meant = Gazetteer(named(stop)).understood("Brest", 4)
    assert (meant.sure is not None, meant.outside) == (is_there, "" if is_there else "Brest")
    assert Gazetteer(named(stop)).understood(stop, 4).sure is not None


@pytest.mark.parametrize("stop", ["Brest, Place de la Liberté", "Hôtel Brest", "Rue de Brest"])
def test_where_the_commune_is_known_the_name_alone_moves_no_place_to_the_town(stop: str) -> None:
    lorient = [
        Entry("commune", "commune/1", "Lorient", HERE, area=0, importance=1.0),
        Entry("stop", "a", stop, HERE, 0, area=0),
    ]
    assert Gazetteer(index_of(lorient, ["Lorient"])).understood("Brest", 4).outside == "Brest"


def test_a_town_that_the_territory_has_is_found_there() -> None:
    town = [
        Entry("commune", "commune/1", "Quimper", HERE, area=0, importance=1.0),
        Entry("stop", "a", "Mairie", HERE, 0, area=0),
    ]
    quimper = Gazetteer(index_of(town, ["Quimper"]))
    assert [quimper.understood(text, 4).outside for text in ("quimper", "mairie quimper", "quimper gare")] == [""] * 3
