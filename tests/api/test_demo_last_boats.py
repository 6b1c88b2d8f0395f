"""What is said of the last boat on the demo territory: that it is gone, when the next one leaves, and of which days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.api.test_demo_trips import BEYOND_THE_BASIN, GROIX, STATION, ask

GAVRES, INDES = "lorient_ban-gavres", "lorient_embarcadere"
LOCMALO, QUAY = "lorient_port-louis-locmalo", "47.7452,-3.3570"
LOCHRIST = "47.837,-3.259"
FROM_GROIX = "(ligne GX) de l’arrêt Groix Port-Tudy (quai)"


@pytest.fixture(scope="module")
def client(at_clock: Callable[[str], CheckedClient]) -> CheckedClient:
    return at_clock("2026-11-23 7:00")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "À cette heure-là, il n’y a plus de bateau pour ce trajet : le dernier part mardi 1er décembre "
            "à 17:30 (ligne GX) de l’arrêt Groix Port-Tudy (quai). "
            "Le prochain que vous pouvez prendre part mercredi 2 décembre à 6:40.",
        ),
        (
            "br",
            "D’an eur-se ne vo bag ebet ken evit ar veaj-mañ : an hini diwezhañ a loc’ho Meurzh 1añ Kerzu "
            "da 17:30 (linenn GX) adalek Groix Port-Tudy (quai). "
            "An hini da-heul a c’hallit tapout a loc’ho Mercʼher 2 Kerzu da 6:40.",
        ),
        (
            "en",
            "At that hour there are no more boats for this trip: the last one leaves on Tuesday 1 December "
            "at 17:30 (line GX) from Groix Port-Tudy (quai). "
            "The next one that you can catch leaves on Wednesday 2 December at 6:40.",
        ),
    ],
)
def test_a_week_before_the_island_says_of_which_days_the_boats_are(
    client: CheckedClient, language: str, sentence: str
) -> None:
    answer = ask(client, GROIX, STATION, "2026-12-01T20:30:00", language=language)
    assert answer["hent"]["lastDeparture"]["sentence"] == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Pour ce trajet, le dernier bateau part à 18:30 (ligne GX) de l’arrêt Gare Maritime (quai de Groix) : "
            "ce sera juste. Partez tout de suite et marchez vite.",
        ),
        (
            "br",
            "Ar vag diwezhañ evit ar veaj-mañ a loc’ho da 18:30 (linenn GX) adalek Gare Maritime (quai de Groix) : "
            "strizh e vefe an amzer, kit kuit diouzhtu ha kerzhit buan.",
        ),
        (
            "en",
            "The last boat for this trip leaves at 18:30 (line GX) from Gare Maritime (quai de Groix): "
            "it will be tight. "
            "Leave at once and walk fast.",
        ),
        (
            "fr-x-falc",
            "Pour ce trajet, le dernier bateau part à 18:30 (ligne GX) de l’arrêt Gare Maritime (quai de Groix). "
            "Vous avez très peu de temps. Partez maintenant",
        ),
    ],
)
def test_who_may_still_catch_the_last_boat_is_told_to_hurry(
    at_clock: Callable[[str], CheckedClient], language: str, sentence: str
) -> None:
    answer = ask(at_clock("2026-12-06 18:18"), BEYOND_THE_BASIN, GROIX, "2026-12-06T18:20:00", language=language)
    assert answer["hent"]["lastDeparture"]["sentence"].startswith(sentence)


def test_who_asks_days_before_is_told_to_leave_earlier_and_not_at_once(client: CheckedClient) -> None:
    answer = ask(client, BEYOND_THE_BASIN, GROIX, "2026-12-06T18:20:00", language="en")
    assert answer["hent"]["lastDeparture"]["sentence"].startswith(
        "The last boat for this trip leaves on Sunday 6 December at 18:30 "
        "(line GX) from Gare Maritime (quai de Groix): "
        "from that hour on it would be tight. Leave earlier."
    )


@pytest.mark.parametrize(
    ("now", "asked", "sentence"),
    [
        (
            "2026-12-01 20:29",
            "2026-12-01T20:30:00",
            f"Pour ce trajet, le dernier bateau est parti à 17:30 {FROM_GROIX}. "
            "Le prochain que vous pouvez prendre part demain à 6:40.",
        ),
        (
            "2026-12-01 23:50",
            "2026-12-01T23:50:00",
            f"Pour ce trajet, le dernier bateau est parti à 17:30 {FROM_GROIX}. "
            "Le prochain que vous pouvez prendre part demain à 6:40.",
        ),
        (
            "2026-12-02 0:05",
            "2026-12-02T00:05:00",
            f"Pour ce trajet, le dernier bateau est parti hier à 17:30 {FROM_GROIX}. "
            "Le prochain que vous pouvez prendre part ce matin à 6:40.",
        ),
        (
            "2026-12-02 0:30",
            "2026-12-02T00:30:00",
            f"Pour ce trajet, le dernier bateau est parti hier à 17:30 {FROM_GROIX}. "
            "Le prochain que vous pouvez prendre part ce matin à 6:40.",
        ),
        (
            "2026-12-02 8:00",
            "2026-12-02T00:30:00",
            f"Pour ce trajet, le dernier bateau est parti hier à 17:30 {FROM_GROIX}. "
            "Le prochain que vous pouvez prendre part aujourd’hui à 6:40.",
        ),
        (
            "2026-12-01 8:00",
            "2026-12-02T00:30:00",
            f"À cette heure-là, il n’y a plus de bateau pour ce trajet : "
            f"le dernier part aujourd’hui à 17:30 {FROM_GROIX}. "
            "Le prochain que vous pouvez prendre part mercredi 2 décembre à 6:40.",
        ),
    ],
)
def test_days_are_told_from_the_clock_and_by_their_dates_in_an_answer_about_another_day(
    at_clock: Callable[[str], CheckedClient], now: str, asked: str, sentence: str
) -> None:
    found = ask(at_clock(now), GROIX, STATION, asked, language="fr")["hent"]["lastDeparture"]["sentence"]
    assert found.replace("\u202f", " ") == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Dimanche 6 décembre, il n’y a pas de bateau pour ce trajet."),
        ("br", "N’eus bag ebet evit ar veaj-mañ Sul 6 Kerzu."),
        ("en", "There are no boats for this trip on Sunday 6 December."),
        ("fr-x-falc", "Dimanche 6 décembre, il n’y a pas de bateau pour ce trajet."),
    ],
)
def test_where_no_bus_leads_to_a_boat_that_sails_nobody_hears_that_none_does(
    client: CheckedClient, language: str, sentence: str
) -> None:
    """On Sundays no bus leaves Inzinzac-Lochrist, and the boats to Groix are five."""
    answer = ask(client, LOCHRIST, GROIX, "2026-12-06T08:00:00", language=language)
    assert answer["hent"]["lastDeparture"]["sentence"].startswith(sentence)
    assert ask(client, BEYOND_THE_BASIN, GROIX, "2026-12-06T08:00:00")["itineraries"]


@pytest.mark.parametrize(
    ("clock", "profile", "walks", "departure"),
    [
        ("19:46", "adult", [("access", "Port-Louis La Pointe (quai)", 19)], "2026-12-06T20:15:00+01:00"),
        ("20:05", "adult", None, None),
        ("19:46", "low_mobility", None, None),
    ],
    ids=["in time", "too late to walk there", "who climbs no steps"],
)
def test_who_missed_the_last_boat_of_a_sunday_hears_of_the_one_from_the_farther_quay(
    at_clock: Callable[[str], CheckedClient], clock: str, profile: str, walks: Any, departure: str | None
) -> None:
    """From Locmalo the boats are over at 19:13; La Pointe, at the other end of Port-Louis, has one at 20:15."""
    asked = {"language": "fr", "profile": profile}
    answer = ask(at_clock(f"2026-12-06 {clock}"), LOCMALO, QUAY, f"2026-12-06T{clock}:00", **asked)
    far = answer["hent"]["lastDeparture"]["farther"]
    assert (far and far["departure"]) == departure
    assert (far and [(one["end"], one["stop"], -(-one["duration"] // 60)) for one in far["walks"]]) == walks


def test_of_a_saturday_evening_the_walk_across_port_louis_leads_from_boat_to_boat(
    at_clock: Callable[[str], CheckedClient],
) -> None:
    """From Gâvres the boats lead to Locmalo; those from there to Lorient are over, and one leaves La Pointe."""
    answer = ask(at_clock("2026-12-05 18:46"), GAVRES, INDES, "2026-12-05T18:46:00", language="fr")
    gone = answer["hent"]["lastDeparture"]
    assert (
        gone["sentence"]
        .replace("\u202f", " ")
        .replace("\xa0", " ")
        .startswith(
            "Sans longue attente en chemin, aujourd’hui, il n’y a plus de bateau sans marcher plus de 10 min "
            "entre deux lignes. Mais si vous marchez plus longtemps, un bateau part à 19:10 (ligne B3) de l’arrêt "
            "Gâvres Ban-Gâvres (quai), arrivée à 19:57. "
            "En chemin, il y a 19 min de marche de Port-Louis Locmalo (quai) à Port-Louis La Pointe "
            "(quai), où vous prenez la ligne B1 à 19:45."
        )
    )
    (walk,) = gone["farther"]["walks"]
    assert (walk["end"], walk["start"], walk["stop"], walk["then"]["line"]) == (
        "transfer",
        "Port-Louis Locmalo (quai)",
        "Port-Louis La Pointe (quai)",
        "B1",
    )
