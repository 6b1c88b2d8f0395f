"""What a device keeps for a quay without network, and what makes the page an application on it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import date

import pytest

from mobility.network.network import Network
from mobility.routing.line_days import LineGrid, line_day
from tests.api.live.conftest import LiveTown, live_town
from tests.api.live.told import CANCELLED, STORM, text
from tests.api.motis import CheckedClient
from tests.mobility.live.now import update
from tests.town import moment

__all__ = ["live_town"]
Make = Callable[..., LiveTown]
LINES = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    9:00  9:10  9:20
    22:50 23:59 24:09

    Boat2
    D     E
    8:30  8:50
    9:30  9:50
    """
LAST_BOAT_CANCELLED = update("Boat2-2 start_date:20260603 schedule_relationship:CANCELED")
LAST_BUS_CANCELLED = update("Bus1-3 start_date:20260603 schedule_relationship:CANCELED")


def days(page: str) -> list[str]:
    """What is said of each day, as text."""
    main = page[page.index("<main") : page.index("</main>")]
    return [text(part) for part in re.split(r"<h2>", main)[1:] if "Bateaux" in part]


def offline(town: LiveTown) -> list[str]:
    return days(town.client.get("/offline", headers={"Accept": "text/html"}).text)


def test_it_has_the_boats_and_last_buses_of_today_and_tomorrow(live_town: Make) -> None:
    today, tomorrow = offline(live_town(lines=LINES))
    assert "Bateaux, mercredi 3 juin" in today
    assert "Bateaux, jeudi 4 juin" in tomorrow
    for day in (today, tomorrow):
        assert "vers E dernier : 9:30 D 8:30 9:30" in day
        assert "A → C 22:50" in day


def test_a_cancelled_boat_is_struck_and_the_one_before_is_the_last(live_town: Make) -> None:
    town = live_town(lines=LINES)
    town.say(LAST_BOAT_CANCELLED)
    today, tomorrow = offline(town)
    assert "vers E dernier : 8:30 D 8:30 |9:30|" in today
    assert "vers E dernier : 9:30 D 8:30 9:30" in tomorrow


def test_the_last_bus_is_the_last_that_runs(live_town: Make) -> None:
    town = live_town(lines=LINES)
    town.say(LAST_BUS_CANCELLED)
    assert "A → C 9:00" in offline(town)[0]


def test_timetables_are_worked_out_once_and_not_for_every_device(
    live_town: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = live_town(lines=LINES)
    asked: list[date] = []

    def told(network: Network, line: int, day: date, last: int = 0) -> tuple[LineGrid, ...]:
        asked.append(day)
        return line_day(network, line, day, last)

    monkeypatch.setattr("api.pages.offline.line_day", told)
    first = offline(town)
    lines_of_two_days = len(asked)
    assert lines_of_two_days == 4
    assert offline(town) == first
    town.say(LAST_BOAT_CANCELLED)
    assert "|9:30|" in offline(town)[0]
    assert len(asked) == lines_of_two_days, "what is known live changes no timetable"
    town.now = "2026-06-04 7:55"
    assert "Bateaux, vendredi 5 juin" in offline(town)[1]
    assert {*asked[lines_of_two_days:]} == {date(2026, 6, 5)}, "the day that came"


def test_it_has_the_news(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    assert "Avis de tempête" in town.client.get("/offline", headers={"Accept": "text/html"}).text


def test_it_says_of_when_it_is_and_is_the_same_for_everybody(live_town: Make) -> None:
    answer = live_town().client.get("/offline", headers={"Accept": "text/html"})
    assert f'data-made="{moment("2026-06-03 7:55")}"' in answer.text
    assert ">mercredi 3 juin,</span> 7:55" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_of_a_line_its_last_runs_alone_can_be_had(live_town: Make) -> None:
    network, day = live_town(lines=LINES).network, date(2026, 6, 3)
    bus = network.lines.id.find("t_Bus1")
    assert bus is not None
    (grid,) = line_day(network, bus, day, last=2)
    assert [run[0] for run in grid.runs] == [9 * 3600, 22 * 3600 + 50 * 60]
    assert len(line_day(network, bus, day)[0].runs) == 3


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_the_manifest_speaks_the_language_of_the_page(client: CheckedClient, language: str) -> None:
    answer = client.get(f"/manifest.webmanifest?lang={language}")
    assert answer.mimetype == "application/manifest+json"
    assert (answer.json["lang"], answer.json["start_url"]) == (language, f"/?lang={language}")
    assert client.get(answer.json["start_url"]).status_code == 200
    page = client.get(f"/?lang={language}").text
    assert f'<link rel="manifest" href="/manifest.webmanifest?lang={language}">' in page
    assert f'<meta name="description" content="{answer.json["description"]}">' in page.replace("&#39;", "'")
    assert f'<meta name="theme-color" content="{answer.json["theme_color"]}">' in page


def test_each_picture_has_the_size_that_the_manifest_says(client: CheckedClient) -> None:
    icons = client.get("/manifest.webmanifest").json["icons"]
    pictures = [one for one in icons if one["type"] == "image/png"]
    assert {(one["sizes"], one["purpose"]) for one in pictures} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for one in pictures:
        header = client.get(one["src"]).data[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert "{}x{}".format(*struct.unpack(">II", header[16:24])) == one["sizes"]


def test_the_worker_answers_for_every_page_and_is_never_an_old_one(client: CheckedClient) -> None:
    answer = client.get("/worker.js")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert 'addEventListener("fetch"' in answer.text
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
