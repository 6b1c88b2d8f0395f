"""News that a feed tells, and what is read of them on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from tests.api.live.conftest import LiveTown
from tests.mobility.live.now import update

LATE = update("Bus1-1 start_date:20260603", "B dep+420")
CANCELLED = update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED")
STORM = """alert { informed_entity { route_id: "Bus1" } cause: WEATHER effect: NO_SERVICE severity_level: SEVERE
    active_period { start: 1780459200 end: 1780502400 }
    header_text { translation { text: "Avis de tempête" language: "fr" } }
    description_text { translation { text: "Pas de bus <b>ce matin</b>." language: "fr" } } }"""
WORKS = """alert { informed_entity { stop_id: "B" } cause: CONSTRUCTION effect: UNKNOWN_EFFECT severity_level: INFO
    header_text { translation { text: "Travaux au quai" language: "fr" } } }"""
Make = Callable[..., LiveTown]


def shown(town: LiveTown, path: str, lang: str = "fr", **more: str) -> str:
    html = town.client.get(path, query_string={"lang": lang} | more, headers={"Accept": "text/html"}).text
    return html[html.index("<main") : html.index("</main>")]


def departures(town: LiveTown, lang: str = "fr") -> list[str]:
    """Each row of B's board as text, what is struck between bars."""
    table = re.search(r"<tbody>(.*?)</tbody>", shown(town, "/stops/t_B", lang), re.DOTALL)
    assert table
    return [text(row) for row in re.findall(r"<tr.*?</tr>", table[1], re.DOTALL)][:2]


def text(html: str) -> str:
    struck = re.sub(r"<s[ >].*?</s>", lambda one: f" |{text(one[0][2:])}| ", html) if "<s>" in html else html
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", struck)).lstrip(">").split())


def answer(town: LiveTown, lang: str = "fr", **more: str) -> str:
    """The answer of the page of 7:58, as text, what is struck between bars."""
    asked = {"fromId": "t_A", "from": "A", "toId": "t_E", "to": "E", "moment": "2026-06-03T07:58", "when": "leave"}
    html = town.client.post("/", data=asked | more, query_string={"lang": lang}, headers={"Accept": "text/html"}).text
    return text(html[html.index("<main") : html.index("</main>")])
