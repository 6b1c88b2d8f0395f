"""Where the demo territory lies: on land beside the water, right to about 200 m."""

import csv
import os
import unicodedata
from itertools import combinations
from pathlib import Path

import pytest

from demo.geometry import distance_m, length_m, way
from demo.records import Point, Territory
from demo.timetable import trips
from tests.demo.places import Water, flat_line

LANDMARKS = {
    "gare": (47.7550, -3.3655),
    "quai-des-indes": (47.7468, -3.3602),
    "base-sous-marins": (47.7292, -3.3700),
    "port-louis-citadelle": (47.7100, -3.3645),
    "port-tudy": (47.6443, -3.4463),
    "hennebont-centre": (47.8047, -3.2778),
}
"""Known positions: the station, the quay, the submarine base, the citadel, the harbour of Groix, the basilica."""

CUTS_THE_CORNER = {
    ("place-jules-ferry", "quai-des-indes"): "round the dock in the town",
    ("port-de-peche", "quai-des-indes"): "round the dock in the town",
    ("embarcadere-bus", "gare-maritime"): "round the tip of the outer harbour",
    ("kerzo", "nezenel"): "round the bay south of Sainte-Catherine",
    ("kerzo", "port-louis-pointe-bus"): "round the bay of Driasker",
    ("kerner", "riantec-eglise"): "round the inlet of Riantec",
    ("gavres-mairie", "la-lede"): "along the curved isthmus of Gâvres",
    ("la-lede", "lines"): "along the curved isthmus of Gâvres",
}
"""Neighbouring bus stops whose straight line cuts a corner of water that the road goes round."""


def hops(territory: Territory, *modes: str) -> set[tuple[str, str]]:
    lines = [line for line in territory.lines if line.mode in modes]
    return {(min(hop), max(hop)) for line in lines for hop in zip(line.stops, line.stops[1:], strict=False)}


def test_the_water_is_drawn_in_valid_polygons(water: Water) -> None:
    assert [polygon.is_valid for polygon in water.polygons] == [True] * 7


def test_no_stop_lies_in_the_water(territory: Territory, water: Water) -> None:
    assert [stop.stop_id for stop in territory.stops.values() if water.holds(stop.point)] == []


def test_every_quay_lies_within_50_m_of_the_water(territory: Territory, water: Water) -> None:
    quays = {stop.stop_id: water.distance_m(stop.point) for stop in territory.stops.values() if stop.kind == "quay"}
    assert len(quays) == 11
    assert {quay: round(metres) for quay, metres in quays.items() if metres > 50} == {}


def test_no_two_stops_lie_at_one_point(territory: Territory) -> None:
    pairs = combinations(territory.stops.values(), 2)
    assert [(a.stop_id, b.stop_id) for a, b in pairs if distance_m(a.point, b.point) < 10] == []


def test_platforms_lie_at_their_station(territory: Territory) -> None:
    platforms = [stop for stop in territory.stops.values() if stop.station]
    assert len(platforms) == 8
    assert max(distance_m(stop.point, territory.stops[stop.station].point) for stop in platforms) < 100


@pytest.mark.parametrize("stop", LANDMARKS)
def test_landmarks_lie_where_everyone_knows_them(territory: Territory, stop: str) -> None:
    assert distance_m(territory.stops[stop].point, LANDMARKS[stop]) < 300


def test_boats_sail_on_the_water(territory: Territory, water: Water) -> None:
    for a, b in hops(territory, "boat", "ferry"):
        line = flat_line(way(territory, a, b))
        assert line.difference(water.everywhere).length < 130, (a, b)
        assert water.between(territory.stops[a].point, territory.stops[b].point), (a, b)


def test_buses_drive_on_land(territory: Territory, water: Water) -> None:
    drives = {hop: flat_line(way(territory, *hop)) for hop in hops(territory, "bus")}
    assert [hop for hop, line in drives.items() if line.intersects(water.everywhere)] == []


def test_neighbouring_bus_stops_have_no_water_between_but_at_known_corners(territory: Territory, water: Water) -> None:
    ends = {hop: (territory.stops[hop[0]].point, territory.stops[hop[1]].point) for hop in hops(territory, "bus")}
    assert {hop for hop, (a, b) in ends.items() if water.between(a, b)} == set(CUTS_THE_CORNER)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("embarcadere-1", "port-louis-la-pointe"),
        ("alsace-lorraine", "port-louis-mairie"),
        ("gare-a", "locmiquelic-mairie"),
        ("embarcadere-2", "pen-mane"),
        ("peristyle", "sainte-catherine"),
        ("port-louis-locmalo", "ban-gavres"),
        ("gavres-mairie", "port-louis-mairie"),
        ("larmor-eglise", "port-louis-citadelle"),
        ("gare-maritime-quai", "port-tudy"),
        ("kerroch", "groix-bourg"),
        ("la-lede", "grands-sables"),
        ("grande-lande", "pen-mane-bus"),
        ("kernevel-quai", "cite-de-la-voile-quai"),
        ("hotel-de-ville-lanester", "hopital-du-scorff"),
    ],
)
def test_nobody_walks_across_the_water(territory: Territory, water: Water, a: str, b: str) -> None:
    assert water.between(territory.stops[a].point, territory.stops[b].point)


@pytest.mark.parametrize(
    ("bridge", "a", "b"),
    [
        ("pont Saint-Christophe", (47.7602, -3.3662), (47.7635, -3.3612)),
        ("pont du Bonhomme", (47.7658, -3.3055), (47.7630, -3.3000)),
        ("Kermélo", (47.7312, -3.3735), (47.7240, -3.3800)),
        ("Hennebont", (47.8042, -3.2765), (47.8035, -3.2850)),
        ("isthmus of Gâvres", (47.6966, -3.3345), (47.6945, -3.3150)),
    ],
)
def test_bridges_and_the_isthmus_stay_open(water: Water, bridge: str, a: Point, b: Point) -> None:
    assert not water.between(a, b), bridge


def test_quays_are_reached_dry_from_the_stops_beside_them(territory: Territory, water: Water) -> None:
    beside = {
        "port-louis-la-pointe": "port-louis-pointe-bus",
        "port-louis-locmalo": "port-louis-locmalo-bus",
        "pen-mane": "pen-mane-bus",
        "sainte-catherine": "sainte-catherine-bus",
        "ban-gavres": "ban-gavres-bus",
        "port-tudy": "port-tudy-bus",
        "embarcadere-1": "embarcadere-bus",
        "embarcadere-2": "embarcadere-bus",
        "gare-maritime-quai": "gare-maritime",
        "kernevel-quai": "kernevel",
        "cite-de-la-voile-quai": "base-sous-marins",
    }
    points = {stop_id: stop.point for stop_id, stop in territory.stops.items()}
    assert [quay for quay, stop in beside.items() if water.between(points[quay], points[stop])] == []
    assert max(distance_m(points[quay], points[stop]) for quay, stop in beside.items()) < 300


@pytest.mark.parametrize(("mode", "least", "most"), [("bus", 5, 60), ("boat", 8, 25), ("ferry", 14, 25)])
def test_speeds_are_plausible(territory: Territory, mode: str, least: float, most: float) -> None:
    for trip in trips(territory):
        if trip.line.mode == mode:
            hops_km = [length_m(way(territory, a, b)) / 1000 for a, b in zip(trip.stops, trip.stops[1:], strict=False)]
            hours = [(b - a) / 60 for a, b in zip(trip.minutes, trip.minutes[1:], strict=False)]
            assert max(km / h for km, h in zip(hops_km, hours, strict=True)) <= most, trip.trip_id
            assert sum(hops_km) / sum(hours) >= least, trip.trip_id


def plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.casefold().replace("-", " ").replace("gare d’", "gare d'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@pytest.mark.skipif("HENT_REFERENCE_DATA" not in os.environ, reason="HENT_REFERENCE_DATA is not set")
def test_stops_lie_within_250_m_of_where_they_were_in_2014(territory: Territory) -> None:
    table = Path(os.environ["HENT_REFERENCE_DATA"]) / "territory" / "lorient_stop_positions_2014.csv"
    with table.open(encoding="utf-8") as file:
        then = {(row["commune"], plain(row["stop_name"])): row for row in csv.DictReader(file)}
    away = {
        stop.stop_id: distance_m(stop.point, (float(row["lat"]), float(row["lon"])))
        for stop in territory.stops.values()
        if (row := then.get((stop.commune, plain(stop.name)))) is not None
    }
    assert len(away) >= 35
    assert {stop_id: round(metres) for stop_id, metres in away.items() if metres > 250} == {}
