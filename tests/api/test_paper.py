"""The plan B: sheets that tell a week without the service."""

import re
from datetime import date
from pathlib import Path

import pytest

from api.paper.sheets import Paper, write
from api.paper.week import departures, weeks
from api.web.sentences import LANGUAGES, sentences
from mobility.routing.territory import Territory
from tests.town import town

WEDNESDAY = date(2026, 6, 3)


def sheets(territory: Territory, folder: Path, language: str = "fr") -> dict[str, str]:
    paper = Paper(territory.network, "Rade", sentences(language), WEDNESDAY)
    return {file.name: file.read_text("utf-8") for file in write(paper, folder)}


def test_every_line_and_every_stop_that_something_leaves_from_has_a_sheet(territory: Territory, tmp_path: Path) -> None:
    found = sheets(territory, tmp_path)
    assert {"index.html", "boats.html", "counters.html", "line-t_Bus1.html", "stop-t_A.html"} <= set(found)
    assert "stop-t_M.html" not in found, "everybody gets out there"


def test_a_stop_tells_hours_and_minutes(territory: Territory, tmp_path: Path) -> None:
    page = sheets(territory, tmp_path)["stop-t_B.html"]
    assert '<tr><th scope="row">8 h</th><td>10 40</td></tr>' in page
    assert "Vers C\N{NO-BREAK SPACE}: tous les jours" in page
    assert '<tr><th scope="row">0 h</th><td>10</td></tr>' in page, "after midnight, on the night line"


def test_a_line_tells_each_call(territory: Territory, tmp_path: Path) -> None:
    page = sheets(territory, tmp_path)["line-t_Bus1.html"]
    assert '<th scope="row">B</th><td>8:10</td><td>8:40</td><td>9:10</td>' in page


def test_first_and_last_boats_stand_on_one_sheet(territory: Territory, tmp_path: Path) -> None:
    page = sheets(territory, tmp_path)["boats.html"]
    assert "<td>D</td><td>E</td><td>tous les jours</td><td>8:30</td><td>9:30</td>" in page


def test_sheets_lead_only_to_sheets_beside_them(territory: Territory, tmp_path: Path) -> None:
    found = sheets(territory, tmp_path)
    links = {link for page in found.values() for link in re.findall(r'(?:href|src)="([^"]+)"', page)}
    assert links <= set(found)
    assert "<script" not in "".join(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_written_in_each_language(territory: Territory, tmp_path: Path, language: str) -> None:
    page = sheets(territory, tmp_path, language)["index.html"]
    assert f'<html lang="{language}">' in page
    assert sentences(language)["paper"]["title"] in page


def test_days_that_are_alike_at_a_stop_stand_together(territory: Territory) -> None:
    network = territory.network
    (bus, night) = departures(network, weeks(network, WEDNESDAY))[network.stops.id.find("t_B") or 0]
    assert (len(bus.days), bus.times_s) == (7, (8 * 3600 + 600, 8 * 3600 + 2400, 9 * 3600 + 600))
    assert night.times_s == (24 * 3600 + 600,)


def test_the_index_orders_names_as_dictionaries_do(tmp_path: Path) -> None:
    row = "Zone 0 0, Église 1 0, Fleuve 2 0, Eau 3 0, Œuvre 4 0, Ouest 5 0, Fin 6 0"
    run = "Bus1\n" + " ".join(stop.split()[0] for stop in row.split(",")) + "\n8:00 8:01 8:02 8:03 8:04 8:05 8:06"
    page = sheets(town(row, run), tmp_path)["index.html"]
    assert re.findall(r'href="stop-[^"]+">(\w+)<', page) == ["Eau", "Église", "Fleuve", "Œuvre", "Ouest", "Zone"]
