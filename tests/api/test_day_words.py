"""The one place that tells days: from the clock, and no other text does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from api.present.day_words import DayWords
from api.web.sentences import EASY, LANGUAGES, sentences
from tests.town import ZONE, moment, town

RELATIVE = re.compile(
    r"\b(aujourd’hui|demain|hier|ce matin|ce soir|cette nuit|hiziv|warc’hoazh|dec’h|er mintin-mañ|en noz-mañ"
    r"|today|tomorrow|yesterday|this morning|tonight)\b",
    re.IGNORECASE,
)
TELLING = {"day", "illustrative"}
"""The place itself, and the invented day of the demonstration, which is always today."""
READY = {("coming_back", "tomorrow")}
"""For the script that tells the next departures."""


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_no_other_text_says_by_itself_what_day_it_is(language: str) -> None:
    found = [
        f"{section}.{key}"
        for section, texts in sentences(language).sections.items()
        for key, text in texts.items()
        if section not in TELLING and (section, key) not in READY and RELATIVE.search(text)
    ]
    assert found == []
    assert RELATIVE.search(sentences(language)["day"]["tomorrow"])


def days(now: str, language: str = "fr") -> DayWords:
    return DayWords(sentences(language), town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10").zone, moment(now))


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-06-02 23:59", "hier à 23:59"),
        ("2026-06-03 7:00", "à 7:00"),
        ("2026-06-03 23:59", "à 23:59"),
        ("2026-06-04 0:00", "demain à 0:00"),
        ("2026-06-05 6:40", "vendredi 5 juin à 6:40"),
        ("2026-07-01 6:40", "mercredi 1er juillet à 6:40"),
        ("2027-01-04 6:40", "lundi 4 janvier 2027 à 6:40"),
    ],
)
def test_a_moment_has_its_day_where_it_is_not_today(at: str, told: str) -> None:
    assert days("2026-06-03 8:00").moment(moment(at)) == told


@pytest.mark.parametrize(
    ("now", "at", "told"),
    [
        ("2026-06-03 0:10", "2026-06-03 0:20", "cette nuit à 0:20"),
        ("2026-06-03 0:10", "2026-06-03 3:59", "cette nuit à 3:59"),
        ("2026-06-03 0:10", "2026-06-03 4:00", "ce matin à 4:00"),
        ("2026-06-03 8:00", "2026-06-03 0:20", "aujourd’hui à 0:20"),
        ("2026-06-03 0:30", "2026-06-03 5:50", "ce matin à 5:50"),
        ("2026-06-03 0:30", "2026-06-03 14:00", "aujourd’hui à 14:00"),
        ("2026-06-03 8:00", "2026-06-03 5:50", "aujourd’hui à 5:50"),
        ("2026-06-02 23:50", "2026-06-03 5:50", "demain à 5:50"),
    ],
)
def test_what_comes_has_its_day_in_any_case(now: str, at: str, told: str) -> None:
    assert days(now).coming(moment(at)) == told


@pytest.mark.parametrize(
    ("now", "at", "told"),
    [
        ("2026-06-03 8:00", "2026-06-03 23:50", "aujourd’hui"),
        ("2026-06-03 8:00", "2026-06-04 0:30", "cette nuit"),
        ("2026-06-04 0:05", "2026-06-04 0:30", "cette nuit"),
        ("2026-06-04 4:00", "2026-06-04 0:30", "dans la nuit du mercredi 3 au jeudi 4 juin"),
        ("2026-06-04 1:00", "2026-06-05 0:30", "dans la nuit du jeudi 4 au vendredi 5 juin"),
        ("2026-06-04 1:00", "2026-06-04 8:00", "aujourd’hui"),
    ],
)
def test_after_midnight_it_is_the_night_that_is_told(now: str, at: str, told: str) -> None:
    assert days(now).day_of_service(moment(at)) == told


@pytest.mark.parametrize(
    ("about", "told"),
    [("2026-06-03", "demain à 6:40"), ("2026-06-04", "jeudi 4 juin à 6:40"), ("2026-06-02", "jeudi 4 juin à 6:40")],
)
def test_tomorrow_is_said_under_the_heading_of_today_alone(about: str, told: str) -> None:
    beneath = replace(days("2026-06-03 8:00"), about=date.fromisoformat(about))
    assert beneath.coming(moment("2026-06-04 6:40")) == told
    assert beneath.day(date(2026, 6, 3)) == "aujourd’hui", "which nobody can mistake"


def test_english_says_on_before_a_date_and_not_before_tomorrow() -> None:
    english = days("2026-06-03 8:00", "en")
    told = [english.moment(moment(at)) for at in ("2026-06-04 6:40", "2026-06-05 6:40")]
    assert told == ["tomorrow at 6:40", "on Friday 5 June at 6:40"]
    assert str(english.zone) == ZONE
