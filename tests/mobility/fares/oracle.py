"""What a journey costs, found by trying everything: every cutting, every product, every rule, used and unused.

Written from the GTFS reference and the choices of docs/fares.md, on the rows of the tables as they are; it shares no
code with mobility/fares. Slow and plain: a journey is a list of rides, a way to pay is a list of choices, its validity
is judged by looking back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.mobility.fares.oracle_second import second
from tests.mobility.fares.oracle_world import Cost, Found, Ridden, Row, World, cents


def price(world: World, rides: Sequence[Ridden], rider: str = "", medium: str = "") -> Found:
    if world.rows("fare_leg_rules"):
        unknown, cents = second(world, rides, rider, medium)
        return Found(unknown, cents, cents)
    (unknown, least), (_, most) = first(world, rides, False), first(world, rides, True)
    return Found(unknown, least, most)


def first(world: World, rides: Sequence[Ridden], dear: bool) -> Cost:
    if not rides:
        return 0, 0
    ways = []
    for length in range(1, len(rides) + 1):
        rest = first(world, rides[length:], dear)
        for paid in fares_of_part(world, rides[:length], dear):
            ways.append((rest[0], rest[1] + paid))
    rest = first(world, rides[1:], dear)
    return min([*ways, (rest[0] + 1, rest[1])])


def fares_of_part(world: World, part: Sequence[Ridden], dear: bool) -> Iterator[int]:
    for fare in world.rows("fare_attributes"):
        if holds(world, fare, part):
            twins = [cents(other["price"]) for other in world.rows("fare_attributes") if alike(world, fare, other)]
            yield max(twins) if dear else min(twins)


def alike(world: World, fare: Row, other: Row) -> bool:
    same = ("transfers", "transfer_duration", "payment_method", "agency_id", "currency_type")
    return all(fare[name] == other[name] for name in same) and rules_of(world, fare) == rules_of(world, other)


def rules_of(world: World, fare: Row) -> set[tuple[str, str, str, str]]:
    names = "route_id", "origin_id", "destination_id", "contains_id"
    return {tuple(row[n] for n in names) for row in world.rows("fare_rules") if row["fare_id"] == fare["fare_id"]}


def holds(world: World, fare: Row, part: Sequence[Ridden]) -> bool:
    changes = len([ride for ride in part[1:] if not ride.seated])
    if fare["transfers"] and changes > int(fare["transfers"]):
        return False
    if fare["transfer_duration"] and part[-1].departs - part[0].departs > int(fare["transfer_duration"]):
        return False
    if fare["agency_id"] and {ride.agency for ride in part} != {fare["agency_id"]}:
        return False
    rules = rules_of(world, fare)
    routes = {route for route, *_ in rules if route}
    pairs = {(origin, end) for _, origin, end, _ in rules if origin or end}
    contained = {zone for *_, zone in rules if zone}
    start, end = world.places[part[0].stops[0]].zone, world.places[part[-1].stops[-1]].zone
    passed = {world.places[stop].zone for ride in part for stop in ride.stops}
    if routes and any(ride.route not in routes for ride in part):
        return False
    if pairs and not any(o in ("", start) and d in ("", end) for o, d in pairs):
        return False
    if any(route and (o or d) for route, o, d, _ in rules):
        for ride in part:
            if not any(r in ("", ride.route) and o in ("", start) and d in ("", end) for r, o, d, _ in rules):
                return False
    return not contained or contained == passed
