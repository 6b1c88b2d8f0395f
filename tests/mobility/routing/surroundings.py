"""A town with places round its stops, and its last kilometres as lines of text.

egress walk 6 min 500 m
egress taxi 3 min 700 m "Station" 4.40 EUR, unknown: waiting
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mobility.impact import Factor, Factors
from mobility.network.graph import with_place_ways
from mobility.network.place import TerritoryPlace
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.planning.planner import plan
from mobility.rentals.systems import FixedBoard, RentalStation, RentalSystem
from mobility.routing.last_kilometre.both_ends import last_kilometres
from mobility.routing.last_kilometre.option import USUAL_RULES, LastKilometreRules, Option
from mobility.routing.territory import Territory
from mobility.search.days import Days
from tests.town import ask, at, moment, town

ROW = "A 0 0, B 6 0"
BUS = """
    Bus1
    A     B
    8:00  8:15
    """
FACTORS = Factors({"WALK": Factor(0.0), "BIKE": Factor(0.0), "CAR": Factor(200.0)})
NOW = "2026-06-03 7:50"


def place(kind: str, name: str, where: str, area: str = "", **properties: str) -> TerritoryPlace:
    """where: kilometres on the plan. area: corners on the plan, `0 0, 1 0, 1 1`."""
    point = at(where)
    return TerritoryPlace(kind, name, name, point.lat, point.lon, properties, _outline(area) if area else "")


def surrounded(
    *places: TerritoryPlace,
    stops: str = ROW,
    lines: str = BUS,
    systems: tuple[RentalSystem, ...] = (),
    terrain: Terrain = OPEN_GROUND,
    more: dict[str, str] | None = None,
    rules: LastKilometreRules = USUAL_RULES,
) -> Territory:
    placed = replace(town(stops, lines, more=more, terrain=terrain).network, places=places)
    network = with_place_ways(placed, StraightLine(placed))
    return Territory(network, StraightLine(network), Days(network), last_km=rules, rentals=FixedBoard(systems))


def told(territory: Territory, start: str, end: str, when: str = NOW, now: str = NOW, **rest: Any) -> list[str]:
    """The last kilometres of the first itinerary, in their order."""
    return [line(option) for option in options(territory, start, end, when, now, **rest)]


def options(territory: Territory, start: str, end: str, when: str = NOW, now: str = NOW, **rest: Any) -> list[Option]:
    answer = plan(territory, ask(territory, start, end, when, **rest))
    found = last_kilometres(territory, answer.query, FACTORS, moment(now))
    return [option for side in found.of((answer.itineraries or answer.direct)[0]) for option in side]


def at_end(end: str, lines: list[str]) -> list[str]:
    """The lines of one end, without its name."""
    return [text.removeprefix(f"{end} ") for text in lines if text.startswith(end)]


def line(option: Option) -> str:
    words: list[str] = [option.end, option.kind]
    words += [f"{-(-option.duration_s // 60)} min"] if option.duration_s is not None else []
    words += [f"at most {-(-option.safe_s // 60)} min"] if option.safe_s is not None else []
    words += [f"{option.distance_m} m"] if option.distance_m is not None else []
    words += [f'"{option.place.name}"'] if option.place else []
    words += [f'> "{option.until.name or option.until.kind}"'] if option.until else []
    words += [f"{option.price.minor / 100:.2f} {option.price.currency}"] if option.price and option.price.minor else []
    words += [f"{option.co2e_g:g} g"] if option.co2e_g else []
    return " ".join(words) + (f", unknown: {' '.join(option.unknown)}" if option.unknown else "")


def bikes(*stations: tuple[str, str, int | None, int | None], **rest: Any) -> RentalSystem:
    """Stations as name, kilometres on the plan, free bikes, free docks."""
    found = [
        RentalStation(name, name, at(where), vehicles, docks, reported_s=moment(NOW) - 40)
        for name, where, vehicles, docks in stations
    ]
    return RentalSystem("velo", "Velo", stations=tuple(found), **rest)


def _outline(area: str) -> str:
    corners = [at(corner.strip()) for corner in area.split(",")]
    return f"POLYGON (({', '.join(f'{point.lon} {point.lat}' for point in [*corners, corners[0]])}))"
