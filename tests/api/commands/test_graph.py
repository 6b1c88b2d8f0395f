"""`hent graph`: what it exports of a running installation, what it shows, and what it says would be cut off."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from api.commands import main
from tests.api.conftest import ROOT
from tests.demo_in_service import demo_in_service

MODES = {"ride", "walk", "transfer", "bike", "car", "on_demand", "carpool", "rental"}
BETWEEN_PLACE_AND_STOP = {"bike", "car", "on_demand"}
BY_BIKE = {"bike_shelter", "town_centre", "commune"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo territory, with an offer from a car park in Plouhinec to the station."""
    data = demo_in_service(tmp_path_factory)
    code = hent(data, "carpool", "code", "anna@example.org").output.strip()
    account = json.loads(hent(data, "carpool", "sign-in", code, "--alias", "Anna", "--adult").output)["account"]["id"]
    way = ("--from", "47.69812,-3.25187", "--to", "47.7552,-3.3663", "--weekdays", "monday", "--departure", "07:40")
    assert hent(data, "carpool", "offer", "--account", account, *way).exit_code == 0
    return data


@pytest.fixture(scope="module")
def graph(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("graph") / "X.graphml"
    assert hent(data, "graph", "export", "--output", str(path)).exit_code == 0
    return nx.read_graphml(path, force_multigraph=True)


def hent(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(ROOT / "config.toml"), "--data", str(data)])


def test_each_edge_has_a_mode_and_each_node_a_kind(graph: Any) -> None:
    assert {mode for *_, mode in graph.edges(data="mode")} == MODES - {"rental"}
    kinds = Counter(kind for _, kind in graph.nodes(data="kind"))
    assert (kinds["commune"], kinds["on_demand"], kinds["station"], kinds[None]) == (30, 3, 2, 0)


def test_vehicles_go_between_a_place_and_stops_only(graph: Any) -> None:
    kind = dict(graph.nodes(data="kind"))
    for start, end, mode in graph.edges(data="mode"):
        if mode in BETWEEN_PLACE_AND_STOP:
            (place,) = {kind[start], kind[end]} - {"stop"}
            assert place in {"bike": BY_BIKE, "car": {"car_park", "commune"}, "on_demand": {"on_demand"}}[mode]


def test_a_zone_is_a_node_with_an_edge_to_and_from_each_stop_it_holds(graph: Any) -> None:
    zone = "on_demand/tad-groix"
    held = {end for _, end in graph.out_edges(zone)}
    assert {"lorient_groix-bourg", "lorient_locmaria", "lorient_port-tudy"} <= held
    assert held == {start for start, _ in graph.in_edges(zone)}
    assert all(graph.nodes[stop]["lat"] < 47.66 for stop in held)


def test_a_published_offer_is_in_the_export(graph: Any) -> None:
    rides = [(start, end, way) for start, end, way in graph.edges(data=True) if way["mode"] == "carpool"]
    assert rides
    assert all(way["seconds"] > 0 and way["seats"] > 0 for *_, way in rides)


def test_show_lists_every_walk_and_transfer_by_the_id_of_its_end(data: Path, graph: Any) -> None:
    for stop in ("lorient_port-tudy", "lorient_embarcadere", "lorient_gare", "lorient_gare-1"):
        if stop not in graph:
            continue
        shown = json.loads(hent(data, "graph", "show", stop, "--json").stdout)
        ends = {end for _, end, mode in graph.out_edges(stop, data="mode") if mode in ("walk", "transfer")}
        assert ends <= {walk["id"] for walk in shown["walks"]}
        if graph.nodes[stop]["kind"] == "stop":
            assert ends == {walk["id"] for walk in shown["walks"]}


def test_the_quay_of_groix_and_its_ferry_cut_off_the_island_and_its_people(data: Path) -> None:
    found = json.loads(hent(data, "graph", "check", "--json").stdout)
    assert {"cutOff", "cannotBeReached", "cannotBeLeft", "oneWayOnly"} <= set(found)
    groix = {one["closed"]["id"]: one for one in found["cutOff"] if "Groix" in one["communes"]}
    for kind, closed in (("stop", "lorient_port-tudy"), ("line", "lorient_GX")):
        one = groix[closed]
        assert one["closed"] == {"kind": kind, "id": closed}
        assert (one["communes"], one["people"]) == (["Groix"], 2310)
        assert "lorient_groix-bourg" in one["stops"]


def test_it_is_said_in_words_and_so_is_the_report_of_a_load(data: Path) -> None:
    said = hent(data, "graph", "check").output
    assert "without line GX (lorient_GX) 12 stops are cut off, and 2310 people: Groix" in said
    loaded = json.loads(hent(data, "feeds", "load", "lorient", "--json").stdout)["structure"]
    assert loaded == json.loads(hent(data, "graph", "check", "--json").stdout)
