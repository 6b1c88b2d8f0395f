"""What is masked, what stays: examples as people write them, and any number, address or plate in any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.remarks.mask import MASK, masked

PHONES = (
    "06 98 71 23 45",
    "0698712345",
    "06.98.71.23.45",
    "06-98-71-23-45",
    "06/98/71/23/45",
    "06:98:71:23:45",
    "06, 98, 71, 23, 45",
    "+33 6 98 71 23 45",
    "+33(0)6 98 71 23 45",
    "0033698712345",
    "O6 98 71 23 45",
    "6 98 71 23 45",
    "0 6 9 8 7 1 2 3 4 5",
    "06\u00a098\u202f71 23 45",
    "06\u200b98\u200b71\u200b23\u200b45",
    "０６９８７１２３４５",
    "٠٦٩٨٧١٢٣٤٥",
    "02 97 21 28 29",
    "(555) 123-4567",
    "+44 7911 123456",
)
ADDRESSES = (
    "anna@example.org",
    "anna.b+c@exa-mple.co.uk",
    "anna @ example.org",
    "anna (at) example (dot) org",
    "anna[à]example.org",
    "anna arobase example point fr",
    "anna＠example.org",
    "an\u200bna@example.org",
    "é.tienne@bücher.example",
)
PLATES = (
    *(
        "AB-123-CD",
        "AB123CD",
        "AB 123 CD",
        "ab-123-cd",
        "ab123cd",
        "ab 123 cd",
        "AB·123·CD",
        "AB\u200b-123-CD",
        "ＡＢ-123-ＣＤ",
    ),
    *("LE 123 DE", "le-123-de", "1234 AB 56", "1234AB56", "123 ABC 2A", "1234-ab-56"),
)
ORDINARY = (
    "Le bus de 8:02, 08:12, 08:22 et 08:32 n’est pas passé le 24/11/2026 à 8 h 05.",
    "Fermé du 01/12/2026 au 05/12/2026, 08:15 compris ; voir 2026-11-24 08:15 et 20261124.",
    "Lignes 11 12 13 14 15, quai 3, T1 et 2 ; 10, 20, 30, 40 et 50 ; 120 et 121.",
    "À 100 m, de 150 km, le 120 et le 121, de 100 en 100.",
    "12 rue de Liège, 56100 Lorient : 2 marches de 20 cm, la rampe fait 1,20 m.",
    "Appelez le 3949, le 115 ou le 15. Prix 1,80 € au lieu de 12,50 € !",
    "Horaires 06:15 07:15 08:15 09:15 ; 8h30, 17 h 30, 18H05.",
    "m², ½, n° 5, « Gare d’Échanges », Porzh-Loeiz ; c’hoazh\n2e ligne ☂",
    "rdv @ 8h",
)
BETWEEN = st.sampled_from([" ", "", ".", "-", "/", "\u00a0", "  ", " - ", "\u2009", "\u200b"])
AROUND = st.text(st.characters(categories=["L", "P", "Zs"], exclude_characters="@"), max_size=20)


def phone(pairs: list[int], between: str, start: str) -> str:
    return between.join([start, *(f"{pair:02}" for pair in pairs)])


@pytest.mark.parametrize("said", [*PHONES, *ADDRESSES, *PLATES], ids=ascii)
def test_it_is_masked_within_a_sentence(said: str) -> None:
    assert masked(said) == MASK
    assert masked(f"Voir {said}, merci.") == f"Voir {MASK}, merci."


@pytest.mark.parametrize("said", ORDINARY, ids=range(len(ORDINARY)))
def test_ordinary_text_stays_letter_by_letter(said: str) -> None:
    assert masked(said) == said


@given(
    st.lists(st.integers(0, 99), min_size=4, max_size=4),
    BETWEEN,
    st.sampled_from([f"{lead}{digit}" for lead in ("0", "+33", "+33 ", "0033", "+33 (0)") for digit in range(1, 10)]),
    AROUND,
    AROUND,
)
def test_no_digit_of_a_telephone_number_survives(
    pairs: list[int], between: str, start: str, before: str, after: str
) -> None:
    said = masked(f"{before} {phone(pairs, between, start)} {after}")
    assert not re.search(r"\d", said), said


@given(st.emails(), AROUND, AROUND)
def test_no_address_survives(address: str, before: str, after: str) -> None:
    said = masked(f"{before} {address} {after}")
    assert "@" not in said and address not in said


SERIES = st.text("ABCDEFGHJKLMNPQRSTVWXYZ", min_size=2, max_size=2)


@given(SERIES, st.integers(0, 999), SERIES, st.sampled_from(["-", "", " "]), AROUND, AROUND)
def test_no_plate_survives(first: str, number: int, last: str, between: str, before: str, after: str) -> None:
    plate = between.join((first, f"{number:03}", last))
    said = masked(f"{before} {plate} {after}")
    assert plate not in said and not re.search(r"\d", said)


@given(
    st.lists(st.sampled_from(" ".join(ORDINARY[2:4]).split()), max_size=3),
    st.text("abcdeéèçàœ ,.;!?’-\n", max_size=100),
)
def test_a_text_without_any_stays_as_it_is(words: list[str], text: str) -> None:
    """Of numbers that are no telephone number, two words apart."""
    said = f" {text} ou bien ".join(words)
    assert masked(said) == said


@given(st.text(max_size=500))
def test_whatever_is_written_is_answered_within_its_length(text: str) -> None:
    found = masked(text)
    assert len(found.replace(MASK, "")) <= len(text)
    assert "\x00" not in found
