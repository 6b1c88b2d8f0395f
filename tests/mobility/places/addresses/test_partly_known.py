"""What of an address is known where all of it is not."""

from __future__ import annotations

import pytest

from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.partly_known import partly_known
from mobility.places.addresses.rank import find_addresses
from tests.mobility.places.addresses.town import addresses

STREETS = """
    Rue du Port, 56100 Lorient: 1, 2 bis, 12, 20
    Rue Haute, 56590 Groix: 3
    Le Mané Bihan, 56590 Groix:
    """


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> AddressIndex:
    return addresses(STREETS, tmp_path_factory.mktemp("addresses"))


def told(index: AddressIndex, text: str) -> str:
    """`Rue du Port lacks 13, near 12` or `Groix lacks "rue du port"`, and what may be chosen."""
    known = partly_known(index, text, find_addresses(index, text, 4), 4)
    if known is None:
        return ""
    lack = known.lack
    what = (
        f"{lack.street} lacks {lack.number}, near {lack.near}" if lack.street else f'{lack.commune} lacks "{lack.rest}"'
    )
    return " | ".join([what, *(one.name for one in known.instead)])


@pytest.mark.parametrize(("number", "near"), [(13, "12"), (5, "2 bis"), (16, "12"), (17, "20"), (999, "20"), (0, "1")])
def test_the_number_next_to_the_one_typed_is_named_and_offered_before_the_street(
    index: AddressIndex, number: int, near: str
) -> None:
    said = f"Rue du Port lacks {number}, near {near} | {near} Rue du Port | Rue du Port"
    assert told(index, f"{number} rue du port lorient") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 rue du port groix", 'Groix lacks "12 rue du port" | 12 Rue du Port | Groix'),
        ("12, rue du Port, 56590 Groix", 'Groix lacks "12, rue du Port" | 12 Rue du Port | Groix'),
        ("Groix 5 rue du port", 'Groix lacks "5 rue du port" | Rue du Port | Groix'),
        ("12 rue de la paix groix", 'Groix lacks "12 rue de la paix" | Groix'),
    ],
)
def test_where_the_commune_has_no_such_street_it_is_named_and_the_street_elsewhere_offered(
    index: AddressIndex, text: str, said: str
) -> None:
    assert told(index, text) == said


@pytest.mark.parametrize("text", ["12 rue de la paix", "12 rue du port lorient", "12 rue lorient groix"])
def test_nothing_is_told_of_what_is_known_or_not_at_all_or_of_two_communes(index: AddressIndex, text: str) -> None:
    assert told(index, text) == ""
