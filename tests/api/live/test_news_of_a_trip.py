"""What is announced for a stop on the way, seen before anything is opened."""

from __future__ import annotations

from tests.api.live.told import WORKS, Make


def test_works_at_a_stop_on_the_way_are_told_before_an_entry_is_opened_and_on_a_round_trip(live_town: Make) -> None:
    town = live_town()
    town.say(WORKS.replace('"B"', '"E"').replace("Travaux au quai", "Quai E fermé"))
    asked = {"fromId": "t_A", "from": "A", "toId": "t_E", "to": "E", "moment": "2026-06-03T07:58", "when": "leave"}
    html = town.client.post("/", data=asked, headers={"Accept": "text/html"}).text
    closed = html[html.index("<summary>", html.index('<li class="card option')) :].split("</summary>")[0]
    assert "Quai E fermé" in closed
    both = town.client.post("/round-trip", data=asked | {"search": "1"}, headers={"Accept": "text/html"}).text
    assert "Quai E fermé" in both[: both.index('<details class="on-paper"')]
