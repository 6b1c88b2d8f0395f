"""The last one with the usual walks is gone, and with one between two vehicles it is not: as API and pages say it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tests.api.live.told import text
from tests.harbour import WALKED_BETWEEN, WITH_AN_ISLAND

NOW = "2026-06-03 18:10"
ASKED = {"fromPlace": "t_G", "toPlace": "t_L", "time": "2026-06-03T18:10:00+02:00", "ifMissed": "true"}
FORM = {"from": "t_G", "to": "t_L", "when": "leave", "moment": "2026-06-03T18:10"}
FARTHER = 'name="farther" value="1"'
THEN = {"line": "Boat2", "mode": "FERRY", "stop": "P", "stopId": "t_P", "departure": "2026-06-03T18:15:00Z"}


def plain(sentence: str) -> str:
    return sentence.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Aujourd’hui, il n’y a plus de bateau sans marcher plus de 10 min entre deux lignes. "
            "Mais si vous marchez plus longtemps, un bateau part à 19:00 (ligne Boat0) de l’arrêt G, arrivée à 20:22. "
            "En chemin, il y a 18 min de marche de Q à P, où vous prenez la ligne Boat2 à 20:15. "
            "Sinon, le prochain part demain à 18:00 (ligne Boat0) de l’arrêt G.",
        ),
        (
            "br",
            "Hiziv n’eus bag ebet ken gant 10 min bale d’ar muiañ etre div linenn. "
            "Met gant ur bale hiroc’h ez eus ur vag o loc’hañ da 19:00 (linenn Boat0) adalek G, erruet da 20:22. "
            "War an hent ez eus 18 min bale eus Q da P, el lec’h ma tapit linenn Boat2 da 20:15. "
            "Anez e loc’h an hini da-heul warc’hoazh da 18:00 (linenn Boat0) adalek G.",
        ),
        (
            "en",
            "With a walk of 10 min at most between two lines there are no more boats today. "
            "But with a longer walk a boat leaves at 19:00 (line Boat0) from G, arriving at 20:22. "
            "On the way it is a walk of 18 min from Q to P, where you take line Boat2 at 20:15. "
            "Otherwise the next one leaves tomorrow at 18:00 (line Boat0) from G.",
        ),
        (
            "fr-x-falc",
            "Aujourd’hui, il n’y a plus de bateau si vous marchez 10 minutes ou moins entre deux bateaux ou bus. "
            "Mais vous pouvez marcher plus longtemps. Un bateau part à 19:00 (ligne Boat0) de l’arrêt G. "
            "Vous arrivez à 20:22. "
            "En chemin, vous marchez 18 minutes, de Q à P. Là, prenez la ligne Boat2 à 20:15. "
            "Sinon, le suivant part demain à 18:00 (ligne Boat0) de l’arrêt G.",
        ),
    ],
)
def test_a_boat_that_one_walks_to_from_another_is_said(ask_town: Any, language: str, sentence: str) -> None:
    answer = ask_town(WITH_AN_ISLAND, WALKED_BETWEEN, now=NOW).ask("/api/v6/plan", **ASKED | {"language": language})
    gone = answer["hent"]["lastDeparture"]
    assert plain(gone["sentence"]) == sentence
    assert gone["farther"]["departure"] == "2026-06-03T19:00:00+02:00"
    assert gone["farther"]["walks"] == [{"end": "transfer", "start": "Q", "stop": "P", "duration": 1076, "then": THEN}]


def test_the_page_offers_no_search_that_does_not_find_it(ask_town: Any) -> None:
    """A longer walk at the ends leads nowhere; who asked for it hears of the same boats."""
    client = ask_town(WITH_AN_ISLAND, WALKED_BETWEEN, now=NOW)
    for more in ({}, {"farther": "1"}):
        page = client.post("/?lang=fr", data=FORM | more).text
        assert "18 min de marche de Q à P, où vous prenez la ligne Boat2 à 20:15" in plain(unescape(page))
        assert f'<button form="search" {FARTHER}>' not in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Si vous le manquez : Boat0 à 19:00, puis 18 min à pied de Q à P, puis Boat2 à 20:15, arrivée à 20:22 "
            "(1 h 37 plus tard).",
        ),
        (
            "br",
            "Mar c’hwitit warnañ : Boat0 da 19:00, ha neuze 18 min war droad eus Q da P, ha neuze Boat2 da 20:15, "
            "erruet da 20:22 (1 e 37 diwezhatoc’h).",
        ),
        (
            "en",
            "If you miss it: Boat0 at 19:00, then 18 min on foot from Q to P, then Boat2 at 20:15, arriving at 20:22 "
            "(1 h 37 later).",
        ),
        (
            "fr-x-falc",
            "Vous l’avez raté ? Prenez Boat0 à 19:00. Ensuite, marchez 18 minutes, de Q à P. Puis prenez Boat2 à "
            "20:15. Vous arrivez à 20:22.",
        ),
    ],
)
def test_a_boat_is_not_the_last_one_where_one_can_walk_on_from_the_next(
    ask_town: Any, language: str, sentence: str
) -> None:
    client = ask_town(WITH_AN_ISLAND, WALKED_BETWEEN, now="2026-06-03 17:50")
    answer = client.ask("/api/v6/plan", **ASKED | {"time": "2026-06-03T17:50:00+02:00", "language": language})
    missed = answer["itineraries"][0]["legs"][0]["hent"]["ifMissed"]
    assert plain(missed["sentence"]) == sentence
    assert (missed["last"], missed["next"]["line"], [one["end"] for one in missed["walks"]]) == (
        False,
        "Boat0",
        ["transfer"],
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Entre deux lignes, il faudrait marcher 18 minutes, de Q à P : plus que la limite de 10 minutes. "
            "Si vous l’acceptez, il y a un trajet : Boat0 aujourd’hui à 19:00, puis Boat2 à 20:15, arrivée à 20:22.",
        ),
        (
            "br",
            "18 munutenn vale zo etre div linenn, eus Q da P : hiroc’h eget ar vevenn a 10 munutenn. "
            "Gant ar bale-se ez eus ur veaj : Boat0 hiziv da 19:00, ha neuze Boat2 da 20:15, erruet da 20:22.",
        ),
        (
            "en",
            "Between two lines you would have to walk 18 minutes, from Q to P: more than the limit of 10. "
            "With that walk there is a trip: Boat0 today at 19:00, then Boat2 at 20:15, arriving at 20:22.",
        ),
        (
            "fr-x-falc",
            "Il n’y a pas de trajet sans longue marche. "
            "Prenez Boat0 aujourd’hui à 19:00. Ensuite, marchez 18 minutes, de Q à P. "
            "C’est long : plus de 10 minutes. Puis prenez Boat2 à 20:15. Vous arrivez à 20:22.",
        ),
    ],
)
def test_where_only_such_a_walk_leads_there_it_is_why_there_is_nothing(
    ask_town: Any, language: str, sentence: str
) -> None:
    boats = WALKED_BETWEEN.replace("Q     L", "L     Q")
    client = ask_town(WITH_AN_ISLAND, boats, now=NOW)
    reason = client.ask("/api/v6/plan", **ASKED | {"language": language})["hent"]["reason"]
    assert reason["code"] == "walk_between_too_long"
    assert plain(reason["sentence"]) == sentence
    assert FARTHER not in client.post("/?lang=fr", data=FORM).text


def test_who_walks_between_two_boats_has_a_later_way_back(ask_town: Any) -> None:
    """From the island to the town in the evening, back from a morning's boat."""
    morning = "Boat3\nL Q G\n8:00 8:15 8:30\n"
    form = FORM | {"from": "t_L", "to": "t_G", "moment": "2026-06-03T07:55", "backMoment": "2026-06-03T17:00"}
    client = ask_town(WITH_AN_ISLAND, morning + WALKED_BETWEEN)
    page = plain(text(unescape(client.post("/round-trip?lang=fr", data=form).text)))
    assert (
        "Dernier bateau pour rentrer aujourd’hui : 18:00, G. Mais si vous marchez plus longtemps, un bateau part à "
        "19:00 (ligne Boat0) de l’arrêt G, arrivée à 20:22. En chemin, il y a 18 min de marche de Q à P"
    ) in page
