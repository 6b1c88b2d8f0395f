"""Places that people name, and addresses, out of an extract of OpenStreetMap."""

from __future__ import annotations

from pathlib import Path

import pytest

from mobility.errors import InvalidConfig
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.build import build_addresses
from mobility.places.landmarks.landmark import Landmark
from mobility.places.openstreetmap.addresses import addresses_of
from mobility.places.openstreetmap.landmarks import landmarks_of
from mobility.places.openstreetmap.mapped_territory import MappedTerritory
from tests.mobility.places.addresses.town import SOURCE, found
from tests.mobility.streets.tiny import opl

DRAWING = """
    A -900 -900, B 0 -900, C 0 900, D -900 900, E 900 -900, F 900 900, \
    G -300 -300, H -200 -300, I -200 -200, J -300 -200, K 100 0, L 200 0, M 300 0, N 300 10, O 310 20, \
    P -400 400, Q -390 400, R -380 400, S -370 400, T 5000 0, U 500 500
    A B C D A | boundary=administrative admin_level=8 name=Lorient ref:INSEE=56121 postal_code=56100
    B E F C B | boundary=administrative admin_level=8 name=Lanester ref:INSEE=56098
    G H I J G | leisure=sports__centre sport=swimming;fitness name=Aquacéane \
        name:br=Poull_Aquacéane old_name=Piscine_du_Port
    K L M | highway=residential name=Rue_Jean_Jaurès name:br=Straed_Jean_Jaurès
    K | amenity=school name=Lycée_Jean_Macé access=private
    L | amenity=pharmacy addr:housenumber=2_bis addr:street=Rue_Jean_Jaurès addr:postcode=56600
    M | amenity=school name=École_Nord short_name=Nord
    N | addr:housenumber=4-8 addr:street=Rue_Jean_Jaurès addr:postcode=56600
    O | addr:housenumber=6;6a addr:street=Rue_Jean_Jaurès
    P | amenity=parking name=Parking_du_Port
    Q | amenity=parking name=Parking_des_Employés access=private
    R | amenity=toilets
    S | leisure=swimming__pool access=private
    T | natural=beach name=Grande_Plage;Traezh addr:city=Gâvres
    U | place=hamlet name=Kerpape
    """


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> MappedTerritory:
    file = tmp_path_factory.mktemp("extract") / "town.opl"
    file.write_text(opl(DRAWING), "utf-8")
    return MappedTerritory(file)


@pytest.fixture(scope="module")
def landmarks(mapped: MappedTerritory) -> dict[str, Landmark]:
    extract = mapped.read(lambda _: None)
    return {one.name: one for one in landmarks_of(extract.landmarks, mapped.communes(extract))}


@pytest.fixture(scope="module")
def addresses(mapped: MappedTerritory) -> AddressIndex:
    extract = mapped.read(lambda _: None)
    return build_addresses(addresses_of(extract, mapped.communes(extract)), SOURCE)


def test_each_thing_is_of_the_kind_that_its_tags_say(landmarks: dict[str, Landmark]) -> None:
    assert {name: one.kind for name, one in landmarks.items()} == {
        "Aquacéane": "swimming_pool",
        "Lycée Jean Macé": "high_school",
        "Pharmacie": "pharmacy",
        "École Nord": "school",
        "Parking du Port": "car_park",
        "Toilettes publiques": "toilets",
        "Grande Plage;Traezh": "beach",
    }


def test_a_thing_lies_in_the_commune_whose_boundary_holds_it(landmarks: dict[str, Landmark]) -> None:
    names = ("Aquacéane", "Lycée Jean Macé", "Grande Plage;Traezh")
    assert [landmarks[name].commune for name in names] == ["Lorient", "Lanester", "Gâvres"]


def test_an_area_is_told_by_a_point_in_it_and_all_its_names(landmarks: dict[str, Landmark]) -> None:
    pool = landmarks["Aquacéane"]
    assert (round(pool.lat, 4), round(pool.lon, 4)) == (47.7478, -3.3633)
    assert (pool.name_br, pool.also) == ("Poull Aquacéane", ("Poull Aquacéane", "Piscine du Port"))


def test_what_is_called_by_its_kind_alone_is_so_in_three_languages(landmarks: dict[str, Landmark]) -> None:
    chemist = landmarks["Pharmacie"]
    assert (chemist.name_br, chemist.name_en) == ("Apotikerezh", "Pharmacy")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("2 bis rue jean jaures lanester", "2 bis Rue Jean Jaurès, Lanester"),
        ("4 rue jean jaures", "4 Rue Jean Jaurès, Lanester"),
        ("8 rue jean jaures 56600", "8 Rue Jean Jaurès, Lanester"),
        ("6a rue jean jaures", "6a Rue Jean Jaurès, Lanester"),
        ("5 rue jean jaures", "Rue Jean Jaurès, Lanester, ?5"),
        ("kerpape", "Kerpape, Lanester"),
    ],
)
def test_where_there_is_no_other_file_its_addresses_serve(addresses: AddressIndex, typed: str, address: str) -> None:
    assert found(addresses, typed, 1) == [address]


def test_a_street_with_numbers_is_there_once(addresses: AddressIndex) -> None:
    assert sorted(addresses.name) == ["Kerpape", "Rue Jean Jaurès"]


def test_a_street_bears_the_code_of_its_numbers_and_the_commune_that_of_its_boundary(addresses: AddressIndex) -> None:
    codes = dict(zip(addresses.name, addresses.areas.post_code[addresses.area].tolist(), strict=True))
    assert codes["Rue Jean Jaurès"] == b"56600"


def test_without_boundaries_the_centres_of_the_territory_tell_the_commune(tmp_path: Path) -> None:
    extract, communes = tmp_path / "town.opl", tmp_path / "communes.csv"
    extract.write_text(opl("A 0 0, B 100 0\nA | amenity=townhall\nB | amenity=library name=Le_Fil"), "utf-8")
    communes.write_text(
        "insee,name,post_code,lat,lon\n56069,Groix,56590,47.64,-3.45\n56121,Lorient,56100,47.75,-3.36\n"
    )
    mapped = MappedTerritory(extract, communes)
    things = mapped.read(lambda _: None)
    found = landmarks_of(things.landmarks, mapped.communes(things))
    assert [(one.name, one.commune) for one in found] == [("Mairie", "Lorient"), ("Le Fil", "Lorient")]


def test_what_is_no_extract_is_named(tmp_path: Path) -> None:
    letter = tmp_path / "letter.osm.pbf"
    letter.write_text("Dear all,")
    with pytest.raises(InvalidConfig, match=r"letter\.osm\.pbf"):
        MappedTerritory(letter).read(lambda _: None)
