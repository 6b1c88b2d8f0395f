"""The direction is what stands on the vehicle where one gets in; trains bear their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.motis import CheckedClient

AskTown = Callable[..., CheckedClient]
ROW = "A 0 0, B 3 0, C 6 0, D 9 0"
LINES = "Ring\nA B C D\n8:00 8:10 8:20 8:30"
TIMES = ["8:00", "8:10", "8:20", "8:30"]


def town_with(ask_town: AskTown, *headsigns: str, trip: str = "Ring") -> CheckedClient:
    """headsigns: at A, B, C and D."""
    calls = zip("ABCD", TIMES, headsigns, strict=True)
    rows = [f'Ring-1,{time}:00,{time}:00,{stop},{number},"{text}"' for number, (stop, time, text) in enumerate(calls)]
    more = {
        "trips": f"route_id,service_id,trip_id,trip_headsign\nRing,S,Ring-1,{trip}",
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign\n" + "\n".join(rows),
    }
    return ask_town(ROW, LINES, more=more)


def headsigns(client: CheckedClient) -> list[str]:
    """Of a leg to D and of the board of departures, where both agree, from A, B and C."""
    found = []
    for stop in "ABC":
        asked: dict[str, Any] = {"fromPlace": f"t_{stop}", "toPlace": "t_D", "time": "2026-06-03T05:50:00Z"}
        (leg,) = client.ask("/api/v6/plan", **asked, searchWindow=3600)["itineraries"][0]["legs"]
        board = client.ask("/api/v6/stoptimes", stopId=f"t_{stop}", time=asked["time"], n=1, radius=1)
        assert [row["headsign"] for row in board["stopTimes"]] == [leg["headsign"]]
        assert f"{leg['headsign']}</" in client.get(f"/stops/t_{stop}?at=2026-06-03T07:50").text
        found.append(leg["headsign"])
    return found


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (("D by C", "D", "", ""), ["D by C", "D", "Ring"]),
        (("", "", "", ""), ["Ring", "Ring", "Ring"]),
        (("B", "C", "D", ""), ["Ring", "Ring", "Ring"]),
        (("b", " C", "D", "D"), ["Ring", "Ring", "Ring"]),
        (("D", "D", "D", ""), ["D", "D", "D"]),
        (("C", "C", "D", ""), ["C", "C", "D"]),
    ],
    ids=["one for two calls", "none", "the next stop", "the next stop, written oddly", "the last stop", "by a stop"],
)
def test_the_headsign_is_that_of_the_call(ask_town: AskTown, told: tuple[str, ...], seen: list[str]) -> None:
    assert headsigns(town_with(ask_town, *told)) == seen


@pytest.mark.parametrize(
    ("route", "trip", "seen"),
    [
        ("401C,,101", "8704,", ("HIGHSPEED_RAIL", "8704", "D")),
        ("TGV INOUI,,2", "8704,", ("REGIONAL_RAIL", "TGV INOUI 8704", "D")),
        ("IC,,103", "Liers,1515", ("LONG_DISTANCE", "IC 1515", "Liers")),
        ("P1,,2", "Quimper,851234", ("REGIONAL_RAIL", "P1", "Quimper")),
        ("7,,3", "8704,", ("BUS", "7", "8704")),
    ],
)
def test_a_train_bears_its_number(ask_town: AskTown, route: str, trip: str, seen: tuple[str, ...]) -> None:
    more = {
        "routes": f"route_id,agency_id,route_short_name,route_long_name,route_type\nRing,T,{route}",
        "trips": f"route_id,service_id,trip_id,trip_headsign,trip_short_name\nRing,S,Ring-1,{trip}",
    }
    client = ask_town(ROW, LINES, more=more)
    asked: dict[str, Any] = {"fromPlace": "t_A", "toPlace": "t_D", "time": "2026-06-03T05:50:00Z"}
    (leg,) = client.ask("/api/v6/plan", **asked)["itineraries"][0]["legs"]
    assert (leg["mode"], leg["displayName"], leg["headsign"]) == seen
