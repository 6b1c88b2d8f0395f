"""What the page of a line says of late and cancelled runs, as a reader meets it."""

from __future__ import annotations

import re

import pytest

from api.pages.network_geojson import address_of
from tests.api.live.conftest import LiveTown
from tests.api.live.told import CANCELLED, LATE, STORM, Make, departures, shown, text
from tests.mobility.live.now import update


def line(town: LiveTown, day: str = "2026-06-03") -> list[str]:
    """Each row of the line's first direction as text."""
    table = re.search(r"<tbody>(.*?)</tbody>", shown(town, "/lines/t_Bus1", day=day), re.DOTALL)
    assert table
    return [text(row) for row in re.findall(r"<tr.*?</tr>", table[1], re.DOTALL)]


def test_a_line_strikes_a_cancelled_run_and_says_so(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    assert line(town) == [
        "État supprimé : météo · prochain à 9:00 horaire prévu",
        "A |8:00| 9:00",
        "B |8:10| 9:10",
        "C |8:20| 9:20",
    ]
    page = text(shown(town, "/lines/t_Bus1"))
    assert "2 passages , supprimés : 1" in page
    assert page.index("Avis de tempête") < page.index("Arrêt")


def test_a_line_has_both_times_of_a_late_run(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    assert line(town)[1:] == ["A 8:00 9:00", "B 8:17 prévu à 8:10 9:10", "C 8:27 prévu à 8:20 9:20"]
    assert line(town, "2026-06-04") == ["A 8:00 9:00", "B 8:10 9:10", "C 8:20 9:20"]


def along(town: LiveTown) -> list[str]:
    """Each stop of the line with its next passage, at 7:55."""
    return [text(row) for row in re.findall(r"<li>.*?</li>", shown(town, "/lines/t_Bus1").partition("along")[2])][:3]


def test_a_line_tells_where_the_clocks_of_another_vehicle_begin(live_town: Make) -> None:
    """At 7:55 the bus of 7:50 is on its way to B: the clocks of B and C are its own, that of A is of the next one."""
    town = live_town(lines="Bus1\nA B C\n7:50 8:00 8:10\n8:00 8:10 8:20")
    assert along(town) == [
        "A 8:00",
        "Bus attendu ici B 8:00 puis 8:10",
        "C 8:10 puis 8:20",
    ]
    assert "celui qui suit, d’après l’horaire" in shown(town, "/lines/t_Bus1")
    town.say(update("Bus1-1 start_date:20260603", "A dep+50", "B arr+50 dep+50"))
    assert "celui qui suit, suivi en direct" in shown(town, "/lines/t_Bus1")
    assert "Bus ici B 8:00" in along(town)[1]
    town.now = "2026-06-03 7:50:30"
    assert along(town)[0].startswith("A 7:50"), "it leaves at 7:50:50"


def test_a_vehicle_that_passes_a_stop_by_is_not_told_of_after_it(live_town: Make) -> None:
    town = live_town("A 0 0, B 3 0, C 6 0", "Bus1\nA B C\n7:50 - 8:10\n8:00 8:05 8:20")
    assert along(town) == ["A 8:00", "B 8:05", "C 8:10 puis 8:20"]


def test_a_bus_that_is_late_is_still_the_next_one_at_its_stop(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA B C\n7:50 8:00 8:10\n8:00 8:10 8:20")
    town.say(update("Bus1-1 start_date:20260603", "A dep+420"))
    assert [row.replace("prévu à ", "") for row in along(town)] == [
        "A 7:57 7:50 puis 8:00",
        "B 8:07 8:00 puis 8:10",
        "C 8:17 8:10 puis 8:20",
    ]


def test_two_runs_at_the_same_times_are_two_on_the_line_as_on_the_board(live_town: Make) -> None:
    twice = """
        Bus1
        A     B     C
        8:00  8:10  8:20
        8:00  8:10  8:20
        """
    town = live_town("A 0 0, B 3 0, C 6 0", twice)
    assert line(town) == ["A 8:00 8:00", "B 8:10 8:10", "C 8:20 8:20"]
    assert len([row for row in departures(town) if "8:10" in row and "jeudi" not in row]) == 2


def test_the_map_of_the_whole_network_is_drawn_once_whatever_is_heard(
    live_town: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = live_town()
    paths = ("/lines", address_of(town.territory()))
    before = [town.client.get(path).text for path in paths]
    town.say(CANCELLED)
    assert town.territory().live is not None
    monkeypatch.setattr("api.pages.sketch.shown_courses", None)
    monkeypatch.setattr("api.pages.network_geojson.shown_courses", None)
    (drawn,) = re.findall(r'<figure class="map.*?</figure>', before[0], re.DOTALL)
    assert drawn in town.client.get(paths[0]).text
    assert town.client.get(paths[1]).text == before[1]


def test_the_first_and_the_last_of_a_day_are_those_that_run(live_town: Make) -> None:
    """Of four buses the first and the last are cancelled."""
    town = live_town(
        "A 0 0, B 3 0, C 6 0", "Bus1\nA B C\n8:00 8:10 8:20\n9:00 9:10 9:20\n10:00 10:10 10:20\n11:00 11:10 11:20"
    )
    town.say(
        update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"),
        update("Bus1-4 start_date:20260603 schedule_relationship:CANCELED"),
    )
    page = text(shown(town, "/lines/t_Bus1"))
    assert page.count("premier 9:00, dernier 10:00 · 4 passages") == 2, "on the screen and on paper"
    assert "premier 8:00" not in page
    assert "premier 8:00, dernier 11:00" in text(shown(town, "/lines/t_Bus1", day="2026-06-04"))


def test_where_all_of_a_day_is_cancelled_no_first_is_told(live_town: Make) -> None:
    town = live_town("A 0 0, B 3 0, C 6 0", "Bus1\nA B C\n8:00 8:10 8:20")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    page = text(shown(town, "/lines/t_Bus1"))
    assert "premier" not in page
    assert "1 passage , supprimés : 1" in page
