"""That the last boat is gone, asked before and after midnight: on a plain night and on those in which clocks change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.motis import CheckedClient

STOPS = "A 0 0, D 6 0, E 9 0"
EVENING = "Boat2\nD E\n6:40 7:00\n17:30 17:50"
NIGHTS = {
    "plain": ("2026-06-06", "2026-06-07"),
    "on": ("2026-03-28", "2026-03-29"),
    "back": ("2026-10-24", "2026-10-25"),
}
"""Each from a Saturday to a Sunday; clocks go on from 2:00 to 3:00 in March, and back from 3:00 to 2:00 in October."""


@pytest.fixture(params=NIGHTS)
def night(request: pytest.FixtureRequest) -> tuple[str, str]:
    return NIGHTS[request.param]


def gone(ask_town: Any, lines: str, now: str, language: str = "fr", **asked: str) -> str:
    """What is said to who asks, about now where no time is said."""
    client: CheckedClient = ask_town(STOPS, lines, now=now)
    asked |= {"fromPlace": "t_D", "toPlace": "t_E", "language": language}
    told = client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]
    return str(told["sentence"]) if told else ""


@pytest.mark.parametrize(
    ("after_midnight", "clock", "last", "first"),
    [(0, "23:50", "", "demain"), (1, "0:05", "hier ", "ce matin"), (1, "0:30", "hier ", "ce matin")],
)
def test_the_day_of_the_last_boat_and_of_the_next_is_counted_from_now(
    ask_town: Any, night: tuple[str, str], after_midnight: int, clock: str, last: str, first: str
) -> None:
    assert gone(ask_town, EVENING, f"{night[after_midnight]} {clock}") == (
        f"Pour ce trajet, le dernier bateau est parti {last}à 17:30 (ligne Boat2) de l’arrêt D. "
        f"Le prochain que vous pouvez prendre part {first} à 6:40."
    )


def test_a_boat_after_midnight_is_still_to_come_until_it_has_left(ask_town: Any, night: tuple[str, str]) -> None:
    """24:20 of the timetable of the evening."""
    lines = f"{EVENING}\n24:20 24:40"
    assert gone(ask_town, lines, f"{night[0]} 23:50") == ""
    assert gone(ask_town, lines, f"{night[1]} 0:05") == ""
    assert gone(ask_town, lines, f"{night[1]} 0:30") == (
        "Pour ce trajet, le dernier bateau est parti à 0:20 (ligne Boat2) de l’arrêt D. "
        "Le prochain que vous pouvez prendre part ce matin à 6:40."
    )


def test_a_boat_of_half_past_three_is_of_the_evening_before(ask_town: Any, night: tuple[str, str]) -> None:
    """By the clocks: from noon - 12 h on it is 26:30, 27:30 or 28:30."""
    shown = {"2026-03-28": "26:30 26:50", "2026-06-06": "27:30 27:50", "2026-10-24": "28:30 28:50"}[night[0]]
    assert gone(ask_town, f"{EVENING}\n{shown}", f"{night[1]} 0:05") == ""


@pytest.mark.parametrize(
    ("language", "last"),
    [
        (
            "fr",
            "À cette heure-là, il n’y a plus de bateau pour ce trajet : le dernier part aujourd’hui à 17:30 (ligne ",
        ),
        (
            "br",
            "D’an eur-se ne vo bag ebet ken evit ar veaj-mañ : an hini diwezhañ a loc’ho hiziv da 17:30 (linenn ",
        ),
        ("en", "At that hour there are no more boats for this trip: the last one leaves today at 17:30 (line "),
        (
            "fr-x-falc",
            "À cette heure-là, il n’y a plus de bateau pour ce trajet. Le dernier part aujourd’hui à 17:30 (ligne ",
        ),
    ],
)
def test_who_asks_in_the_morning_about_the_night_to_come_reads_of_which_day_the_last_boat_is(
    ask_town: Any, language: str, last: str
) -> None:
    """One in the morning is of the next date: a clock alone would be of that one."""
    told = gone(ask_town, EVENING, "2026-06-06 8:00", language, time="2026-06-07T01:00:00+02:00")
    assert told.replace("\N{NARROW NO-BREAK SPACE}", " ").startswith(last)


WORKDAYS = """
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
S,1,1,1,1,1,1,0,20260101,20261231
"""


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("fr", "Bus1", "Dimanche 7 juin, il n’y a pas de départ pour ce trajet. Prochain départ : lundi 8 juin à 6:40"),
        ("fr", "Boat1", "Dimanche 7 juin, il n’y a pas de bateau pour ce trajet. Le prochain"),
        ("br", "Bus1", "N’eus loc’hadenn ebet evit ar veaj-mañ Sul 7 Mezheven. An hini da-heul"),
        ("br", "Boat1", "N’eus bag ebet evit ar veaj-mañ Sul 7 Mezheven. An hini da-heul"),
        (
            "en",
            "Bus1",
            "There is no departure for this trip on Sunday 7 June. The next one is on Monday 8 June at 6:40",
        ),
        ("en", "Boat1", "There are no boats for this trip on Sunday 7 June. The next one"),
        ("fr-x-falc", "Bus1", "Dimanche 7 juin, il n’y a pas de bus et pas de bateau pour ce trajet. Le suivant"),
        ("fr-x-falc", "Boat1", "Dimanche 7 juin, il n’y a pas de bateau pour ce trajet. Le "),
    ],
)
@pytest.mark.parametrize("clock", ["07:00", "10:00", "23:00"])
def test_on_a_day_without_any_service_nobody_reads_that_they_come_too_late(
    ask_town: Any, language: str, line: str, told: str, clock: str
) -> None:
    """It runs on workdays and Saturdays alone."""
    lines = f"{line}\nD E\n6:40 7:00\n17:30 17:50"
    client: CheckedClient = ask_town(STOPS, lines, more={"calendar": WORKDAYS}, now="2026-06-03 8:00")
    asked = {"fromPlace": "t_D", "toPlace": "t_E", "time": f"2026-06-07T{clock}:00+02:00", "language": language}
    found = client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]["sentence"]
    assert found.replace("\N{NARROW NO-BREAK SPACE}", " ").startswith(told)


NIGHT_AND_MORNING = "Bus1\nA D\n22:30 22:50\n7:30 7:50\n\n" + "Boat2\nD E\n7:00 7:20\n8:00 8:20"


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("fr", "comparé avec le trajet 7:30 → 8:20 (demain)."),
        ("br", "e-keñver ar veaj 7:30 → 8:20 (warc’hoazh)."),
        ("en", "compared with the trip 7:30 → 8:20 (tomorrow)."),
    ],
)
def test_a_trip_of_the_evening_is_compared_with_one_of_the_next_morning_by_its_day(
    ask_town: Any, language: str, named: str
) -> None:
    """Who leaves at 22:30 waits at the quay for the boat of 7:00."""
    client: CheckedClient = ask_town(STOPS, NIGHT_AND_MORNING, now="2026-06-03 22:00")
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "language": language, "profile": "adult"}
    reasons = [one["hent"]["reason"] for one in client.ask("/api/v6/plan", **asked)["itineraries"]]
    assert [named in one for one in reasons] == [True, False]


def test_a_boat_of_another_line_or_quay_is_named_too(ask_town: Any) -> None:
    """From D the last boat leaves, and Boat1 the next morning: to who reads of two, neither is just the boat."""
    lines = "Boat1\nD E\n6:40 7:00\n\nBoat2\nD E\n17:30 17:50"
    assert gone(ask_town, lines, "2026-06-06 23:50", "en") == (
        "The last boat for this trip left at 17:30 (line Boat2) from D. "
        "The next one that you can catch leaves tomorrow at 6:40 (line Boat1) from D."
    )


def test_of_a_way_by_two_boats_the_first_is_named_and_not_called_the_last_of_its_quay(ask_town: Any) -> None:
    """Boat2 leaves D until 22:00; the one of 18:30 is the last that meets a boat to E."""
    client: CheckedClient = ask_town(
        "D 0 0, M 6 0, E 12 0",
        "Boat2\nD M\n6:30 6:45\n18:30 18:45\n22:00 22:15\n\nBoat3\nM E\n7:00 7:15\n19:00 19:15",
        now="2026-06-03 19:10",
    )
    asked = {"fromPlace": "t_D", "toPlace": "t_E", "language": "fr"}
    assert client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]["sentence"] == (
        "Pour ce trajet, le dernier bateau est parti à 18:30 (ligne Boat2) de l’arrêt D. "
        "Le prochain que vous pouvez prendre part demain à 6:30."
    )
