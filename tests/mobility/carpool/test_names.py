"""Names that look like another one by tricks of writing are refused (UTS 39); those that people bear are not."""

from __future__ import annotations

import pytest

from mobility.carpool.names import imitates, normal_name
from mobility.errors import InvalidQuery


@pytest.mark.parametrize(
    "name",
    [
        "Anna",
        "Gwenaëlle 56",
        "Yann-Ber L’Hôte",
        "Ωριγένης",
        "Наталья",
        "محمد",
        "山田 はなこ",
        "김철수",
        "אנה",
        "Zoé 🚗",
    ],
)
def test_names_of_one_script_are_kept_as_they_are(name: str) -> None:
    assert normal_name(name) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Аnna", "mixes letters of several scripts"),
        ("Annα", "mixes letters of several scripts"),
        ("An\u200bna", "characters that nobody sees"),
        ("Anna\u200d", "characters that nobody sees"),
        ("\u202eannA", "characters that nobody sees"),
        ("Anna\u2066\u2069", "characters that nobody sees"),
        ("An\u00adna", "characters that nobody sees"),
        ("Anna\ufeff", "characters that nobody sees"),
        ("Anna\ue000", "characters that nobody sees"),
        ("Anna 5٥", "mixes letters of several scripts"),
        ("محمد ٤۴", "mixes digits"),
        ("A" + "\u0300" * 6, "more accents"),
        ("\u0301Anna", "more accents"),
        ("\u3164", "characters that nobody sees"),
        ("…", "letters or digits"),
        ("ﷺ" * 3, "40 characters"),
    ],
)
def test_a_name_that_imitates_is_refused(name: str, why: str) -> None:
    with pytest.raises(InvalidQuery, match=why) as refused:
        normal_name(name)
    assert refused.value.parameter == "alias"


@pytest.mark.parametrize(("typed", "kept"), [("𝐀𝐧𝐧𝐚", "Anna"), ("Ａｎｎａ", "Anna"), ("Jean\u00a0 Ber", "Jean Ber")])
def test_letters_that_are_another_form_of_plain_ones_become_those(typed: str, kept: str) -> None:
    assert normal_name(typed) == kept


def test_of_other_operators_only_what_tricks_is_left_out() -> None:
    assert imitates("Dоm")
    assert not imitates("Covoit'ici")
    assert not imitates("D")
