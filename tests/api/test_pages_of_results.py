"""A window may hold more than anybody reads: a page ends after a dozen results, and the next begins right there."""

from __future__ import annotations

from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.town import town

EVERY_MINUTE = "Bus1\nA     B\n" + "\n".join(f"8:{minute:02}  8:{minute + 9:02}" for minute in range(50))
ASKED = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T08:00", "searchWindow": 3600}


def client() -> CheckedClient:
    return app_of(town("A 0 0, B 3 0", EVERY_MINUTE)).test_client()


def test_a_page_holds_a_dozen_and_the_next_goes_on() -> None:
    first = client().ask("/api/v6/plan", **ASKED)
    second = client().ask("/api/v6/plan", **ASKED, pageCursor=first["nextPageCursor"])
    starts = [one["startTime"][14:16] for one in [*first["itineraries"], *second["itineraries"]]]
    assert len(first["itineraries"]) == 12
    assert starts == [f"{minute:02}" for minute in range(24)]


def test_who_asks_for_more_gets_more() -> None:
    answer = client().ask("/api/v6/plan", **ASKED, numItineraries=40)
    assert len(answer["itineraries"]) == 40
