"""What has left by the clock looks so, whatever moment a question is about, and nothing is offered for it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.present.day_words import DayWords
from api.present.terminal import TerminalReader, told
from api.web.sentences import sentences
from tests.api.motis import CheckedClient
from tests.town import moment

STOPS = "A 0 0, E 9 0"
LINES = "Bus1\nA E\n8:00 8:20\n8:30 8:50\n\nBus2\nE A\n8:55 9:15\n17:00 17:20"
FORM = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55"}
CALENDAR = "Ajouter à mon agenda"
KEPT = " data-keep-answer>"


def asked(ask_town: Any, now: str, path: str = "/", language: str = "fr", **typed: str) -> str:
    client: CheckedClient = ask_town(STOPS, LINES, now=now)
    page = client.post(f"{path}?lang={language}", data=FORM | typed).text
    return unescape(page[page.index("<main") : page.index("</main>")]).replace("\N{NO-BREAK SPACE}", " ")


def entries(page: str) -> list[str]:
    """Closed, as text."""
    found = re.findall(r"<summary>\s*<h3.*?</summary>", page, re.DOTALL)
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", one, flags=re.DOTALL).split()) for one in found]


def test_what_is_to_come_is_no_past(ask_town: Any) -> None:
    page = asked(ask_town, "2026-06-03 8:00")
    assert "parti il y a" not in page
    assert 'class="card option first past"' not in page
    assert CALENDAR in page and KEPT in page


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-06-03 8:31", "parti il y a 1 min"),
        ("2026-06-03 8:42", "parti il y a 12 min"),
        ("2026-06-03 20:35", "parti il y a 12 h 05"),
        ("2026-06-04 8:00", "parti hier"),
        ("2026-06-09 8:00", "parti mercredi 3 juin"),
    ],
)
def test_an_entry_whose_departures_have_left_says_when_and_no_label_praises_it(
    ask_town: Any, now: str, told: str
) -> None:
    page = asked(ask_town, now, moment="2026-06-03T08:25")
    assert entries(page) == [f"8:30 → 8:50 20 min {told}"]
    assert 'class="card option first past"' in page
    assert CALENDAR not in page and KEPT not in page


@pytest.mark.parametrize(
    ("language", "told"),
    [("br", "aet kuit 12 min zo"), ("en", "left 12 min ago"), ("fr-x-falc", "Il est déjà parti, il y a 12 min")],
)
def test_every_language_says_so(ask_town: Any, language: str, told: str) -> None:
    (entry,) = entries(asked(ask_town, "2026-06-03 8:42", language=language, moment="2026-06-03T08:25"))
    assert entry.endswith(told)


def test_of_an_entry_of_several_departures_the_next_that_can_be_taken_stands_at_its_head(ask_town: Any) -> None:
    page = asked(ask_town, "2026-06-03 8:10")
    (entry,) = entries(page)
    assert entry.startswith("8:30 → 8:50 20 min")
    assert "(parti il y a 10 min)" in page
    assert CALENDAR in page


THREE_WAYS = "Bus1\nA E\n8:00 8:20\n8:40 9:00\n\nBus2\nA E\n8:25 8:54\n\nBus3\nA E\n8:33 8:58"


def test_what_can_still_be_taken_is_compared_with_what_can(ask_town: Any) -> None:
    """The bus of 8:00 has left: of those that have not, that of 8:40 is the best."""
    client: CheckedClient = ask_town(STOPS, THREE_WAYS, now="2026-06-03 8:10")
    page = unescape(client.post("/?lang=fr", data=FORM).text).replace("\N{NO-BREAK SPACE}", " ")
    first, *others = entries(page)
    assert first.startswith("8:40 → 9:00") and "Le meilleur choix" in first
    reasons = re.findall(r'<p class="reason">([^<]*)</p>', page)
    assert reasons[0].startswith("Le meilleur choix : 20 min")
    assert [one for one in reasons if "8:00" in one] == []
    assert len(reasons[1:]) == len(others) == 2 and all(
        "comparé avec le trajet 8:40 → 9:00" in one for one in reasons[1:]
    )


def test_where_all_of_a_list_has_left_it_is_compared_as_ever(ask_town: Any) -> None:
    client: CheckedClient = ask_town(STOPS, THREE_WAYS, now="2026-06-03 9:10")
    page = unescape(client.post("/?lang=fr", data=FORM).text).replace("\N{NO-BREAK SPACE}", " ")
    assert "Le meilleur choix : 20 min" in page


def test_a_round_trip_says_of_each_way_that_it_has_left_and_keeps_no_calendar_of_both(ask_town: Any) -> None:
    there = {"path": "/round-trip", "backMoment": "2026-06-03T08:52"}
    page = asked(ask_town, "2026-06-03 8:40", **there)
    assert ("Parti il y a 40 min" in page, page.count("Parti"), "Ajouter les deux" in page) == (True, 1, True)
    page = asked(ask_town, "2026-06-04 8:40", **there)
    assert (page.count("Parti hier"), "Ajouter les deux" in page) == (2, False)


def test_the_sheet_of_a_trip_that_has_left_says_so(ask_town: Any) -> None:
    client: CheckedClient = ask_town(STOPS, LINES, now="2026-06-03 8:42")
    way = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T08:25:00+02:00"}
    name = client.ask("/api/v6/plan", **way)["itineraries"][0]["id"]
    page = unescape(client.get(f"/trips/{name}?lang=fr").text).replace("\N{NO-BREAK SPACE}", " ")
    assert "Parti il y a 12 min" in page
    assert CALENDAR not in page


@pytest.mark.parametrize(("now", "lead"), [("2026-06-03 7:40", "8:00"), ("2026-06-03 8:10", "8:30")])
def test_what_the_api_lets_speak_for_an_entry_can_be_taken_yet_as_on_the_page(
    ask_town: Any, now: str, lead: str
) -> None:
    """Of 8:00 and 8:30, asked at 7:40 and at 8:10 about 7:55."""
    client: CheckedClient = ask_town(STOPS, LINES, now=now)
    body = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:55:00+02:00", "profile": "adult"}
    answer = client.post("/api/trips", json=body).json
    (entry,) = answer["hent"]["entries"]
    assert answer["itineraries"][entry["lead"]]["hent"]["sentence"].startswith(lead)
    assert entries(asked(ask_town, now))[0].startswith(lead)


def test_the_terminal_says_what_has_left(ask_town: Any) -> None:
    body = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T08:25:00+02:00", "profile": "adult"}
    answer = ask_town(STOPS, LINES, now="2026-06-03 8:42").post("/api/trips", json=body).json
    reader = TerminalReader(DayWords(sentences("fr"), ZoneInfo("Europe/Paris"), moment("2026-06-03 8:42")))
    (entry,) = [line for line in told(answer, ("A", "E"), reader) if line.startswith("1.")]
    assert entry.replace("\u202f", " ") == "1. 03/06 8:30 → 8:50  20 min, changements : 0, parti il y a 12 min"
