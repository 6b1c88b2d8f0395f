"""What people type in the Pays de Lorient, and what they mean."""

import pytest

from mobility.geo import Point
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.places.index import PlaceIndex
from mobility.places.match import Box, Wanted


def first(places: PlaceIndex, text: str, **wanted: object) -> str:
    found = places.search(text, 1, Wanted(**wanted))  # type: ignore[arg-type]
    return f"{found[0].kind} {found[0].name}" if found else ""


@pytest.mark.parametrize(
    "typed",
    ["Gare d'Échanges", "gare d'echanges", "GARE D’ÉCHANGES", "gare dechange", "gare d ech", "Gare de Échange", "gare"],
)
def test_the_interchange_is_found_however_it_is_written(places: PlaceIndex, typed: str) -> None:
    assert first(places, typed) == "station Gare d'Échanges"


@pytest.mark.parametrize("typed", ["Port-Louis", "port louis", "portlouis", "port loui", "prot louis", "port-luois"])
def test_a_commune_is_found_however_it_is_written(places: PlaceIndex, typed: str) -> None:
    assert first(places, typed) == "commune Port-Louis"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("groix", "commune Groix"),
        ("loriant", "commune Lorient"),
        ("locmikelic", "commune Locmiquélic"),
        ("kerpap", "stop Kerpape"),
        ("st guenael", "stop Saint-Guénaël"),
        ("ste catherine", "stop Locmiquélic Sainte-Catherine"),
        ("hopital scorff", "stop Hôpital du Scorff"),
        ("mairie port louis", "stop Port-Louis Mairie"),
        ("56290", "commune Port-Louis"),
    ],
)
def test_typing_errors_and_abbreviations_are_forgiven(places: PlaceIndex, typed: str, meant: str) -> None:
    assert first(places, typed) == meant


def test_a_landing_stage_is_found_by_its_commune_whatever_its_name(places: PlaceIndex) -> None:
    assert first(places, "larmor plage embarcadere") == "stop Kernével (quai)"


def test_a_commune_goes_before_the_stops_that_bear_its_name(places: PlaceIndex) -> None:
    kinds = [match.kind for match in places.search("Port-Louis", 4)]
    assert kinds == ["commune", "stop", "stop", "stop"]


def test_a_station_and_its_stops_are_one_match(places: PlaceIndex) -> None:
    named = [match.id for match in places.search("Gare d'Échanges", 20) if match.name == "Gare d'Échanges"]
    assert named == ["lorient_gare"]


def test_every_stop_is_found_first_by_its_whole_name(places: PlaceIndex, lorient: Network) -> None:
    stops = Wanted(kinds=frozenset({"stop", "station"}))
    names = {lorient.stops.name[row] for row in range(len(lorient.stops)) if lorient.stops.parent[row] < 0}
    assert {match.name for name in names for match in places.search(name, 1, stops)} == names


def test_every_stop_knows_its_commune(places: PlaceIndex) -> None:
    match = places.search("Kernével (quai)", 1)[0]
    assert (match.name, match.area) == ("Kernével (quai)", "Larmor-Plage")


def test_what_was_recognised_is_told_as_ranges_of_the_name(places: PlaceIndex) -> None:
    match = places.search("gare echan", 1)[0]
    assert [match.name[start : start + length] for start, length in match.tokens] == ["Gare", "Échan"]


def test_only_the_kinds_asked_for_are_found(places: PlaceIndex) -> None:
    assert first(places, "port louis", kinds=frozenset({"stop", "station"})).startswith("stop Port-Louis")


def test_only_stops_of_the_modes_asked_for_are_found(places: PlaceIndex) -> None:
    boats = 1 << MODES.index("FERRY")
    stops = Wanted(kinds=frozenset({"stop", "station"}), modes=boats)
    assert {match.name for match in places.search("port-louis", 20, stops)} == {
        "Port-Louis La Pointe (quai)",
        "Port-Louis Locmalo (quai)",
    }


def test_the_nearer_of_equals_comes_first(places: PlaceIndex) -> None:
    groix, guidel = Point(47.64, -3.45), Point(47.79, -3.49)
    near = [places.search("bourg", 1, Wanted(near=point, bias=2))[0].area for point in (groix, guidel)]
    assert near == ["Groix", "Guidel"]


def test_places_outside_the_box_are_not_found(places: PlaceIndex) -> None:
    island = Box(south=47.61, west=-3.53, north=47.66, east=-3.41)
    assert {match.area for match in places.search("port", 20, Wanted(box=island))} == {"Groix"}


def test_the_nearest_place_comes_first(places: PlaceIndex) -> None:
    gare = places.search("Gare d'Échanges", 1)[0]
    found = places.nearest(gare.point, 3, Wanted(kinds=frozenset({"station"})))
    assert (found[0].name, found[0].score) == ("Gare d'Échanges", 1.0)


def test_what_is_not_there_is_not_found(places: PlaceIndex) -> None:
    assert places.search("xyzzy quux") == []


def test_an_empty_text_finds_nothing(places: PlaceIndex) -> None:
    assert places.search(" -, ") == []
