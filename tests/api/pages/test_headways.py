"""A run at a headway has no minute: pages say about when, and how often, in every language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.live.told import text
from tests.api.motis import CheckedClient

STOPS = "A 0 0, B 3 0, C 6 0, D 9 0"
LINES = """
    Bus1
    A     B
    8:00  8:10

    Bus2
    B     C
    8:00  8:10

    Bus3
    C     D
    8:40  8:50
    """
EVERY_EIGHT = {
    "frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nBus2-1,07:02:00,09:00:00,480,{exact}"
}
LANGUAGES = {
    "fr": ("vers 8:14", "toutes les 8 min environ"),
    "br": ("war-dro 8:14", "war-dro bep 8 min"),
    "en": ("about 8:14", "about every 8 min"),
    "fr-x-falc": ("vers 8:14", "à peu près toutes les 8 min"),
}
"""By language, what is said of a run of 8:14."""


def shuttle(ask_town: Any, exact: int = 0) -> CheckedClient:
    table = EVERY_EIGHT["frequencies"].format(exact=exact)
    client: CheckedClient = ask_town(STOPS, LINES, more={"frequencies": table}, now="2026-06-03 7:50")
    return client


def opened(client: CheckedClient, language: str, to: str) -> str:
    form = {"from": "A", "to": to, "fromId": "t_A", "toId": f"t_{to}", "when": "leave", "moment": "2026-06-03T07:55"}
    return client.post(f"/?lang={language}", data=form).text


def legs(page: str) -> list[str]:
    return [
        text(one)
        for one in re.findall(r'<li class="(?:ride|way|wait)">.*?</li>', page.partition('class="legs"')[2], re.DOTALL)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leg_and_the_entry_say_about_when_and_how_often(ask_town: Any, language: str) -> None:
    page, (about, every) = opened(shuttle(ask_town), language, "C"), LANGUAGES[language]
    ride = next(one for one in legs(page) if every in one)
    assert about in ride
    assert f"Bus2 {every}" in text(page)
    assert about in text(re.findall(r'<p class="sentence">.*?</p>', page, re.DOTALL)[0])


def test_nothing_to_the_minute_is_promised_before_or_after_it(ask_town: Any) -> None:
    waits = re.findall(r'<li class="wait">(.*?)</li>', opened(shuttle(ask_town), "fr", "D"))
    assert len(waits) == 1
    assert re.fullmatch(r"environ \d+ min de marge", text(waits[0]))


def test_a_run_of_exact_times_keeps_its_minutes(ask_town: Any) -> None:
    page = opened(shuttle(ask_town, exact=1), "fr", "D")
    assert "environ" not in text(page)
    assert len(re.findall(r'<li class="wait">(.*?)</li>', page)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_of_a_stop_says_how_often_and_counts_no_minutes(ask_town: Any, language: str) -> None:
    page, (about, every) = shuttle(ask_town).get(f"/stops/t_B?lang={language}").text, LANGUAGES[language]
    direction, _, table = page.partition('<ul class="directions')[2].partition('id="in-order"')
    assert re.findall(r'<p class="nexts">(.*?)</p>', direction) == [f'<span class="often">{every}</span>']
    assert about in text(table) and every in text(table)
    assert about.replace("8:14", "8:54") in text(direction) or "jusque vers 8:54" in text(direction)
    assert 'class="soon' not in table


def headings(page: str) -> list[str]:
    return [text(one) for one in re.findall(r'<span class="times">.*?</span>', page, re.DOTALL)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_of_a_shuttle_says_how_often_and_none_of_its_minutes(ask_town: Any, language: str) -> None:
    """From B one may take several runs: they stood there as 8:14, 8:22, 8:30."""
    about, every = (words.replace("8:14", "7:58") for words in LANGUAGES[language])
    form = {"from": "B", "to": "C", "fromId": "t_B", "toId": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}
    page = shuttle(ask_town).post(f"/?lang={language}", data=form).text
    (entry,) = re.findall(r'<span class="others-then"><span>(.*?)</span>', page)
    assert text(entry) == f"Bus2 {every}"
    (runs,) = re.findall(r'<details class="runs on-paper"><summary>(.*?)</summary><ol>(.*?)</ol>', page, re.DOTALL)
    assert text(runs[0]) == f"Bus2 {every}"
    assert len(re.findall("<li", runs[1])) == len(re.findall(about.replace("7:58", r"\d+:\d\d") + " →", runs[1])) or (
        language == "fr-x-falc" and f"Vous partez {about}. Vous arrivez vers 8:08." in text(runs[1])
    )
    assert headings(page) == [f"{about} → 8:08"]


def test_an_entry_of_a_bus_and_then_a_shuttle_keeps_the_minutes_of_the_bus(ask_town: Any) -> None:
    assert headings(opened(shuttle(ask_town), "fr", "C")) == ["8:00 → vers 8:24"]
    assert headings(opened(shuttle(ask_town, exact=1), "fr", "C")) == ["8:00 → 8:24"]


@pytest.mark.parametrize(
    ("language", "arrival"),
    [
        ("fr", "Vous arrivez aujourd’hui vers {clock}."),
        ("br", "Erruout a reot hiziv war-dro {clock}."),
        ("en", "You arrive today about {clock}."),
        ("fr-x-falc", "Vous arrivez aujourd’hui vers {clock}."),
    ],
)
@pytest.mark.parametrize(("start", "clock"), [("A", "8:24"), ("B", "8:08")], ids=["after a bus", "the shuttle alone"])
def test_who_would_go_back_before_a_shuttle_is_there_reads_about_when_it_is(
    ask_town: Any, language: str, arrival: str, start: str, clock: str
) -> None:
    form = {"from": f"t_{start}", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}
    page = shuttle(ask_town).post(f"/round-trip?lang={language}", data=form | {"backMoment": "2026-06-03T08:00"}).text
    assert arrival.format(clock=clock) in text(page)
