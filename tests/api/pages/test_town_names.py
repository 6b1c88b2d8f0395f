"""Names of communes on a drawn map keep off its stops, and near their own place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from api.pages.sheet import Sheet, sheet_round
from api.pages.town_names import LARGER, TownName, town_names
from mobility.network.network import Network
from tests.mobility.routing.surroundings import place
from tests.town import at, town


def sheet() -> Sheet:
    """600 m up and down: 720 units across."""
    ends = [at("0 -3"), at("0 3")]
    return sheet_round(np.array([one.lat for one in ends]), np.array([one.lon for one in ends]))


def network(*communes: tuple[str, str]) -> Network:
    places = tuple(place("commune", name, where) for name, where in communes)
    return replace(town("A 0 0, B 1 0", "Bus1\nA B\n8:00 8:10").network, places=places)


def units(where: str) -> tuple[float, float]:
    spot = at(where)
    x, y = sheet().at(np.array([spot.lat]), np.array([spot.lon]))[0].tolist()
    return x, y


def named(*communes: tuple[str, str], dots: tuple[str, ...] = ()) -> dict[str, TownName]:
    found = town_names(network(*communes), sheet(), [units(one) for one in dots])
    return {one.name: one for one in found}


def test_a_name_stands_at_its_place_where_nothing_is_marked() -> None:
    x, y = units("0 0")
    assert (named(("Gâvres", "0 0"))["Gâvres"].x, named(("Gâvres", "0 0"))["Gâvres"].y) == pytest.approx(
        (x, y), abs=0.1
    )


def test_a_name_gives_way_to_a_stop_that_it_would_lie_on() -> None:
    """The letters stand a little above the place: so does the stop."""
    dot = "0 0.1"
    moved = named(("Gâvres", "0 0"), dots=(dot,))["Gâvres"]
    assert moved.covered(np.array([units(dot)]), LARGER) == 0
    assert (moved.x, moved.y) != pytest.approx(units("0 0"), abs=0.1)


def test_no_name_moves_nearer_to_another_town_than_to_its_own() -> None:
    """Above and below are other towns, so that it goes aside or stays."""
    places = {"Gâvres": "0 0", "Nord": "0 0.6", "Sud": "0 -0.6"}
    found = named(*places.items(), dots=("0 0.1",))
    for name, one in found.items():
        assert min(places, key=lambda other: one.off(units(places[other]))) == name


def test_two_names_never_lie_on_each_other() -> None:
    found = named(("Larmor-Plage", "0 0"), ("Port-Louis", "0.1 0.1"))
    assert len(found) < 2 or found["Larmor-Plage"].is_apart(found["Port-Louis"], 1.0)
