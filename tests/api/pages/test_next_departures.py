"""The board of a stop by line and direction: the next ones, and that there are more."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.live.told import text

FERRY = """
    Boat2
    D      E
    6:40   7:00
    9:00   9:20
    12:00  12:20
    15:00  15:20
    18:00  18:20
    24:10  24:30
    """
STOPS = "D 6 0, E 9 0"


def rows(html: str) -> list[str]:
    """Each direction as text."""
    listed = html[html.index('<ul class="directions') : html.index('id="in-order"')]
    return [text(row) for row in re.findall(r"<li>.*?</li>", listed, re.DOTALL)]


@pytest.mark.parametrize(
    ("now", "shown_then"),
    [
        ("2026-06-03 8:50", ["E et 2 jusqu’à 0:10 10 min 12:00 15:00"]),
        ("2026-06-03 11:30", ["E un autre à 0:10 30 min 15:00 18:00"]),
        ("2026-06-03 17:30", ["E 30 min 0:10"]),
        ("2026-06-04 0:05", ["E et 3 jusqu’à 18:00 5 min 6:40 9:00"]),
        ("2026-06-04 0:30", ["E et 3 jusqu’à 0:10 6:40 9:00 12:00"]),
    ],
)
def test_boats_far_apart_are_told_three_by_three_with_how_many_follow_until_the_last_of_the_night(
    ask_town: Any, now: str, shown_then: list[str]
) -> None:
    """One crossing in three hours: the board told the first one alone."""
    assert rows(ask_town(STOPS, FERRY, now=now).get("/stops/t_D?lang=fr").text) == shown_then


def test_late_at_night_those_of_the_morning_stand_under_their_day(ask_town: Any) -> None:
    page = ask_town(STOPS, FERRY.replace("24:10  24:30", "19:00  19:20"), now="2026-06-03 23:00").get(
        "/stops/t_D?lang=fr"
    )
    assert rows(page.text) == ["E et 3 jusqu’à 19:00 6:40 9:00 12:00"]
    assert text(page.text).index("jeudi 4 juin") < text(page.text).index("6:40 9:00")


def test_how_many_follow_leads_to_all_of_the_line(ask_town: Any) -> None:
    client = ask_town(STOPS, FERRY, now="2026-06-03 8:50")
    page = client.get("/stops/t_D?lang=fr").text
    (link,) = re.findall(r'<a class="bound" href="([^"]+)"', page)
    assert link == "/stops/t_D?lang=fr&amp;line=t_Boat2#in-order"
    listed = text(client.get(link.replace("&amp;", "&").partition("#")[0]).text.partition('id="in-order"')[2])
    assert re.findall(r"\d+:\d\d", listed)[:5] == ["9:00", "12:00", "15:00", "18:00", "0:10"]


def test_a_line_that_ends_there_has_no_direction(ask_town: Any) -> None:
    assert '<ul class="directions' not in ask_town(STOPS, FERRY, now="2026-06-03 8:50").get("/stops/t_E?lang=fr").text
