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
UNTIL = {
    "fr": "jusque vers 8:54",
    "br": "betek war-dro 8:54",
    "en": "until about 8:54",
    "fr-x-falc": "jusque vers 8:54",
}
RUN = {
    "fr": "vers {start} → {end}",
    "br": "war-dro {start} → {end}",
    "en": "about {start} → {end}",
    "fr-x-falc": "Vous partez vers {start}. Vous arrivez vers {end}.",
}
RUNS = [
    ("7:58", "8:08"),
    ("8:06", "8:16"),
    ("8:14", "8:24"),
    ("8:22", "8:32"),
    ("8:30", "8:40"),
    ("8:38", "8:48"),
    ("8:46", "8:56"),
    ("8:54", "9:04"),
]
"""Of the shuttle from B, from 7:55 on."""


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
    assert UNTIL[language] in text(direction)
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
    (summary, runs), *others = re.findall(
        r'<details class="runs on-paper"><summary>(.*?)</summary><ol>(.*?)</ol>', page, re.DOTALL
    )
    assert (text(summary), others) == (f"Bus2 {every}", [])
    expected = [RUN[language].format(start=start, end=end) for start, end in RUNS]
    told = [text(one) for one in re.findall(r"<li.*?</li>", runs, re.DOTALL)]
    assert [one[: len(phrase)] for one, phrase in zip(told, expected, strict=True)] == expected
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


def others_of(client: CheckedClient, end: str) -> str:
    form = {"from": "B", "to": end, "fromId": "t_B", "toId": f"t_{end}", "when": "leave", "moment": "2026-06-03T07:55"}
    (entry,) = re.findall(r'<span class="others-then"><span>(.*?)</span>', client.post("/?lang=fr", data=form).text)
    return text(entry)


def test_an_entry_of_a_shuttle_and_then_an_hourly_bus_does_not_say_that_it_goes_every_eight_minutes(
    ask_town: Any,
) -> None:
    lines = "Bus2\nB C\n8:00 8:10\n\nBus3\nC D\n8:10 8:20\n9:00 9:10"
    table = {"frequencies": EVERY_EIGHT["frequencies"].format(exact=0)}
    assert others_of(ask_town(STOPS, lines, more=table, now="2026-06-03 7:50"), "D") == "aussi vers 8:46"


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        ("8:00 8:10\n7:52 8:02\n7:53 8:03\n7:54 8:04", "jusque vers 8:54"),
        ("8:00 8:10\n9:30 9:40", "et 6 jusqu’à 9:30"),
    ],
    ids=["the shuttle after three buses", "a bus after the shuttle"],
)
def test_until_when_a_direction_goes_is_told_by_its_last_run(ask_town: Any, lines: str, more: str) -> None:
    table = {"frequencies": EVERY_EIGHT["frequencies"].format(exact=0)}
    page = ask_town(STOPS, f"Bus2\nB C\n{lines}", more=table, now="2026-06-03 7:51").get("/stops/t_B?lang=fr").text
    assert more in text(page.partition('<ul class="directions')[2].partition('id="in-order"')[0])
