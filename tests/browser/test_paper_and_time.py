"""What a page becomes on paper, and while time goes by."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import BytesIO, TextIOWrapper
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from api.config import Config
from api.web.sentences import sentences
from tests.browser.conftest import NOW, Opened, ask, served, unfold, windows
from tests.town import moment

MINUTE_MS, FIVE_YEARS_S = 60_000, 5 * 365 * 86_400
MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
SUNDAY = "2026-11-29"


def sheets_of(page: Page) -> list[str]:
    """The text of each sheet."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4", margin=MARGIN))).pages]


def rows(feed: Path, name: str) -> list[dict[str, str]]:
    with ZipFile(feed) as archive, archive.open(name) as file:
        return list(csv.DictReader(TextIOWrapper(file, "utf-8")))


def clocks(feed: Path, line: str, service: str) -> Counter[str]:
    """When the vehicles of a line call, as timetables print it: from stop_times.txt."""
    runs = {
        trip["trip_id"] for trip in rows(feed, "trips.txt") if (trip["route_id"], trip["service_id"]) == (line, service)
    }
    called = (one["departure_time"].split(":") for one in rows(feed, "stop_times.txt") if one["trip_id"] in runs)
    return Counter(f"{int(hours) % 24}:{minutes}" for hours, minutes, _ in called)


def test_a_printed_line_has_every_departure_of_the_feed(opened: Opened, demo_data: Path) -> None:
    (feed,) = (demo_data / "feeds").rglob("*.zip")
    expected = clocks(feed, "T1", "sunday")
    assert expected["8:20"] and expected["20:20"], "every half an hour from Les Pins"
    printed = "\n".join(sheets_of(opened(f"/lines/lorient_T1?day={SUNDAY}")))
    assert not expected - Counter(CLOCK.findall(printed))
    assert "dimanche 29 novembre 2026" in printed
    assert "Afficher" not in printed


MOST_OF_A_LINE = 10
"""Sheets of the longest line of the demo: 49 stops, 93 departures in each of two directions on a weekday."""


@pytest.mark.parametrize("path", ["/lines/lorient_T1", "/lines/lorient_T1/sheet"])
def test_a_printed_line_is_few_sheets_and_each_says_what_it_is_of(opened: Opened, path: str) -> None:
    sheets = sheets_of(opened(path))
    assert 2 < len(sheets) <= MOST_OF_A_LINE
    heads = [" ".join(sheet.split())[:80] for sheet in sheets[1:]]
    assert [head for head in heads if "T1 · Vers" not in head] == []
    every = Counter(CLOCK.findall("\n".join(sheets)))
    assert every["8:22"] and every["20:15"]


def test_the_tables_of_a_line_are_whole_on_their_sheets_and_in_the_order_of_time(opened: Opened) -> None:
    """At the Gare the first tram starts there, as does the third; the second has come from Les Pins."""
    page = opened("/lines/lorient_T1/sheet")
    ends = [" ".join(sheet.split()) for sheet in sheets_of(page)]
    assert [sheet.count("Lanester Hôtel de Ville") for sheet in ends] == [1] * len(ends)
    row = page.locator(".grid tr", has_text="Gare d'Échanges").first.locator("td").all_inner_texts()
    assert row[:3] == ["5:20", "5:40", "6:09"]


MOST_OF_A_STOP = 3
"""Sheets of the stop from which most leaves: 23 directions of 14 lines, each on up to three kinds of day."""


def departures(feed: Path, line: str, service: str, stops: set[str]) -> Counter[str]:
    """Minutes at which something of a line leaves one of the stops, from stop_times.txt."""
    runs = {
        trip["trip_id"] for trip in rows(feed, "trips.txt") if (trip["route_id"], trip["service_id"]) == (line, service)
    }
    calls = [one for one in rows(feed, "stop_times.txt") if one["trip_id"] in runs]
    ends = {trip: max(int(one["stop_sequence"]) for one in calls if one["trip_id"] == trip) for trip in runs}
    leaving = (one for one in calls if one["stop_id"] in stops and int(one["stop_sequence"]) < ends[one["trip_id"]])
    return Counter(one["departure_time"].split(":")[1] for one in leaving)


def test_the_poster_of_a_hub_is_few_sheets_and_has_every_departure(opened: Opened, demo_data: Path) -> None:
    page = opened("/stops/lorient_gare/sheet")
    sheets = sheets_of(page)
    assert len(sheets) <= MOST_OF_A_STOP
    (feed,) = (demo_data / "feeds").rglob("*.zip")
    stops = {one["stop_id"] for one in rows(feed, "stops.txt") if "gare" in (one["stop_id"], one["parent_station"])}
    expected = departures(feed, "T1", "sunday", stops)
    tables = page.locator("section", has=page.locator(".badge", has_text=re.compile("^T1$")))
    told = Counter(" ".join(tables.locator("td:nth-child(4)").all_inner_texts()).split())
    assert sum(expected.values()) > 40 and told == expected
    printed = Counter(re.findall(r"\b\d\d[a-z]?\b", "\n".join(sheets)))
    shown = Counter(" ".join(page.locator("td").all_inner_texts()).split())
    assert not shown - printed


def test_a_printed_stop_has_every_departure_of_the_page_and_no_form(opened: Opened) -> None:
    page = opened("/stops/lorient_gare")
    shown = Counter(one.removeprefix("vers ") for one in page.locator(".departures tbody b").all_inner_texts())
    printed = "\n".join(sheets_of(page))
    assert not shown - Counter(CLOCK.findall(printed))
    assert "mardi 24 novembre, 7:30" in printed
    assert not {"Afficher", "Partir d’ici", "Plus tard"} & set(printed.splitlines())


WORDS = {text for section in sentences("fr").sections.values() for text in section.values()}
INVITING = """() => [...document.querySelectorAll('main :is(a:not([rel~=noreferrer]), button, input, select, summary)')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.hidden'))
    .map((one) => one.textContent.trim())"""
"""What can be pressed and is seen. A link that leads out of the pages is printed with its address."""
HEADINGS = {"Le détail du trajet", "Le chemin, pas à pas", "Autres tarifs"}


def invitations(page: Page) -> list[str]:
    """What is printed though it is only there to be pressed: words of ours, and no name of a stop or a number."""
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(INVITING)
    page.emulate_media(media="null")
    return [one for one in found if one in WORDS - HEADINGS]


def stands_alone(sheet: str, *expected: str) -> list[str]:
    """What a sheet lacks: from where to where on which day, for whom, whom to call; and what it says too much."""
    printed = " ".join(sheet.split())
    wanted = (
        *expected,
        "Qui voyage : Adulte",
        "Une personne pour vous aider : ",
        "imprimés le mardi 24 novembre, 7:30",
    )
    dead = [
        words for words in ("Choisissez", "Pourquoi cet ordre", "Comparer", "Partager", "Retour") if words in printed
    ]
    return [one for one in wanted if one not in printed] + dead


ENDS, DAY = "Gare d'Échanges → Port-Louis", "mardi 24 novembre à partir de"


def test_a_printed_answer_stands_alone(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Port-Louis")
    unfold(page)
    assert invitations(page) == []
    sheet = "\n".join(sheets_of(page))
    assert stands_alone(sheet, ENDS, DAY, "8:22 → 8:50") == []
    assert re.search(r"aider : .*0\d( \d\d){4}", " ".join(sheet.split()))


def test_one_card_that_is_printed_stands_alone(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Port-Louis")
    unfold(page)
    page.evaluate("globalThis.print = () => {}")
    press = page.get_by_role("button", name="Imprimer ce trajet").first
    press.click()
    expect(page.locator(".card.printed")).to_have_count(1)
    assert invitations(page) == []
    press.click()
    assert stands_alone(sheet := "\n".join(sheets_of(page)), ENDS, DAY, "8:22 → 8:50") == []
    assert "8:07 → 8:44" not in sheet
    assert "À pied ou à vélo" not in sheet


def test_a_kept_trip_that_is_printed_stands_alone(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Port-Louis")
    unfold(page)
    with page.expect_navigation():
        page.locator(".card .share a").first.click()
    names = page.locator("h1").inner_text()
    ends = page.locator(".legs .at").all_inner_texts()
    start, end = names.split(" → ")
    assert start in ends[0] and end in ends[-1]
    assert invitations(page) == []
    sheets = sheets_of(page)
    assert stands_alone("\n".join(sheets), names, "mardi 24 novembre", "8:22 → 8:") == []
    assert len(sheets) == 1 and " ".join(sheets[0].split()).count("1er nov. 2026") == 1
    page.emulate_media(media="print")
    head, square, legs, chart = (page.locator(one).bounding_box() for one in ("h1", ".qr", ".legs", ".map > svg"))
    assert head and square and legs and chart
    assert abs(square["y"] - head["y"]) < 20 and square["x"] > head["x"] + head["width"]
    assert abs(chart["height"] - 189) < 3, "5 cm"
    assert abs(chart["y"] - legs["y"]) < 20 and chart["x"] > legs["x"] + legs["width"]


def test_a_printed_round_trip_stands_alone_with_both_ways(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Groix")
    page.get_by_role("button", name="Aller-retour").click()
    page.get_by_role("button", name="Voir l’aller-retour").click()
    expect(page.locator(".total")).to_be_visible()
    told = page.evaluate("[...document.querySelectorAll('.legs .at b')].map((one) => one.textContent)")
    assert invitations(page) == []
    sheet = "\n".join(sheets_of(page))
    assert not Counter(one.removeprefix("vers ") for one in told) - Counter(CLOCK.findall(sheet))
    printed = " ".join(sheet.split())
    assert stands_alone(sheet.replace("Retour", ""), "Gare d'Échanges ↔ Groix") == []
    assert printed.count("mardi 24 novembre") >= 2
    assert printed.index("Aller-retour pour") < printed.index("Aller :")
    assert printed.count("GX : 18,50 €") == printed.count("Carnet de 10 tickets") == 1
    assert printed.count("1er nov. 2026") == 1
    assert "(https://demo.hent.example/groix)" in sheet
    assert len(sheets_of(page)) == 2


@pytest.mark.parametrize("path", ["/stops/lorient_gare", f"/lines/lorient_T1?day={SUNDAY}", "/counters"])
def test_paper_invites_nobody_to_press_it(opened: Opened, path: str) -> None:
    assert invitations(opened(path)) == []


def test_what_this_device_keeps_is_not_printed_though_it_is_open(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Port-Louis")
    page.get_by_text("Garder sur cet appareil").click()
    kept_here = page.locator("details.keep-it")
    expect(kept_here).to_have_attribute("open", "")
    page.emulate_media(media="print")
    expect(kept_here).to_be_hidden()


def test_an_answer_with_open_details_leaves_no_sheet_empty(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Port-Louis")
    page.evaluate("document.querySelectorAll('.card details').forEach((one) => { one.open = true; })")
    told = page.locator(".legs .at b").all_inner_texts()
    sheets = sheets_of(page)
    assert not Counter(told) - Counter(CLOCK.findall("\n".join(sheets)))
    assert "8:22 → 8:50" in sheets[0]
    assert min(len(sheet) for sheet in sheets[:-1]) > 400
    assert "Modifier ma demande" not in sheets[0]


@pytest.mark.parametrize(
    ("start", "end", "language"),
    [("Gare d'Échanges", "Port-Louis", "fr-x-falc"), ("Guidel", "Groix", "fr"), ("Guidel", "Groix", "br")],
)
def test_a_trip_is_printed_on_one_or_two_sheets(opened: Opened, start: str, end: str, language: str) -> None:
    page = ask(opened(f"/?lang={language}"), start, end)
    unfold(page)
    with page.expect_navigation():
        page.locator(".card .share a").first.click()
    assert 1 <= len(sheets_of(page)) <= 2


def test_a_board_that_is_looked_at_renews_itself_each_minute_whether_anything_leaves_or_not(
    chromium: Browser, demo_data: Path, demo_config: Config
) -> None:
    clock = [moment(NOW)]
    with served(demo_data, demo_config, lambda: clock[0]) as address, windows(chromium, address) as opened:
        page = opened("/about")
        page.clock.install()
        page.goto(f"{address}/stops/lorient_ploemeur-eglise")
        first = page.locator(".departures tbody b").first
        before = first.inner_text()
        clock[0] += 3600
        page.clock.run_for(MINUTE_MS - 1000)
        expect(first).to_have_text(before)
        page.clock.run_for(1000)
        expect(first).not_to_have_text(before)
        assert (before[:2], first.inner_text()[:2]) == ("7:", "8:")
        clock[0] += FIVE_YEARS_S
        page.clock.run_for(MINUTE_MS)
        expect(page.locator(".departures")).to_have_count(0)
        clock[0] = moment(NOW)
        page.clock.run_for(MINUTE_MS)
        expect(first).to_have_text(before)
