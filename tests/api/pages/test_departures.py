"""Who turns the pages meets every departure of the API's plain list, each once."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.config import read_config
from api.territory.in_service import Following
from tests.demo_in_service import demo_in_service

ROOT = Path(__file__).parents[3]
WRITTEN = date(2026, 11, 22)
TUESDAY = "2026-11-24T08:00"
DEPARTURE = re.compile(r'data-start="([^"]+)" data-end="([^"]+)"')
GOING_ON = re.compile(r'<button form="search" name="cursor" value="([^"]+)"')
PAGES = 5
EARLIER, LATER = 0, 1

Times = tuple[datetime, datetime]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder, config = demo_in_service(tmp_path_factory, WRITTEN), read_config(ROOT / "config.toml")
    return create_app(config, Following(folder, config)).test_client()


def read(client: FlaskClient, when: str, way_on: int) -> list[list[Times]]:
    """The departures of each page, as a reader turns them."""
    form = {"from": "Ploemeur", "to": "Université", "when": when, "moment": TUESDAY}
    found = []
    for _ in range(PAGES):
        page = client.post("/", data=form).text
        found.append([both(*ends) for ends in DEPARTURE.findall(page)])
        form["cursor"] = GOING_ON.findall(page)[way_on]
    return found


def listed(client: FlaskClient, when: str, way_on: int) -> list[Times]:
    places = [client.get("/api/v1/geocode", query_string={"text": text}).json[0] for text in ("Ploemeur", "Université")]
    ends = [one["id"] if one["type"] == "STOP" else f"{one['lat']:.6f},{one['lon']:.6f}" for one in places]
    asked = {"fromPlace": ends[0], "toPlace": ends[1], "time": TUESDAY, "arriveBy": str(when == "arrive").lower()}
    found: list[Times] = []
    for _ in range(PAGES):
        answer = client.get("/api/v6/plan", query_string=asked | {"numItineraries": 20, "maxItineraries": 20}).json
        found += [both(one["startTime"], one["endTime"]) for one in answer["itineraries"]]
        asked["pageCursor"] = answer[("previousPageCursor", "nextPageCursor")[way_on]]
    return found


def both(start: str, end: str) -> Times:
    return datetime.fromisoformat(start), datetime.fromisoformat(end)


@pytest.mark.parametrize("when", ["leave", "arrive"])
@pytest.mark.parametrize("way_on", [EARLIER, LATER])
def test_the_pages_together_are_the_plain_list_without_hole_or_double(
    client: FlaskClient, when: str, way_on: int
) -> None:
    pages, plain = read(client, when, way_on), listed(client, when, way_on)
    turned = [one for page in pages for one in page]
    assert len(turned) >= 30
    assert len(set(turned)) == len(turned)
    first, last = max(min(turned), min(plain)), min(max(turned), max(plain))
    assert [one for one in sorted(turned) if first <= one <= last] == [
        one for one in sorted(plain) if first <= one <= last
    ]


def test_a_line_that_comes_every_ten_minutes_is_one_entry_that_opens(client: FlaskClient) -> None:
    page = client.post("/?lang=fr", data={"from": "Ploemeur", "to": "Université", "when": "leave", "moment": TUESDAY})
    (times,) = re.findall(r'<details class="runs on-paper"><summary>([^<]+)</summary>', page.text)
    assert times.startswith("T1 toutes les 10 min : 8:02, 8:12, 8:22, ")
    starts = [f"{start:%H:%M}" for start, _ in (both(*ends) for ends in DEPARTURE.findall(page.text))]
    assert starts == sorted(starts)
    assert [f"{int(at[:2])}:{at[3:]}" for at in starts] == times.partition(" : ")[2].split(", ")
