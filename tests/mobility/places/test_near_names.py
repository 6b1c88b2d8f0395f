"""Of names that one may look for, those that a text nearly is."""

import pytest

from mobility.places.near_names import SearchedNames

NAMES = SearchedNames.of(
    [
        "Batobus",
        "Lorient",
        "Lorient Gare",
        "Port-Louis",
        "Petit Lanester",
        "Lanester",
        "Péristyle",
        "Île de Groix",
        "T1",
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Loreint", "Lorient"),
        ("port-luois", "Port-Louis"),
        ("PORTLOUIS", "Port-Louis"),
        ("lorient gaer", "Lorient Gare"),
        ("peristile", "Péristyle"),
        ("lille de groix", ""),
        ("Paris", ""),
        ("de la", ""),
        ("", ""),
    ],
)
def test_few_mistakes_in_each_word_leave_no_doubt_and_more_do(typed: str, meant: str) -> None:
    assert NAMES.sure(typed) == meant


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("batobuss", ["Batobus"]),
        ("Paris", []),
        ("perist", ["Péristyle"]),
        ("peristlye", ["Péristyle"]),
        ("lanesterr", ["Lanester", "Petit Lanester"]),
        ("gare lor", ["Lorient Gare"]),
        ("gare port", []),
        ("xyzzy", []),
        ("'", []),
    ],
)
def test_what_may_be_meant_has_every_telling_word_nearly_and_the_likest_comes_first(
    typed: str, near: list[str]
) -> None:
    assert NAMES.near(typed, 4) == near


def test_no_more_are_named_than_asked_for_and_each_once() -> None:
    names = SearchedNames.of(["Étel", "etel", "Étel Port", "Étel Bourg"])
    assert names.near("etel", 2) == ["Étel", "Étel Port"]
    assert SearchedNames.of([]).near("etel", 2) == []
