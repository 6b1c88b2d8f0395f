"""Timetables of a run at a headway: no page and no sheet promises a minute of it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.live.told import text
from tests.api.motis import CheckedClient
from tests.api.pages.test_headways import EVERY_EIGHT, LANGUAGES

AROUND = {
    "fr": "vers cette heure : toutes les 8 min environ",
    "br": "war-dro an eur-se : war-dro bep 8 min",
    "en": "about then: about every 8 min",
    "fr-x-falc": "à peu près à cette heure : à peu près toutes les 8 min",
}


def plain(page: str) -> str:
    return text(page).replace("\u00a0", " ").replace("\u202f", " ")


def asked(ask_town: Any, line: str, exact: int = 0) -> CheckedClient:
    table = EVERY_EIGHT["frequencies"].format(exact=exact).replace("Bus2", line)
    town = ask_town("B 3 0, C 6 0", f"{line}\nB C\n8:00 8:10", more={"frequencies": table}, now="2026-06-03 7:50")
    assert isinstance(town, CheckedClient)
    return town


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timetable_of_a_line_says_about_then_and_how_often(ask_town: Any, language: str) -> None:
    page = plain(asked(ask_town, "Bus2").get(f"/lines/t_Bus2?lang={language}").text)
    about = LANGUAGES[language][0]
    assert AROUND[language] in page
    assert about.replace("8:14", "7:02") in page and about.replace("8:14", "8:54") in page, "the first and the last"
    assert about.replace("8:14", "7:50") in page, "the next one"


@pytest.mark.parametrize("path", ["/lines/t_Bus2/sheet", "/stops/t_B/sheet"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_of_a_line_and_of_a_stop_do(ask_town: Any, path: str, language: str) -> None:
    page = asked(ask_town, "Bus2").get(f"{path}?lang={language}").text
    assert AROUND[language] in plain(page)
    assert re.search(r"<sup>a</sup>", page)


def test_what_a_device_keeps_says_about_when_the_last_one_leaves(ask_town: Any) -> None:
    assert "B → C vers 8:54" in plain(asked(ask_town, "Bus2").get("/offline?lang=fr").text)
    boats = plain(asked(ask_town, "Boat2").get("/offline?lang=fr").text)
    assert "dernier : vers 8:54" in boats and "vers 7:58 vers 8:06" in boats


@pytest.mark.parametrize("path", ["/lines/t_Bus2", "/lines/t_Bus2/sheet", "/stops/t_B/sheet", "/offline"])
def test_runs_of_exact_times_keep_their_minutes_there(ask_town: Any, path: str) -> None:
    page = plain(asked(ask_town, "Bus2", exact=1).get(f"{path}?lang=fr").text)
    assert "environ" not in page and "vers 8:" not in page
