"""A stop is found by its name in either language, and told in the one asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mobility.places.build import build as build_places
from tests.api.conftest import app_of
from tests.town import town

STATION, HARBOUR = "Ti-gar", "Porzh"
BY_ID = f"stops,stop_name,br,A,,{STATION}\nstops,stop_name,br,B,,{HARBOUR}"
BY_NAME = f"stops,stop_name,br,,A,{STATION}\nstops,stop_name,br,,B,{HARBOUR}"
OTHERS = "stops,stop_desc,br,A,,Deskrivadur\nroutes,route_long_name,br,A,,Linenn\nstops,stop_name,br,A,,"


def client(rows: str) -> Any:
    header = "table_name,field_name,language,record_id,field_value,translation\n"
    found = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more={"translations": header + rows})
    return app_of(replace(found, places=build_places(found.network))).test_client()


@pytest.mark.parametrize("rows", [BY_ID, BY_NAME, f"{BY_NAME}\n{OTHERS}"])
@pytest.mark.parametrize(("language", "names"), [("br", [STATION, HARBOUR]), ("fr", ["A", "B"])])
def test_names_are_told_in_the_language_asked_for(rows: str, language: str, names: list[str]) -> None:
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T05:50:00Z", "language": language}
    (leg,) = client(rows).ask("/api/v6/plan", **asked)["itineraries"][0]["legs"]
    assert [leg["from"]["name"], leg["to"]["name"]] == names


@pytest.mark.parametrize("text", [STATION, "ti gar", "A"])
def test_a_stop_is_found_by_either_name(text: str) -> None:
    assert client(BY_ID).ask("/api/v1/geocode", text=text)[0]["id"] == "t_A"


def test_a_table_of_other_fields_changes_no_name() -> None:
    found = client(OTHERS).ask(
        "/api/v6/plan", fromPlace="t_A", toPlace="t_B", time="2026-06-03T05:50:00Z", language="br"
    )
    assert found["itineraries"][0]["legs"][0]["from"]["name"] == "A"


def test_a_board_of_departures_is_told_in_the_language_asked_for() -> None:
    board = client(BY_ID).ask("/api/v6/stoptimes", stopId="t_A", n=1, time="2026-06-03T05:50:00Z", language="br")
    assert (board["place"]["name"], board["stopTimes"][0]["tripTo"]["name"]) == (STATION, HARBOUR)
