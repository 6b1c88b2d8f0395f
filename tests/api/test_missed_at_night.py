"""What is said to who misses the last one, before and after midnight: of which night it is the last, and on which day,
seen from the clock, the next one leaves and is there."""

from __future__ import annotations

import pytest

from api.present.day_words import DayWords
from api.present.fallbacks import fallback_sentence
from api.web.sentences import sentences
from mobility.planning.fallbacks import fallback_search
from mobility.planning.planner import plan
from tests.town import ask, moment, town

STOPS = "A 0 0, B 9 0"
NIGHT = "N2\nA B\n24:30 24:50"
MORNING = "Bus1\nA B\n5:50 6:10"
SPRING, AUTUMN = "2026-03-29", "2026-10-25"
"""Sundays: clocks go on from 2:00 to 3:00, and back from 3:00 to 2:00."""


def said(lines: str, language: str = "fr", now: str = "2026-06-03 0:20", asked: str = "2026-06-03 0:20") -> str:
    """Of the first one after the moment asked about."""
    found = town(STOPS, lines)
    query = ask(found, "A", "B", asked)
    first = min(plan(found, query).itineraries, key=lambda one: one.departure_s)
    (left,) = fallback_search(found, query).of(first)
    return plain(fallback_sentence(left, DayWords(sentences(language), found.zone, moment(now))))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            "C’est le dernier pour y arriver cette nuit. Si vous le manquez : Bus1 ce matin à 5:50, arrivée à 6:10.",
        ),
        (
            "br",
            "An hini diwezhañ eo evit erruout en noz-mañ. "
            "Mar c’hwitit warnañ : Bus1 er mintin-mañ da 5:50, erruet da 6:10.",
        ),
        (
            "en",
            "It is the last one to get there tonight. If you miss it: Bus1 this morning at 5:50, arriving at 6:10.",
        ),
        (
            "fr-x-falc",
            "C’est le dernier pour arriver cette nuit. Vous l’avez raté ? "
            "Prenez Bus1 ce matin à 5:50. Vous arrivez à 6:10.",
        ),
    ],
)
def test_the_next_bus_that_leaves_in_the_morning_of_the_same_date_is_said_without_a_but(
    language: str, expected: str
) -> None:
    assert said(f"{NIGHT}\n\n{MORNING}", language) == expected


LAST = "C’est le dernier pour y arriver {}. Si vous le manquez : Bus1 {}, arrivée à 6:10."


@pytest.mark.parametrize(
    ("now", "asked", "expected"),
    [
        ("2026-06-02 23:50", "2026-06-02 23:50", LAST.format("cette nuit", "demain à 5:50")),
        ("2026-06-03 0:05", "2026-06-03 0:05", LAST.format("cette nuit", "ce matin à 5:50")),
        ("2026-06-03 0:30", "2026-06-03 0:30", LAST.format("cette nuit", "ce matin à 5:50")),
        (
            "2026-06-01 8:00",
            "2026-06-03 0:05",
            LAST.format("dans la nuit du mardi 2 au mercredi 3 juin", "mercredi 3 juin à 5:50"),
        ),
        (
            "2026-05-20 8:00",
            "2026-05-31 23:50",
            LAST.format("dans la nuit du dimanche 31 mai au lundi 1er juin", "lundi 1er juin à 5:50"),
        ),
        (f"{SPRING} 0:05", f"{SPRING} 0:05", LAST.format("cette nuit", "ce matin à 5:50")),
        (f"{AUTUMN} 0:05", f"{AUTUMN} 0:05", LAST.format("cette nuit", "ce matin à 5:50")),
    ],
)
def test_nights_and_days_are_told_from_the_clock(now: str, asked: str, expected: str) -> None:
    assert said(f"{NIGHT}\n\n{MORNING}", now=now, asked=asked) == expected


@pytest.mark.parametrize(
    ("day", "late", "shown"),
    [(SPRING, "26:30 26:50", "3:30"), (AUTUMN, "28:30 28:50", "3:30"), ("2026-06-07", "27:30 27:50", "3:30")],
)
def test_what_leaves_before_four_by_the_clocks_is_of_the_evening_before(day: str, late: str, shown: str) -> None:
    """Times count from noon - 12 h: where clocks go on 26:30 is half past three, where they go back 28:30."""
    told = said(f"N2\nA B\n24:30 24:50\n{late}\n\n{MORNING}", now=f"{day} 0:05", asked=f"{day} 0:05")
    assert told.startswith(f"Si vous le manquez : N2 à {shown}, arrivée à")


def test_the_next_bus_that_leaves_the_same_night_and_is_there_in_the_morning_is_said_with_a_but() -> None:
    assert "Bus1 à 1:00, mais arrivée ce matin à 5:50." in said(f"{NIGHT}\n\nBus1\nA B\n25:00 29:50")


def test_of_a_day_with_nothing_left_after_it_both_days_are_named() -> None:
    once = "cette nuit ni aujourd’hui"
    found = town(STOPS, NIGHT, days=("20260602", "20260602"))
    query = ask(found, "A", "B", "2026-06-03 0:20")
    (left,) = fallback_search(found, query).of(plan(found, query).itineraries[0])
    told = fallback_sentence(left, DayWords(sentences("fr"), found.zone, moment("2026-06-03 0:20")))
    assert plain(told) == f"C’est le dernier : si vous le manquez, il n’y a plus rien {once}."


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
