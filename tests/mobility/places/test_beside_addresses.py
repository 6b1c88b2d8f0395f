"""What people mean who pick from no list: the stop they know before a street that is called after it."""

from __future__ import annotations

import pytest

from demo import TERRITORY
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import build_addresses
from mobility.places.gazetteer import Gazetteer
from mobility.places.index import PlaceIndex
from tests.mobility.places.addresses.town import SOURCE


@pytest.fixture(scope="module")
def known(places: PlaceIndex) -> Gazetteer:
    return Gazetteer(places, build_addresses(AddressFile(TERRITORY / "addresses.csv").read(), SOURCE))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Port-Tudy", "stop"),
        ("port tudy groix", "stop"),
        ("rue de Port Tudy", "street"),
        ("Rue de Port Tudy, Groix", "street"),
    ],
)
def test_a_street_is_meant_where_a_word_of_streets_is_typed(known: Gazetteer, typed: str, meant: str) -> None:
    sure = known.understood(typed, 5).sure
    assert sure is not None
    assert ("street" if sure.address else sure.kind) == meant
