"""One list of stops, communes, places and addresses: what people mean first."""

from pathlib import Path

import pytest

from mobility.geo import Point
from mobility.network.ways import StreetRouter
from mobility.places.build import Entry, index_of
from mobility.places.gazetteer import Gazetteer
from mobility.places.match import Wanted
from tests.mobility.places.addresses.town import CENTRES, addresses, insee_of

STREETS = """
    Rue du Port, 56100 Lorient: 1, 12
    Rue du Port, 56570 Locmiquélic: 3, 12
    Rue Jean Jaurès, 56100 Lorient: 5
    Avenue de la Marne, 56100 Lorient: 8
    """
ACROSS = Point(*CENTRES["Locmiquélic"])


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    lorient = Point(*CENTRES["Lorient"])
    entries = [
        Entry("commune", f"commune/{insee_of('Lorient')}", "Lorient", lorient, area=0, importance=0.9, about="56100"),
        Entry("stop", "t_1", "Rue du Port", lorient, 0, area=0),
        Entry("stop", "t_2", "Kerpape", lorient, 1, area=0),
        Entry("stop", "t_3", "Jean Jaurès Nord", lorient, 2, area=0),
    ]
    return Gazetteer(index_of(entries, ["Lorient"]), addresses(STREETS, tmp_path))


def listed(gazetteer: Gazetteer, text: str) -> list[str]:
    return [f"{one.kind} {one.name}, {one.area}" for one in gazetteer.search(text, 3)]


def test_a_stop_of_the_very_name_goes_before_the_street(gazetteer: Gazetteer) -> None:
    assert listed(gazetteer, "rue du port")[:2] == ["stop Rue du Port, Lorient", "street Rue du Port, Lorient"]


def test_an_address_goes_before_a_stop_that_is_called_after_its_street(gazetteer: Gazetteer) -> None:
    assert listed(gazetteer, "12 rue du port lorient")[0] == "address 12 Rue du Port, Lorient"
    assert listed(gazetteer, "rue jean jaures")[0] == "street Rue Jean Jaurès, Lorient"


def test_a_commune_goes_before_streets(gazetteer: Gazetteer) -> None:
    assert listed(gazetteer, "lorient")[0] == "commune Lorient, Lorient"
    assert listed(gazetteer, "56100") == ["commune Lorient, Lorient"]


def test_a_commune_that_only_the_addresses_know_is_found(gazetteer: Gazetteer) -> None:
    assert listed(gazetteer, "locmiquelic") == ["commune Locmiquélic, Locmiquélic"]


def test_a_street_that_is_not_there_is_no_commune_and_no_stop(gazetteer: Gazetteer) -> None:
    assert listed(gazetteer, "route de lorient") == listed(gazetteer, "12 rue de kerpape") == []


def test_only_the_kinds_asked_for_are_found(gazetteer: Gazetteer) -> None:
    stops, houses = Wanted(kinds=frozenset({"stop"})), Wanted(kinds=frozenset({"address", "street"}))
    assert [one.kind for one in gazetteer.search("rue du port", 9, stops)] == ["stop"]
    assert {one.kind for one in gazetteer.search("rue du port", 9, houses)} == {"street"}


def test_one_travels_to_an_address_unasked(gazetteer: Gazetteer) -> None:
    sure = gazetteer.understood("12 rue du port lorient", 5).sure
    assert sure is not None
    assert (sure.name, sure.area) == ("12 Rue du Port", "Lorient")


def test_an_address_that_two_communes_have_is_asked_about(gazetteer: Gazetteer) -> None:
    meant = gazetteer.understood("12 rue du port", 5)
    assert (meant.sure, meant.several) == (None, True)
    assert {one.area for one in meant.found} == {"Lorient", "Locmiquélic"}


def test_a_number_that_is_not_there_is_asked_about_and_named(gazetteer: Gazetteer) -> None:
    meant = gazetteer.understood("9 avenue de la marne lorient", 5)
    assert (meant.sure, meant.unknown) == (None, ("9",))
    assert [one.name for one in meant.found] == ["8 Avenue de la Marne", "Avenue de la Marne"]


class WaysRoundWater:
    """Nobody walks to Locmiquélic, which lies across."""

    def direct(self, start: Point, end: Point) -> float | None:
        return None if abs(end.lat - ACROSS.lat) < 0.005 else 10.0


def test_the_nearest_address_lies_on_this_side_of_the_water(gazetteer: Gazetteer) -> None:
    ways: StreetRouter = WaysRoundWater()  # type: ignore[assignment]
    near = Point(ACROSS.lat + 0.008, ACROSS.lon - 0.008)
    houses = Wanted(kinds=frozenset({"address", "street"}))
    assert gazetteer.nearest(near, 1, houses)[0].area == "Locmiquélic"
    here = Gazetteer(gazetteer.places, gazetteer.addresses, ways)
    assert [one.area for one in here.nearest(near, 1, houses)] == ["Lorient"]
    assert [one.name for one in here.nearest(Point(*CENTRES["Lorient"]), 1, houses)] == ["1 Rue du Port"]


def test_beside_other_places_only_the_nearest_address_is_named(gazetteer: Gazetteer) -> None:
    kinds = [one.kind for one in gazetteer.nearest(Point(*CENTRES["Lorient"]), 5)]
    assert (kinds.count("address"), kinds.count("stop")) == (1, 3)
