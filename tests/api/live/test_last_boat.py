"""The last boat, wherever it is told, is the last that runs."""

from __future__ import annotations

from html import unescape

from tests.api.live.conftest import LiveTown
from tests.api.live.told import Make, text
from tests.mobility.live.now import update

ISLAND = "D 0 0, E 9 0"
BOATS = "Boat1\nD E\n8:00 8:30\n9:00 9:30\n10:00 10:30\n\nBoat2\nE D\n16:00 16:30\n17:00 17:30\n18:00 18:30"
CANCELLED = (
    update("Boat1-3 start_date:20260603 schedule_relationship:CANCELED"),
    update("Boat2-3 start_date:20260603 schedule_relationship:CANCELED"),
)


def asked(town: LiveTown, path: str) -> str:
    form = {"from": "t_D", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55", "backMoment": "2026-06-03T15:30"}
    return text(unescape(town.client.post(f"{path}?lang=fr", data=form).text))


def test_the_last_boat_back_is_the_last_that_runs(live_town: Make) -> None:
    town = live_town(ISLAND, BOATS)
    assert "18:00" in asked(town, "/round-trip").partition("Dernier bateau")[2][:60]
    town.say(*CANCELLED)
    told = asked(town, "/round-trip").partition("Dernier bateau")[2][:60]
    assert "17:00" in told and "18:00" not in told


def test_the_boats_after_one_are_those_that_run(live_town: Make) -> None:
    town = live_town(ISLAND, BOATS)
    assert "Bateaux suivants, D → E : 9:00, 10:00" in asked(town, "/")
    town.say(*CANCELLED)
    page = asked(town, "/")
    assert "Bateaux suivants, D → E : 9:00." in page and "10:00" not in page
