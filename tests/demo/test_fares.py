"""What the demo's fares show: areas, a change on one ticket, an evening, two riders, two media. Illustrative."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.config import read_config
from api.territory.in_service import Following
from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient
from tests.town import moment


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> CheckedClient:
    from api.commands.options import ensure_network

    config, data = read_config(ROOT / "config.toml"), tmp_path_factory.mktemp("fares")
    ensure_network(data, config)
    app = create_app(config, Following(Path(data), config), lambda: moment("2026-12-01 7:00"))
    app.test_client_class = CheckedClient
    found = app.test_client()
    assert isinstance(found, CheckedClient)
    return found


def ticket(client: CheckedClient, start: str, end: str, time: str, **more: str) -> Any:
    query = {"fromPlace": f"lorient_{start}", "toPlace": f"lorient_{end}", "time": f"2026-12-01T{time}:00+01:00"}
    return client.ask("/api/v6/plan", **query, **more)["itineraries"][0]["hent"]["ticket"]


def test_an_evening_costs_less_than_a_day(client: CheckedClient) -> None:
    way = "gare-a", "hotel-de-ville-lanester"
    assert [ticket(client, *way, time)["price"]["minor"] for time in ("12:00", "21:15")] == [180, 120]


def test_a_family_pays_by_age_and_the_boat_is_no_bus(client: CheckedClient) -> None:
    told = ticket(client, "gare-maritime-quai", "port-tudy", "08:00", profile="family")
    assert (told["price"]["minor"], told["party"]["minor"]) == (1850, 2 * 1850 + 2 * 1100)
    (ferry,) = told["rides"]
    assert (ferry["card"], ferry["counter"]["name"]) == ("no", "Guichet de la Gare Maritime (illustratif)")
    assert [note["kind"] for note in told["notes"]] == ["return", "book"]


def test_bus_harbour_boat_and_ferry_give_three_different_sentences(client: CheckedClient) -> None:
    ways = (
        ("gare-a", "hotel-de-ville-lanester"),
        ("port-louis-la-pointe", "embarcadere"),
        ("gare-maritime-quai", "port-tudy"),
    )
    told = [ticket(client, *way, "09:00")["rides"][0]["sentence"] for way in ways]
    assert len(set(told)) == 3
