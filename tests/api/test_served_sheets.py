"""The sheet of one line or stop from the service: one day and both directions, with what is known not to run."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from api.web.spaces import NO_BREAK
from tests.api.live.conftest import live_town
from tests.api.live.told import CANCELLED, STORM, Make
from tests.api.motis import CheckedClient
from tests.mobility.live.now import update

__all__ = ["live_town"]

TWO_DAYS = {
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "W,1,1,1,1,1,0,0,20260601,20260630\nS,0,0,0,0,0,1,0,20260601,20260630",
    "trips": "route_id,service_id,trip_id\nBus1,W,Bus1-1\nBus1,W,Bus1-2\nBus1,S,Bus1-3",
}
LINES = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    9:00  9:10  9:20
    10:00 10:10 10:20
    """


def sheet(client: CheckedClient, path: str, **more: str) -> str:
    html = client.get(f"{path}/sheet", query_string={"lang": "fr"} | more, headers={"Accept": "text/html"}).text
    return unescape(html).replace(NO_BREAK, " ")


def test_each_table_of_a_line_says_line_direction_days_and_how_long_they_hold(live_town: Make) -> None:
    page = sheet(live_town().client, "/lines/t_Bus1")
    assert "<h2>Bus1 · Vers C : tous les jours</h2>" in page
    (head,) = re.findall(r"<thead>(.*?)</thead>", page, re.DOTALL)
    assert ">3 juin – 9 juin 2026<" in head


def test_where_a_line_is_more_than_a_sheet_is_wide_each_part_says_what_it_continues(ask_town: Any) -> None:
    """Twenty buses from six to half past fifteen at thirty stops: two parts of ten, which no page parts."""
    clocks = [f"{hour}:{half}" for hour in range(6, 16) for half in (0, 3)]
    stops = [f"S{n}" for n in range(30)]
    rows = "\n".join(
        " ".join(f"{clock}{n % 10}" if n < 10 else f"{clock[:-1]}{int(clock[-1]) + n // 10}{n % 10}" for n in range(30))
        for clock in clocks
    )
    client = ask_town(", ".join(f"{one} {n} 0" for n, one in enumerate(stops)), f"Bus1\n{' '.join(stops)}\n{rows}")
    page = sheet(client, "/lines/t_Bus1")
    heads = re.findall(r'<th scope="colgroup" colspan="10">(.*?)</th>', page)
    assert heads == ["3 juin – 9 juin 2026", "Bus1 · Vers S29 · tous les jours · 3 juin – 9 juin 2026 · suite"]
    assert page.count('class="grid short parted"') == 2


def test_a_line_of_many_runs_and_two_stops_is_printed_in_large_letters(ask_town: Any) -> None:
    """Twenty-eight boats in three rows of nine or ten, whose columns stand below each other."""
    clocks = [f"{hour}:{minutes}" for hour in range(7, 21) for minutes in ("00", "30")]
    boats = "\n".join(f"{clock} {clock[:-1]}9" for clock in clocks)
    page = sheet(ask_town("D 0 0, E 3 0", f"Boat1\nD E\n{boats}"), "/lines/t_Boat1")
    assert re.findall(r'class="grid short( roomy)? parted".*?colspan="(\d+)"', page) == [
        (" roomy", "10"),
        (" roomy", "10"),
        (" roomy", "10"),
    ]
    assert page.count("<td></td></tr>") == 4


def test_a_line_is_printed_for_the_days_that_are_alike_and_leads_to_the_others(ask_town: Any) -> None:
    """Buses at 8:00 and 9:00; on Saturdays at 10:00 alone. It is Wednesday 3 June."""
    client = ask_town("A 0 0, B 3 0, C 6 0", LINES, more=TWO_DAYS)
    page = sheet(client, "/lines/t_Bus1")
    assert "<td>8:00</td>" in page and "<td>10:00</td>" not in page
    (link, days) = re.findall(r'<p class="others">[^<]*<a href="([^"]+)">([^<]+)<', page)[0]
    assert days == "samedi 6"
    assert link == "/lines/t_Bus1/sheet?lang=fr&day=2026-06-06"
    other = sheet(client, "/lines/t_Bus1", day="2026-06-06")
    assert "<td>10:00</td>" in other and "<td>8:00</td>" not in other
    assert "Horaires du 3 juin au 9 juin 2026" in other
    later = sheet(client, "/lines/t_Bus1", day="2026-06-20")
    assert "<td>10:00</td>" in later and "Horaires du 20 juin au 26 juin 2026" in later


@pytest.mark.parametrize("path", ["/lines/t_Bus1", "/stops/t_B"])
def test_a_sheet_says_what_is_announced(live_town: Make, path: str) -> None:
    town = live_town()
    assert 'class="news"' not in sheet(town.client, path)
    town.say(CANCELLED, STORM)
    assert "<b>Avis de tempête</b>" in sheet(town.client, path)


def test_the_sheet_of_a_line_says_which_run_does_not_run_on_which_day_and_why(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    assert "mercredi 3 juin : 8:00 A → C, supprimé : météo</p>" in sheet(town.client, "/lines/t_Bus1")
    assert "supprimé" not in sheet(town.client, "/lines/t_Boat2")


def test_the_sheet_of_a_stop_says_what_does_not_leave_there_and_why(live_town: Make) -> None:
    """Of two buses the first is cancelled, and on the next day the second passes B by."""
    town = live_town()
    town.say(CANCELLED, update("Bus1-2 start_date:20260604", "B SKIPPED"), STORM)
    page = sheet(town.client, "/stops/t_B")
    assert re.findall(r'<p class="news">([^<]*)</p>', page) == [
        "mercredi 3 juin : Bus1 vers C : 8:10, supprimé : météo",
        "jeudi 4 juin : Bus1 vers C : 9:10, ne s’arrête pas ici",
    ]
    assert "supprimé" not in sheet(town.client, "/stops/t_D")
    assert "8:00, supprimé" in sheet(town.client, "/stops/t_A")
    assert town.client.get("/stops/t_C/sheet").status_code == 404, "nobody gets in there"
    town.now = "2026-06-03 8:11"
    assert "supprimé" not in sheet(town.client, "/stops/t_B"), "it would have left"


def test_each_direction_of_a_stop_has_a_line_of_its_own_for_what_does_not_leave(live_town: Make) -> None:
    town = live_town(lines=f"{LINES}\nBus2\nC B A\n8:30 8:40 8:50\n9:30 9:40 9:50")
    town.say(CANCELLED, update("Bus2-1 start_date:20260603 schedule_relationship:CANCELED"))
    assert re.findall(r'<p class="news">([^<]*)</p>', sheet(town.client, "/stops/t_B")) == [
        "mercredi 3 juin : Bus1 vers C : 8:10, supprimé",
        "mercredi 3 juin : Bus2 vers A : 8:40, supprimé",
    ]


def test_where_half_a_day_is_cancelled_the_sheets_of_a_stop_and_a_line_name_all_of_it(live_town: Make) -> None:
    """Of 28 boats, one each half an hour, the first fourteen."""
    clocks = [f"{hour}:{minutes}" for hour in range(8, 22) for minutes in ("00", "30")]
    town = live_town("D 6 0, E 9 0", "Boat2\nD E\n" + "\n".join(f"{at} {at[:-1]}9" for at in clocks))
    town.say(*(update(f"Boat2-{n} start_date:20260603 schedule_relationship:CANCELED") for n in range(1, 15)))
    off = ", ".join(clocks[:14])
    assert f"mercredi 3 juin : Boat2 vers E : {off}, supprimé</p>" in sheet(town.client, "/stops/t_D")
    assert f"mercredi 3 juin : {off} D → E, supprimé</p>" in sheet(town.client, "/lines/t_Boat2")


OF_ONE_RUN = """alert { informed_entity { trip { trip_id: "Bus1-2" start_date: "20260605" } } effect: DETOUR
    header_text { translation { text: "Foire à B" language: "fr" } } }"""


def test_the_sheet_of_a_line_says_what_is_announced_for_any_of_its_days(live_town: Make) -> None:
    """Every day is alike; the bus of Friday 5 June at 9:00 makes a detour."""
    town = live_town()
    town.say(OF_ONE_RUN)
    assert "<b>Foire à B</b>" in sheet(town.client, "/lines/t_Bus1")
    assert "Foire" not in town.client.get("/lines/t_Bus1?lang=fr").text, "the page is of today"
    assert "Foire" not in sheet(town.client, "/lines/t_Boat2")


def test_a_line_without_a_run_in_the_week_has_no_sheet(live_town: Make) -> None:
    town = live_town(days=("20260801", "20260831"))
    assert town.client.get("/lines/t_Bus1/sheet").status_code == 404
    assert "Horaires du 3 août au 9 août 2026" in sheet(town.client, "/lines/t_Bus1", day="2026-08-03")
