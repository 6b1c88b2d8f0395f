"""The last one within the usual walk is gone, and a longer walk still leads to one: as API and page say it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harbour import LINES, STOPS

ASKED = {"fromPlace": "t_Q", "toPlace": "t_L", "time": "2026-06-03T19:46:00+02:00", "ifMissed": "true"}
NOW = "2026-06-03 19:46"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Aujourd’hui, il n’y a plus de bateau avec 15 min de marche au plus. Mais en marchant 18 min jusqu’à P, un "
            "bateau part à 20:15, arrivée à 20:22. Sinon, le prochain part demain à 18:00.",
        ),
        (
            "br",
            "Hiziv n’eus bag ebet ken gant 15 min bale d’ar muiañ. Met en ur vale 18 min betek P ez eus ur vag o "
            "loc’hañ da 20:15, erruet da 20:22. Anez e loc’h an hini da-heul warc’hoazh da 18:00.",
        ),
        (
            "en",
            "With a walk of 15 min at most there are no more boats today. But if you walk 18 min to P, a boat leaves "
            "at 20:15, arriving at 20:22. Otherwise the next one leaves tomorrow at 18:00.",
        ),
        (
            "fr-x-falc",
            "Aujourd’hui, il n’y a plus de bateau si vous marchez 15 minutes ou moins. Mais vous pouvez marcher "
            "18 minutes. Allez à P. Un bateau part à 20:15. Vous arrivez à 20:22. "
            "Sinon, le suivant part demain à 18:00.",
        ),
    ],
)
def test_a_boat_that_a_longer_walk_leads_to_is_said(ask_town: Any, language: str, sentence: str) -> None:
    answer = ask_town(STOPS, LINES, now=NOW).ask("/api/v6/plan", **ASKED | {"language": language})
    gone = answer["hent"]["lastDeparture"]
    assert gone["sentence"].replace("\u202f", " ").replace("\xa0", " ") == sentence
    assert gone["farther"]["departure"] == "2026-06-03T20:15:00+02:00"
    assert [(walk["end"], walk["stop"], walk["duration"] // 60) for walk in gone["farther"]["walks"]] == [
        ("access", "P", 17)
    ]


def test_with_the_longer_walk_the_page_leads_to_that_boat(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, now=NOW)
    form = {"from": "t_Q", "to": "t_L", "when": "leave", "moment": "2026-06-03T19:46"}
    page = client.post("/?lang=fr", data=form).text
    assert "en marchant 18" in page
    assert '<button form="search" name="farther" value="1">' in page
    assert "20:15" in client.post("/?lang=fr", data=form | {"farther": "1"}).text
    assert "en marchant 18" not in client.post("/?lang=fr", data=form | {"farther": "1"}).text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Si vous le manquez : 18 min à pied jusqu’à P, puis Boat2 à 20:15, arrivée à 20:22 (37 min plus tard)."),
        (
            "br",
            "Mar c’hwitit warnañ : 18 min war droad betek P, ha neuze Boat2 da 20:15, erruet da 20:22 "
            "(37 min diwezhatoc’h).",
        ),
        ("en", "If you miss it: 18 min on foot to P, then Boat2 at 20:15, arriving at 20:22 (37 min later)."),
        ("fr-x-falc", "Vous l’avez raté ? Marchez 18 minutes. Allez à P. Prenez Boat2 à 20:15. Vous arrivez à 20:22."),
    ],
)
def test_a_boat_is_not_called_the_last_one_where_a_longer_walk_leads_to_another(
    ask_town: Any, language: str, sentence: str
) -> None:
    client = ask_town(STOPS, LINES, now="2026-06-03 19:20")
    answer = client.ask("/api/v6/plan", **ASKED | {"time": "2026-06-03T19:20:00+02:00", "language": language})
    missed = answer["itineraries"][0]["legs"][-1]["hent"]["ifMissed"]
    assert missed["sentence"].replace("\u202f", " ").replace("\xa0", " ") == sentence
    assert (missed["last"], [walk["stop"] for walk in missed["walks"]]) == (False, ["P"])
