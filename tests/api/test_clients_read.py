"""What docs/api.md promises to clients that others wrote: parameters of `plan`, and the members that they read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.parse.bodies import NAMES
from api.parse.plan import UNSUPPORTED
from mobility.places.build import build as build_places
from tests.api.carpool.test_trips import BUS, NOW, ROW
from tests.api.conftest import app_of
from tests.api.motis import description, specs
from tests.mobility.carpool.rides import offer, shared

Json = Any
PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
OURS = {"profile", "stepFree", "explain", "sortBy", "fareRider", "fareMedium", "ifMissed", "adults", "children"}
"""Parameters that MOTIS has not."""


def table(heading: str) -> dict[str, list[str]]:
    """The rows below a heading: the first cell, and what stands in code in the second."""
    part = PAGE.partition(f"### {heading}\n")[2].partition("\n#")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]*`[^|]*) \|$", part, re.MULTILINE)
    return {name: re.findall(r"`([^`]+)`", cell) for name, cell in rows}


PARAMETERS, CLIENTS = table("Parameters of `plan`"), table("Clients that others wrote")


def test_every_parameter_of_the_description_is_told_once() -> None:
    if specs() is None:
        pytest.skip("HENT_SPECS is not set")
    told = [name for names in PARAMETERS.values() for name in names]
    described = [one["name"] for one in description()["paths"]["/api/v6/plan"]["get"]["parameters"]]
    assert sorted(told) == sorted(described)


def test_what_is_said_to_work_is_what_is_read() -> None:
    assert set(PARAMETERS["work"]) == NAMES - OURS
    assert set(PARAMETERS["are refused"]) == set(UNSUPPORTED)


@pytest.fixture(scope="module")
def legs() -> list[Json]:
    """Of an answer with buses, boats and a ride in a driver's car, as a client asks for it."""
    made = offer("Anna", "A 7:45 > B 8:00", seats=2)
    territory, _ = shared([made], ROW, BUS)
    client = app_of(replace(territory, places=build_places(territory.network)), NOW).test_client()
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T05:30:00Z", "searchWindow": 3600}
    answer = client.get("/api/v6/plan", query_string=asked | {"transitModes": "TRANSIT,RIDE_SHARING"}).json
    return [leg for one in answer["itineraries"] for leg in one["legs"] if leg["mode"] != "WALK"]


@pytest.mark.parametrize("client", CLIENTS)
def test_every_member_that_a_client_reads_is_there(legs: list[Json], client: str) -> None:
    of_leg, of_stop = split(CLIENTS[client])
    assert {leg["mode"] for leg in legs} >= {"BUS", "FERRY", "RIDE_SHARING"}
    for leg in legs:
        assert of_leg <= leg.keys(), leg["mode"]
        assert all(of_stop <= stop.keys() for stop in leg["intermediateStops"])


def split(members: list[str]) -> tuple[set[str], set[str]]:
    """Of a leg, and of its intermediate stops, which are named after them."""
    at = members.index("intermediateStops") + 1 if "name" in members else len(members)
    return set(members[:at]), set(members[at:])
