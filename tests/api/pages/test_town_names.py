"""Names of communes on a drawn map keep off its stops, and near their own place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from api.pages.sheet import Sheet, sheet_round
from api.pages.sketch import MapSources, network_sketch
from api.pages.town_names import town_names
from mobility.network.network import Network
from tests.mobility.routing.surroundings import place
from tests.town import at, town


def sheet() -> Sheet:
    """6 km from south to north with a tenth of margin, 1.12 times as wide: 720 units across are 7.392 km, so that a
    kilometre is 97.4 units and the middle stands at 360, 321.4."""
    ends = [at("0 -3"), at("0 3")]
    return sheet_round(np.array([one.lat for one in ends]), np.array([one.lon for one in ends]))


def network(*communes: tuple[str, str]) -> Network:
    places = tuple(place("commune", name, where) for name, where in communes)
    return replace(town("A 0 0, B 1 0", "Bus1\nA B\n8:00 8:10").network, places=places)


def units(where: str) -> tuple[float, float]:
    """By the scale of the sheet."""
    east, north = map(float, where.split())
    return 360 + 97.4 * east, 321.4 - 97.4 * north


def named(*communes: tuple[str, str], dots: tuple[str, ...] = ()) -> dict[str, tuple[float, float]]:
    """Where each name stands, all of them in large letters."""
    found = list(town_names(network(*communes), sheet(), [units(one) for one in dots]))
    assert not any(one.is_small for one in found)
    return {one.name: (one.x, one.y) for one in found}


def near(x: float, y: float) -> object:
    """Places are rounded to a tenth of a unit."""
    return pytest.approx((x, y), abs=0.15)


def test_a_name_stands_at_its_place_where_nothing_is_marked() -> None:
    assert named(("Gâvres", "0 0")) == {"Gâvres": near(360, 321.4)}
    assert named(("Gâvres", "1 -1")) == {"Gâvres": near(457.4, 418.8)}


def test_a_name_gives_way_to_a_stop_that_it_would_lie_on() -> None:
    """The letters stand a little above the place: so does the stop. A line of large letters is 17 x 1.7 units high, and
    8 are left for the stop: the name stands 36.9 higher."""
    assert named(("Gâvres", "0 0"), dots=("0 0.1",)) == {"Gâvres": near(360, 284.5)}


TOWNS = {"Gâvres": "0 0", "Nord": "0 0.6", "Sud": "0 -0.6"}
"""The others 58.4 units above and below: 36.9 up or down, Gâvres would stand nearer to one of them."""
AT_THEIR_PLACE = {"Nord": (360, 263), "Sud": (360, 379.8)}


def test_no_name_moves_nearer_to_another_town_than_to_its_own() -> None:
    """To go aside, 58 units, is farther than one stop is worth."""
    found = named(*TOWNS.items(), dots=("0 0.1",))
    assert found == {name: near(*place) for name, place in (AT_THEIR_PLACE | {"Gâvres": (360, 321.4)}).items()}


def test_over_two_stops_it_goes_aside_between_other_towns() -> None:
    """Half of six letters of 9.8 x 1.7 units, and 8 for a stop, twice over: 116 wide, of which it goes a half."""
    found = named(*TOWNS.items(), dots=("0 0.1", "-0.02 0.1"))
    assert found == {name: near(*place) for name, place in (AT_THEIR_PLACE | {"Gâvres": (418, 321.4)}).items()}


def test_two_names_never_lie_on_each_other() -> None:
    """The first one stays; the second would begin 10 units beside it, 10 higher, and goes up by a line."""
    found = named(("Larmor-Plage", "0 0"), ("Port-Louis", "0.1 0.1"))
    assert found == {"Larmor-Plage": near(360, 321.4), "Port-Louis": near(369.7, 274.8)}


CLOSE = ("Larmor-Plage", "0 0"), ("Riantec", "-0.8 -0.4"), ("Port-Louis", "-0.2 -0.2")


def test_where_there_is_no_room_for_a_name_another_one_goes_aside() -> None:
    """Port-Louis would lie on the larger town, Larmor-Plage, and half a line lower on Riantec: that goes a line down,
    36.9 units."""
    assert set(named(*CLOSE)) == {"Larmor-Plage", "Riantec"}
    found = {one.name: (one.x, one.y) for one in town_names(network(*CLOSE), sheet(), (), makes_room=True)}
    assert found == {
        "Larmor-Plage": near(360, 321.4),
        "Riantec": near(282.1, 360.4 + 36.9),
        "Port-Louis": near(340.5, 340.9 + 36.9 / 2),
    }


def test_a_name_does_not_go_aside_onto_stops() -> None:
    """They lie all around Riantec and under every letter of Port-Louis; where it stands there is none."""
    places = [f"{east / 10} {north / 10}" for east in range(-30, 20) for north in range(-20, 20)]
    stops = [units(one) for one in places if abs(units(one)[0] - 282.1) > 75 or abs(units(one)[1] - 352) > 40]
    found = town_names(network(*CLOSE), sheet(), stops, makes_room=True)
    assert (282.1, 360.4) in [(round(one.x, 1), round(one.y, 1)) for one in found if one.name == "Riantec"]


def test_a_stop_of_the_whole_network_does_not_stand_in_a_name() -> None:
    """Every 50 m a stop, so that Gâvres finds no room: letters are 9.8 units wide, on narrow pages 1.7 times that."""
    rows = [(f"S{east}{north}", f"{(east - 3) * 0.05} {(north - 3) * 0.05}") for east in range(7) for north in range(7)]
    clocks = " ".join(f"8:{minute:02}" for minute in range(len(rows)))
    bus = "\n".join(("Bus1", " ".join(name for name, _ in rows), clocks))
    found = town(", ".join(map(" ".join, rows)), bus).network
    dots = network_sketch(MapSources(replace(found, places=(place("commune", "Gâvres", "0 0"),)))).dots
    (name,) = (one for one in dots if "town" in one.kind)
    drawn = {kind: [one for one in dots if one.kind == kind] for kind in ("stop", "small stop")}
    for kind, half in (("stop", 6 * 9.8 * 1.7 / 2), ("small stop", 6 * 9.8 / 2)):
        assert not [one for one in drawn[kind] if abs(one.x - name.x) < half and -9 < one.y - (name.y - 11) < 4], kind
    assert drawn["small stop"]
    assert len(dots) < len(rows), "the name lay on some"
