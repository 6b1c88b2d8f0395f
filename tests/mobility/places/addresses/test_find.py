"""Addresses as people type them. The questions of the reference come with their answers; the rest say what they are
about in the streets beside them."""

import csv
import os
from pathlib import Path

import pytest

from mobility.geo import Point
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import build_addresses
from mobility.places.addresses.rank import find_addresses
from mobility.places.match import Box, Match, Wanted
from tests.mobility.places.addresses.town import CENTRES, SOURCE, addresses, found

DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""), "addresses")
KNOWN = DATA.name and (DATA / "queries.csv").is_file()
KIND = {"street": "street:", "commune": "municipality:", "address": ""}


def questions() -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / "queries.csv").open(encoding="utf-8"))) if KNOWN else []


@pytest.fixture(scope="module")
def reference() -> AddressIndex:
    return build_addresses(AddressFile(DATA / "small_ban.csv").read(), SOURCE)


@pytest.fixture
def harbour(tmp_path: Path) -> AddressIndex:
    streets = """
        Rue du Port, 56100 Lorient: 1, 2, 2 bis, 12
        Rue du Port, 56570 Locmiquélic: 3, 12
        Boulevard du Maréchal Foch, 56100 Lorient: 22, 22 b
        Rue du 8 Mai 1945, 56600 Lanester: 7, 8
        Place de l'Église, 56460 Val d'Oust / Le Roc-Saint-André: 4
        Place de l'Église, 56460 Val d'Oust / La Chapelle-Caro: 4, 6
        Rue de Bretagne, 56100 Lorient: 5
        Rue de Lorient, 56600 Lanester: 3
        Le Mané Bihan, 56590 Groix:
        """
    return addresses(streets, tmp_path)


@pytest.mark.skipif(not KNOWN, reason="HENT_REFERENCE_DATA is not set: no reference questions")
@pytest.mark.parametrize("question", questions(), ids=lambda one: one["query"])
def test_a_question_of_the_reference_is_answered(reference: AddressIndex, question: dict[str, str]) -> None:
    expected = {one for one in question["expected"].split("|") if one}
    answered = find_addresses(reference, question["query"], 5)
    assert {_called(one) for one in answered[: len(expected) or None]} == expected, question["why"]


def _called(one: Match) -> str:
    return KIND[one.kind] + one.id.partition("/")[2]


def test_a_number_that_is_not_there_leads_to_the_street_and_is_said(harbour: AddressIndex) -> None:
    assert found(harbour, "13 rue du port lorient") == ["Rue du Port, Lorient, ?13"]
    assert found(harbour, "2 ter rue du port lorient") == ["Rue du Port, Lorient, ?2 ter"]


def test_another_commune_is_never_an_answer(harbour: AddressIndex) -> None:
    assert found(harbour, "22 boulevard foch lanester") == []
    assert found(harbour, "3 rue du port lorient") == ["Rue du Port, Lorient, ?3"]


def test_a_post_code_decides_unless_a_commune_is_named(harbour: AddressIndex) -> None:
    assert found(harbour, "12 rue du port 56570") == ["12 Rue du Port, Locmiquélic"]
    assert found(harbour, "12 rue du port 56570 lorient") == ["12 Rue du Port, Lorient"]


def test_a_post_code_where_there_is_no_such_street_is_said(harbour: AddressIndex) -> None:
    assert found(harbour, "22 boulevard foch 56570")[0] == "22 Boulevard du Maréchal Foch, Lorient, ?56570"


@pytest.mark.parametrize(
    "typed",
    [
        "22 bd foch lorient",
        "22, Boulevard Maréchal Foch 56100 LORIENT",
        "boulevard du marechal foch 22 lorient",
        "lorient, 22 boulevard foch",
        "22 bvd foch lorient",
        "22 boulvard du marechal foch loriant",
        "appt 3, 22 bd du mal foch, 56321 Lorient cedex 2",
        "22 boulevardfoch lorient",
    ],
)
def test_one_address_is_found_however_it_is_typed(harbour: AddressIndex, typed: str) -> None:
    assert [one.partition(", ?")[0] for one in found(harbour, typed, 1)] == ["22 Boulevard du Maréchal Foch, Lorient"]


def test_bis_and_b_are_one_where_only_one_of_them_is_there(harbour: AddressIndex) -> None:
    assert found(harbour, "2b rue du port lorient") == ["2 bis Rue du Port, Lorient"]
    assert found(harbour, "22 bis bd foch lorient") == ["22b Boulevard du Maréchal Foch, Lorient"]


def test_a_date_in_a_name_is_no_number_of_a_house(harbour: AddressIndex) -> None:
    assert found(harbour, "rue du 8 mai lanester", 1) == ["Rue du 8 Mai 1945, Lanester"]
    assert found(harbour, "8 rue du huit mai 1945 lanester", 1) == ["8 Rue du 8 Mai 1945, Lanester"]
    assert found(harbour, "rue du 8 mai 1945 8 lanester", 1) == ["8 Rue du 8 Mai 1945, Lanester"]


def test_two_of_one_name_in_one_commune_are_told_apart_by_the_former_one(harbour: AddressIndex) -> None:
    assert found(harbour, "4 place de l'eglise val d'oust") == [
        "4 Place de l'Église, La Chapelle-Caro, Val d'Oust",
        "4 Place de l'Église, Le Roc-Saint-André, Val d'Oust",
    ]


def test_a_street_that_is_called_after_a_commune_lies_where_it_lies(harbour: AddressIndex) -> None:
    assert found(harbour, "3 rue de lorient", 1) == ["3 Rue de Lorient, Lanester"]
    assert found(harbour, "3 rue de lorient lanester", 1) == ["3 Rue de Lorient, Lanester"]
    assert found(harbour, "avenue de lorient lorient") == []


def test_a_region_behind_an_address_says_nothing_and_in_a_name_it_does(harbour: AddressIndex) -> None:
    around = Wanted(around=frozenset({"bretagne"}))
    assert found(harbour, "12 rue du port lorient bretagne", 3, around) == ["12 Rue du Port, Lorient"]
    assert found(harbour, "12 rue du port lorient normandie", 3, around) == ["12 Rue du Port, Lorient, ?normandie"]
    assert found(harbour, "5 rue de bretagne", 1, around) == ["5 Rue de Bretagne, Lorient"]


def test_a_word_of_the_street_that_is_a_commune_too_does_not_lead_there(tmp_path: Path) -> None:
    index = addresses("Rue Saint-Yves, 56110 Le Saint: 7\nRue Saint-Yves, 56380 Monteneuf: 7", tmp_path)
    assert found(index, "7 re saint-yves monteneuf", 1) == ["7 Rue Saint-Yves, Monteneuf, ?re"]


def test_a_post_code_with_a_digit_too_few_is_forgiven_beside_its_commune(harbour: AddressIndex) -> None:
    assert found(harbour, "12 rue du port 5610 lorient", 1) == ["12 Rue du Port, Lorient"]


def test_a_little_word_written_to_the_one_before_is_read(harbour: AddressIndex) -> None:
    assert found(harbour, "12 ruedu port lorient", 1) == ["12 Rue du Port, Lorient"]


def test_a_beginning_is_enough_while_one_types(harbour: AddressIndex) -> None:
    assert set(found(harbour, "12 rue du por")) == {"12 Rue du Port, Locmiquélic", "12 Rue du Port, Lorient"}
    assert found(harbour, "12 rue du port loc", 1)[0].startswith("12 Rue du Port, Locmiquélic")


def test_the_nearer_of_two_alike_comes_first(harbour: AddressIndex) -> None:
    for commune in ("Lorient", "Locmiquélic"):
        near = Wanted(near=Point(*CENTRES[commune]))
        assert find_addresses(harbour, "12 rue du port", 2, near)[0].area == commune


def test_only_streets_in_the_box_are_found(harbour: AddressIndex) -> None:
    across = Wanted(box=Box(47.72, -3.36, 47.73, -3.33))
    assert [one.area for one in find_addresses(harbour, "12 rue du port", 5, across)] == ["Locmiquélic"]


def test_what_was_recognised_is_told_as_ranges_of_the_name(harbour: AddressIndex) -> None:
    (one, *_) = find_addresses(harbour, "22 bd foch", 1)
    assert [one.name[start : start + length] for start, length in one.tokens] == ["22", "Boulevard", "Foch"]


@pytest.mark.parametrize("typed", ["", " , ", "rue", "12", "bis", "56999", "'", "٣ rue", "9" * 400, "rue " * 100])
def test_what_names_no_street_finds_none(harbour: AddressIndex, typed: str) -> None:
    assert found(harbour, typed) == []
