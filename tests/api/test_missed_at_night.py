"""What is said to who misses the last one of a night: when the next one leaves and is there, with no false contrast."""

from __future__ import annotations

import pytest

from api.present.fallbacks import fallback_sentence
from api.web.sentences import sentences
from mobility.planning.fallbacks import fallback_search
from mobility.planning.planner import plan
from tests.town import ask, town

STOPS = "A 0 0, B 9 0"
NIGHT = "N2\nA B\n0:30 0:50"


def said(lines: str, language: str) -> str:
    """Of the bus of half past midnight."""
    found = town(STOPS, f"{NIGHT}\n\n{lines}")
    query = ask(found, "A", "B", "2026-06-03 0:20")
    (left,) = fallback_search(found, query).of(plan(found, query).itineraries[0])
    return fallback_sentence(left, found.zone, sentences(language))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            "C’est le dernier pour y arriver cette nuit-là. Si vous le manquez : Bus1 au matin à 5:50, arrivée à 6:10.",
        ),
        (
            "br",
            "An hini diwezhañ eo evit erruout en noz-se. "
            "Mar c’hwitit warnañ : Bus1 diouzh ar mintin da 5:50, erruet da 6:10.",
        ),
        (
            "en",
            "It is the last one to get there that night. "
            "If you miss it: Bus1 in the morning at 5:50, arriving at 6:10.",
        ),
        (
            "fr-x-falc",
            "C’est le dernier pour arriver cette nuit-là. Vous l’avez raté ? "
            "Prenez Bus1 le matin à 5:50. Vous arrivez à 6:10.",
        ),
    ],
)
def test_the_next_bus_that_leaves_in_the_morning_of_the_same_date_is_said_without_a_but(
    language: str, expected: str
) -> None:
    assert plain(said("Bus1\nA B\n5:50 6:10", language)) == plain(expected)


def test_the_next_bus_that_leaves_the_same_night_and_is_there_in_the_morning_is_said_with_a_but() -> None:
    assert "Bus1 à 1:00, mais arrivée au matin à 5:50." in plain(said("Bus1\nA B\n1:00 5:50", "fr"))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
