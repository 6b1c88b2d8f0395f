"""What people say for places: as a whole, inside a text, begun; and what an operator is told to mend."""

from pathlib import Path

import pytest

from demo import TERRITORY
from mobility.errors import InvalidConfig
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import build_addresses
from mobility.places.aliases import Aliases, read_aliases
from mobility.places.gazetteer import Gazetteer
from mobility.places.index import PlaceIndex
from mobility.places.trial import read_questions, tried
from tests.mobility.places.addresses.town import SOURCE


@pytest.fixture(scope="module")
def known(places: PlaceIndex) -> Gazetteer:
    addresses = build_addresses(AddressFile(TERRITORY / "addresses.csv").read(), SOURCE)
    return Gazetteer(places, addresses, aliases=read_aliases(TERRITORY / "aliases.csv"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("An Oriant", "Lorient"),
        ("porzh loeiz", "Port-Louis"),
        ("Groe", "Groix"),
        ("an ori", "Lorient"),
        ("chbs", "Hôpital du Scorff"),
        ("BSM", "Base de Sous-Marins"),
        ("ti-kêr porzh-loeiz", "Port-Louis Mairie"),
        ("12 rue de liège an oriant", "12 Rue de Liège"),
    ],
)
def test_a_place_is_found_by_what_people_call_it(known: Gazetteer, typed: str, meant: str) -> None:
    sure = known.understood(typed, 5).sure
    assert sure is not None
    assert (sure.name, known.search(typed, 1)[0].name) == (meant, meant)


def test_only_the_longest_alias_of_a_text_is_replaced() -> None:
    aliases = Aliases({("bsm",): "Base", ("an", "oriant"): "Lorient"})
    assert aliases.in_full("bsm an oriant") == "bsm Lorient"
    assert aliases.in_full("groe") == "groe"


def test_an_alias_makes_no_street_of_a_breton_one(known: Gazetteer) -> None:
    assert known.search("12 straed ar porzh an oriant") == []


def test_the_text_as_it_stands_goes_before_an_alias_that_leads_nowhere(known: Gazetteer) -> None:
    odd = Gazetteer(known.places, known.addresses, aliases=Aliases({("port", "louis"): "Atlantis"}))
    assert odd.search("port louis", 1)[0].name == "Port-Louis"


def test_every_name_that_the_demo_has_an_alias_for_is_found(known: Gazetteer) -> None:
    names = set(read_aliases(TERRITORY / "aliases.csv").of.values())
    assert {known.search(name, 1)[0].name for name in names} == names


def test_what_is_answered_otherwise_is_told(known: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "ask.csv").write_text(
        "text,expected\nGroe,Groix\nLeclerc,E. Leclerc\n12 rue de liège,56121_0001_00012\n"
    )
    found = list(tried(known, read_questions(tmp_path / "ask.csv")))
    assert [(one.text, one.is_right) for one in found] == [
        ("Groe", True),
        ("Leclerc", False),
        ("12 rue de liège", True),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("alias,name\nBSM,", "ask.csv: 2: name is empty"), ("alias\nBSM", "ask.csv: has no column name")],
)
def test_an_alias_without_a_name_is_refused_by_line(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "ask.csv").write_text(text)
    with pytest.raises(InvalidConfig) as fault:
        read_aliases(tmp_path / "ask.csv")
    assert reason in str(fault.value)
