"""Distances, what is emitted and opening hours as people say them, in each language."""

from __future__ import annotations

import re

import pytest

from api.present.distances import distance
from api.present.emissions import mass
from api.present.opening_hours import spoken_hour, spoken_hours
from api.present.prose import duration, own_way
from api.web.sentences import EASY, LANGUAGES, sentences

FRENCH = sentences("fr")


@pytest.mark.parametrize(
    ("metres", "told"),
    [
        (7, "7 m"),
        (29, "30 m"),
        (134, "130 m"),
        (994, "990 m"),
        (996, "1 km"),
        (1000, "1 km"),
        (1294, "1,3 km"),
        (1950, "2 km"),
    ],
)
def test_a_distance_is_told_by_tens_of_metres_and_tenths_of_kilometres(metres: int, told: str) -> None:
    assert plain(distance(metres, FRENCH)) == told


def test_a_kilometre_and_a_half_has_a_point_in_english_and_its_whole_name_in_easy_french() -> None:
    assert plain(distance(1500, sentences("en"))) == "1.5 km"
    assert distance(1500, sentences(EASY)) == "1,5 kilomètres"


@pytest.mark.parametrize(
    ("grams", "told"), [(0, "0 g"), (682, "682 g"), (999, "999 g"), (1000, "1 kg"), (1951, "2 kg"), (12_340, "12,3 kg")]
)
def test_what_is_emitted_is_told_in_grams_and_from_a_thousand_on_in_kilograms(grams: int, told: str) -> None:
    assert plain(mass(grams, FRENCH)) == plain(mass(grams, sentences("br"))) == told


def test_a_kilogram_and_a_half_has_a_point_in_english_and_its_whole_name_in_easy_french() -> None:
    assert plain(mass(1500, sentences("en"))) == "1.5 kg"
    assert mass(1500, sentences(EASY)) == "1,5 kilogrammes"


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_no_text_writes_grams_but_by_that_formatter(language: str) -> None:
    texts = [text for section in sentences(language).sections.values() for text in section.values()]
    assert [text for text in texts if re.search(r"\}\s(g|kg|grammes)\b", text) and not text.startswith("{n}")] == []


def test_a_walk_is_told_in_minutes_first() -> None:
    assert plain(own_way("WALK", 98, 134, FRENCH)) == "2 min à pied (130 m)"
    assert plain(own_way("BIKE", 3700, 15000, FRENCH)) == "1 h 02 à vélo (15 km)"


@pytest.mark.parametrize(
    ("seconds", "metres", "told"),
    [(40, 60, "1 min"), (60, 80, "1 min"), (61, 80, "2 min"), (0, 1, "1 min"), (0, 0, "0 min")],
)
def test_a_walk_that_one_has_to_do_takes_a_minute_at_least(seconds: int, metres: int, told: str) -> None:
    assert plain(own_way("WALK", seconds, metres, FRENCH)) == f"{told} à pied ({metres} m)"


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("Mo-Fr 08:00-18:30", "du lundi au vendredi, 8 h – 18 h 30"),
        ("Mo-Fr 08:30-12:00,14:00-18:00", "du lundi au vendredi, 8 h 30 – 12 h et 14 h – 18 h"),
        ("Mo-Fr 08:00-18:30; Sa 09:00-12:30", "du lundi au vendredi, 8 h – 18 h 30 ; samedi, 9 h – 12 h 30"),
        ("Sa-Su 09:05-12:00; Mo off", "samedi et dimanche, 9 h 05 – 12 h ; lundi, fermé"),
        ("Mo-We,Fr 09:00-12:00", "du lundi au mercredi et vendredi, 9 h – 12 h"),
        ("Mo-Su 06:15-18:00", "tous les jours, 6 h 15 – 18 h"),
        ("06:15-18:00", "tous les jours, 6 h 15 – 18 h"),
        ("24/7", "tous les jours, jour et nuit"),
        ("", ""),
    ],
)
def test_opening_hours_stand_as_on_a_door(published: str, told: str) -> None:
    assert plain(spoken_hours(published, FRENCH)) == told


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def lines_of(text: str) -> list[str]:
    """As a browser may break it: at each space that is not forbidden."""
    return text.split(" ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["du", "lundi", "au", "vendredi,", "8 h 30 –", "12 h", "et", "14 h –", "18 h"]),
        (EASY, ["du", "lundi", "au", "vendredi,", "de", "8 h 30", "à", "12 h", "et", "de", "14 h", "à", "18 h"]),
        ("br", ["Lun", "–", "Gwener,", "8e30 –", "12e", "ha", "14e –", "18e"]),
        ("en", ["Monday", "to", "Friday,", "8:30–12:00", "and", "14:00–18:00"]),
    ],
)
def test_no_line_breaks_inside_of_an_hour(language: str, expected: list[str]) -> None:
    assert [plain(part) for part in lines_of(spoken_hours("Mo-Fr 08:30-12:00,14:00-18:00", sentences(language)))] == (
        expected
    )


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_no_line_breaks_between_a_number_and_its_unit(language: str) -> None:
    said = sentences(language)
    told = [duration(3720, said), duration(120, said), distance(130, said)]
    assert [len(lines_of(one)) for one in told] == [1, 1, 1]
    assert len(lines_of(duration(3720, sentences(EASY)))) == 1


def test_hours_that_cannot_be_read_stay_as_published_with_the_names_of_their_days() -> None:
    assert spoken_hours("Jun-Sep: Mo-Fr 08:00-18:00; PH off", FRENCH) == (
        "Jun-Sep: lundi-vendredi 08:00-18:00; jours fériés off"
    )


def test_other_languages_write_hours_as_they_do() -> None:
    hours = "Mo-Fr 08:00-18:30"
    assert spoken_hours(hours, sentences("en")) == "Monday to Friday, 8:00–18:30"
    assert plain(spoken_hours(hours, sentences(EASY))) == "du lundi au vendredi, de 8 h à 18 h 30"
    assert plain(spoken_hours(hours, sentences("br"))) == "Lun – Gwener, 8e – 18e30"
    assert spoken_hour("09:00", sentences("en")) == "9:00"
