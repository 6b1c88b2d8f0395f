"""The last one within the usual walk is gone, and a longer walk still leads to one: as API and page say it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from api.present.advice import last_departure
from api.present.day_words import DayWords
from api.web.sentences import EASY, LANGUAGES, sentences
from mobility.planning.missed import last_gone
from mobility.planning.planner import plan
from tests.api.live.told import text
from tests.harbour import LINES, STOPS
from tests.town import ask, at, moment, town

SPOKEN = (*LANGUAGES, EASY)

ASKED = {"fromPlace": "t_Q", "toPlace": "t_L", "time": "2026-06-03T19:46:00+02:00", "ifMissed": "true"}
NOW = "2026-06-03 19:46"
MORNING = "Boat3\nL Q\n8:00 8:15\n"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Aujourd’hui, il n’y a plus de bateau sans marcher plus de 15 min. Mais si vous marchez 18 min jusqu’à P, "
            "un bateau part à 20:15, arrivée à 20:22. "
            "Sinon, le prochain part demain à 18:00 (ligne Boat1) de l’arrêt Q.",
        ),
        (
            "br",
            "Hiziv n’eus bag ebet ken gant 15 min bale d’ar muiañ. Met en ur vale 18 min betek P ez eus ur vag o "
            "loc’hañ da 20:15, erruet da 20:22. Anez e loc’h an hini da-heul warc’hoazh "
            "da 18:00 (linenn Boat1) adalek Q.",
        ),
        (
            "en",
            "With a walk of 15 min at most there are no more boats today. But if you walk 18 min to P, a boat leaves "
            "at 20:15, arriving at 20:22. Otherwise the next one leaves tomorrow at 18:00 (line Boat1) from Q.",
        ),
        (
            "fr-x-falc",
            "Aujourd’hui, il n’y a plus de bateau si vous marchez 15 minutes ou moins. Mais vous pouvez marcher "
            "18 minutes. Allez à P. Un bateau part à 20:15. Vous arrivez à 20:22. "
            "Sinon, le suivant part demain à 18:00 (ligne Boat1) de l’arrêt Q.",
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
    assert "si vous marchez 18" in page
    assert '<button form="search" name="farther" value="1">' in page
    assert "20:15" in client.post("/?lang=fr", data=form | {"farther": "1"}).text
    assert "si vous marchez 18" not in client.post("/?lang=fr", data=form | {"farther": "1"}).text


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


def test_the_last_boat_is_that_of_its_quay(ask_town: Any) -> None:
    """The one at 20:15 leaves from P, 18 min on foot from there."""
    form = {"from": "t_Q", "to": "t_L", "when": "leave", "moment": "2026-06-03T19:20"}
    page = text(unescape(ask_town(STOPS, LINES, now=NOW).post("/?lang=fr", data=form).text))
    assert "Dernier bateau de la journée, Q → L : 19:30." in page
    assert "18 min à pied jusqu’à P, puis Boat2 à 20:15" in page


def test_a_boat_of_another_quay_of_the_same_stop_is_one_of_those_that_follow(ask_town: Any) -> None:
    """P lies 100 m from Q and bears the same name."""
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon",
        *(_row(*one) for one in (("Q", "0 0"), ("P", "0.1 0"), ("L", "12 0"))),
    )
    client = ask_town(STOPS, LINES, more={"stops": "\n".join(stops).replace("P,P", "P,Q")}, now=NOW)
    form = {"from": "t_Q", "to": "t_L", "when": "leave", "moment": "2026-06-03T19:20"}
    assert "Bateaux suivants, Q → L : 20:15." in text(unescape(client.post("/?lang=fr", data=form).text))


def _row(name: str, plan_km: str) -> str:
    where = at(plan_km)
    return f"{name},{name},{where.lat:.7f},{where.lon:.7f}"


def test_who_walks_longer_has_a_later_boat_back(ask_town: Any) -> None:
    form = {"from": "t_L", "to": "t_Q", "when": "leave", "moment": "2026-06-03T07:55", "backMoment": "2026-06-03T17:00"}
    page = text(unescape(ask_town(STOPS, MORNING + LINES).post("/round-trip?lang=fr", data=form).text))
    assert (
        "Dernier bateau pour rentrer aujourd’hui : 19:30, Q. "
        "Mais si vous marchez 18 min jusqu’à P, un bateau part à 20:15, arrivée à 20:22."
    ) in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Aujourd’hui, il n’y a plus de bateau avec 15 min de chemin au plus. Mais avec 18 min de chemin jusqu’à P",
        ),
        ("br", "Hiziv n’eus bag ebet ken gant 15 min hent d’ar muiañ. Met gant 18 min hent betek P"),
        ("en", "With 15 min at most to the stop and from it there are no more boats today. But if you go 18 min to P"),
        ("fr-x-falc", "Aujourd’hui, il n’y a plus de bateau avec 15 minutes de chemin ou moins. Mais vous pouvez"),
    ],
)
def test_who_climbs_no_steps_hears_of_a_way_and_not_of_a_walk(language: str, sentence: str) -> None:
    """Of a way that is known to have no steps."""
    territory = town(STOPS, LINES)
    gone = last_gone(territory, plan(territory, ask(territory, "Q", "L", NOW)))
    assert gone is not None and gone.farther is not None
    rolled = replace(gone, step_free=True, farther=replace(gone.farther, step_free=True))
    told = last_departure(rolled, DayWords(sentences(language), territory.zone, moment(NOW)))
    assert told["sentence"].replace("\u202f", " ").replace("\xa0", " ").startswith(sentence)


def test_who_climbs_no_steps_hears_of_no_walking_in_any_of_its_sentences() -> None:
    """`Marche` is a step, too; who rolls does not walk. Programs know the English reason by its first words."""
    walked = re.compile(r"\b(march(e|er|ez|ant)|à pied|bale|vale|kerzh\w*|droad|walk\w*|on foot)\b", re.IGNORECASE)
    said = [
        (language, key, text)
        for language in SPOKEN
        for one in ("gone", "reason")
        for key, text in sentences(language).worded_for(one, step_free=True).items()
    ]
    found = {(language, key) for language, key, text in said if key != "only_with_steps" and walked.search(text)}
    assert found == {("en", "walk_too_long")}
