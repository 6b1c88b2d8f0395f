"""By which day it is decided of what an operator says may be cancelled: typed as an hour alone, told with its day, and
refused where the trip has left by then."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.present.message_texts import is_decided_too_late, message_texts
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from tests.town import ZONE, moment

CROSSING = {
    "trip": "t_Boat2-1",
    "departs_s": int(moment("2026-06-03 8:30")),
    "until_s": int(moment("2026-06-03 8:50")),
}
"""Of the morning of a Wednesday."""
AFTERNOON = {"line": "t_Boat2", "until_s": int(moment("2026-06-04 4:00"))}


def at_risk(typed: str, decided: str, about: dict[str, Any]) -> OperatorMessage:
    from_s = int(moment("2026-06-03 12:00" if "line" in about else typed))
    risk = MessageEffect.AT_RISK, MessageCause.WEATHER, from_s
    return OperatorMessage("1", *risk, **about, clock=decided, at_s=int(moment(typed)))


def told(typed: str, decided: str, about: dict[str, Any], language: str = "fr") -> str:
    texts = dict(message_texts(at_risk(typed, decided, about), ZoneInfo(ZONE)))
    return texts[language].replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("typed", "decided", "about", "day"),
    [
        ("2026-06-01 10:00", "18:00", CROSSING, "mardi 2 juin à 18:00"),
        ("2026-06-02 17:59", "18:00", CROSSING, "mardi 2 juin à 18:00"),
        ("2026-06-02 20:00", "06:30", CROSSING, "mercredi 3 juin à 6:30"),
        ("2026-06-01 10:00", "08:29", CROSSING, "mercredi 3 juin à 8:29"),
        ("2026-06-01 10:00", "08:40", CROSSING, "mardi 2 juin à 8:40"),
        ("2026-06-01 10:00", "06:30", AFTERNOON, "mercredi 3 juin à 6:30"),
        ("2026-06-01 10:00", "18:00", AFTERNOON, "mardi 2 juin à 18:00"),
        ("2026-06-03 11:00", "18:00", AFTERNOON, "mercredi 3 juin à 18:00"),
    ],
)
def test_it_is_the_last_such_hour_before_it_or_where_that_is_over_the_next_one(
    typed: str, decided: str, about: dict[str, Any], day: str
) -> None:
    assert told(typed, decided, about) == f"Risque de suppression : météo. Décision {day}"


@pytest.mark.parametrize(
    ("typed", "decided", "about", "late"),
    [
        ("2026-06-02 8:40", "08:40", CROSSING, False),
        ("2026-06-02 8:41", "08:40", CROSSING, True),
        ("2026-06-03 7:00", "08:29", CROSSING, False),
        ("2026-06-03 7:00", "08:30", CROSSING, True),
        ("2026-06-03 11:00", "18:00", AFTERNOON, False),
        ("2026-06-03 19:00", "18:00", AFTERNOON, True),
        ("2026-06-03 7:00", "", CROSSING, False),
    ],
)
def test_it_is_too_late_once_the_trip_has_left_or_all_is_over(
    typed: str, decided: str, about: dict[str, Any], late: bool
) -> None:
    assert is_decided_too_late(at_risk(typed, decided, about), ZoneInfo(ZONE)) is late


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "To be decided on Tuesday 2 June at 18:00"),
        ("br", "Divizet e vo Meurzh 2 Mezheven da 18:00"),
        ("fr-x-falc", "Nous le saurons mardi 2 juin à 18:00"),
    ],
)
def test_every_language_tells_the_day(language: str, words: str) -> None:
    assert told("2026-06-01 10:00", "18:00", CROSSING, language).endswith(words)
