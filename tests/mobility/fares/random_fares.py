"""A town with random fares of both versions, read from files, and random journeys in it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from random import Random

from gtfs.archive import ReadLimits
from gtfs.fares.reading import fares as fares_in
from gtfs.load import load
from gtfs.snapshot import FeedSource
from mobility.fares.rides import FareRide
from mobility.feeds.build.fares import fares
from mobility.feeds.build.tables import Offsets
from mobility.network.network import Network
from tests.mobility.fares.oracle_world import Place, Ridden, Row
from tests.mobility.fares.worlds import network_of, read, tables_of

TOWN = """
# agency.txt
agency_id,agency_name,agency_url,agency_timezone
A,A,https://a.example,UTC
B,B,https://b.example,UTC

# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
week,1,1,1,1,1,0,0,20270101,20271231
end,0,0,0,0,0,1,1,20270101,20271231
always,1,1,1,1,1,1,1,20270101,20271231

# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,zone_id
G,G,47.0,-3.0,1,,
P,P,47.0,-3.0,,G,Z1
Q,Q,47.0,-3.0,,G,Z2
S,S,47.1,-3.0,,,Z1
T,T,47.2,-3.0,,,Z2
U,U,47.3,-3.0,,,Z3
V,V,47.4,-3.0,,,

# routes.txt
route_id,agency_id,route_short_name,route_type
R1,A,R1,3
R2,A,R2,3
R3,B,R3,3
R4,B,R4,3

# trips.txt
route_id,service_id,trip_id
R1,always,R1
R2,always,R2
R3,always,R3
R4,always,R4

# stop_times.txt
trip_id,arrival_time,departure_time,stop_id,stop_sequence
R1,8:00:00,8:00:00,S,1
R1,8:10:00,8:10:00,T,2
R2,8:00:00,8:00:00,S,1
R2,8:10:00,8:10:00,T,2
R3,8:00:00,8:00:00,S,1
R3,8:10:00,8:10:00,T,2
R4,8:00:00,8:00:00,S,1
R4,8:10:00,8:10:00,T,2
"""
STOPS = "P", "Q", "S", "T", "U", "V"
ROUTES = {"R1": "A", "R2": "A", "R3": "B", "R4": "B"}
PLACES = {"P": Place("Z1", "G"), "Q": Place("Z2", "G"), "S": Place("Z1"), "T": Place("Z2"), "U": Place("Z3")}
PLACES |= {"V": Place(""), "G": Place("")}
RUNNING = {"week": frozenset(range(5)), "end": frozenset({5, 6}), "always": frozenset(range(7))}
ZONES, AREAS, NETWORKS, GROUPS = ("Z1", "Z2", "Z3"), ("x", "y", "z"), ("m", "n", "o"), ("g", "h", "k")
PRODUCTS, PRICES = ("p", "q", "r", "s"), ("0.00", "0.80", "1.00", "1.50", "2.00", "3.30")
RIDERS, MEDIA = ("", "", "adult", "child"), ("", "", "card", "paper")
MINUTES_S = 600


@cache
def town() -> tuple[Network, object]:
    feed = read(tables_of(TOWN))
    return network_of([feed]), feed


def maybe(random: Random, values: tuple[str, ...], empty: float = 0.5) -> str:
    return "" if random.random() < empty else random.choice(values)


def first_version(random: Random) -> dict[str, list[Row]]:
    names = [f"f{row}" for row in range(random.randint(1, 5))]
    listed = [
        {
            "fare_id": name,
            "price": random.choice(PRICES),
            "currency_type": "EUR",
            "payment_method": random.choice("01"),
            "transfers": random.choice(("", "", "0", "1", "2")),
            "agency_id": random.choice("AB"),
            "transfer_duration": random.choice(("", "", "1200", "2400", "3600")),
        }
        for name in names
    ]
    rules = [rule for name in names for rule in _fare_rules(random, name)]
    if random.random() < 0.4:
        listed = [row | {"agency_id": ""} for row in listed]
        rules += [_rule(name, route_id=route) for name in names for route in random.sample(sorted(ROUTES), 3)]
    if random.random() < 0.3:
        twin = listed[0] | {"fare_id": "twin", "price": random.choice(PRICES)}
        listed.append(twin)
        rules += [rule | {"fare_id": "twin"} for rule in rules if rule["fare_id"] == names[0]]
    return {"fare_attributes": listed, "fare_rules": rules}


def _fare_rules(random: Random, name: str) -> list[Row]:
    kind = random.choice(("none", "routes", "pairs", "zones", "both"))
    if kind == "routes":
        return [_rule(name, route_id=route) for route in random.sample(sorted(ROUTES), random.randint(1, 3))]
    if kind == "zones":
        return [_rule(name, contains_id=zone) for zone in random.sample(ZONES, random.randint(1, 3))]
    if kind == "none":
        return []
    rows = range(random.randint(1, 3))
    routes = [random.choice(sorted(ROUTES)) if kind == "both" else "" for _ in rows]
    return [
        _rule(name, route_id=route, origin_id=maybe(random, ZONES, 0.3), destination_id=random.choice(ZONES))
        for route in routes
    ]


def _rule(name: str, **cells: str) -> Row:
    return {"fare_id": name, "route_id": "", "origin_id": "", "destination_id": "", "contains_id": "", **cells}


def second_version(random: Random) -> dict[str, list[Row]]:
    with_priority = random.random() < 0.4
    extras = ("-0.50", "-2.00") if random.random() < 0.4 else PRICES[:3]
    return {
        "rider_categories": [
            {"rider_category_id": "adult", "is_default_fare_category": "1"},
            {"rider_category_id": "child", "is_default_fare_category": "0"},
        ],
        "fare_media": [
            {"fare_media_id": "card", "fare_media_type": "2"},
            {"fare_media_id": "paper", "fare_media_type": "1"},
        ],
        "fare_products": [
            *(row for product in PRODUCTS for row in _products(random, product, PRICES)),
            *_products(random, "extra", extras),
        ],
        "timeframes": [
            {"timeframe_group_id": "early", "start_time": "", "end_time": "17:00:00", "service_id": "week"},
            {"timeframe_group_id": "late", "start_time": "17:00:00", "end_time": "", "service_id": "always"},
            {"timeframe_group_id": "early", "start_time": "06:00:00", "end_time": "16:30:00", "service_id": "end"},
        ],
        "stop_areas": [
            {"area_id": random.choice(AREAS), "stop_id": stop}
            for stop in random.sample(("G", "P", *STOPS), random.randint(2, 7))
        ],
        "route_networks": [
            {"network_id": random.choice(NETWORKS), "route_id": route} for route in random.sample(sorted(ROUTES), 3)
        ],
        "fare_leg_rules": [_leg_rule(random, with_priority) for _ in range(random.randint(1, 5))],
        "fare_leg_join_rules": [_join_rule(random) for _ in range(random.choice((0, 0, 0, 1, 2)))],
        "fare_transfer_rules": [_transfer_rule(random) for _ in range(random.choice((0, 1, 2, 3, 4)))],
    }


def _products(random: Random, product: str, prices: tuple[str, ...]) -> list[Row]:
    keys = {(random.choice(RIDERS), random.choice(MEDIA)) for _ in range(random.randint(1, 3))}
    names = "fare_product_id", "rider_category_id", "fare_media_id", "amount", "currency"
    return [dict(zip(names, (product, *key, random.choice(prices), "EUR"), strict=True)) for key in sorted(keys)]


def _leg_rule(random: Random, with_priority: bool) -> Row:
    found = {
        "leg_group_id": maybe(random, GROUPS, 0.1),
        "network_id": maybe(random, NETWORKS, 0.6),
        "from_area_id": maybe(random, AREAS, 0.7),
        "to_area_id": maybe(random, AREAS, 0.7),
        "from_timeframe_group_id": maybe(random, ("early", "late"), 0.8),
        "to_timeframe_group_id": maybe(random, ("early", "late"), 0.9),
        "fare_product_id": random.choice(PRODUCTS),
    }
    return found | {"rule_priority": random.choice(("", "", "1", "2"))} if with_priority else found


def _join_rule(random: Random) -> Row:
    stops = random.choice((("", ""), ("", ""), ("G", "G"), ("P", "Q"), ("S", "T")))
    return {
        "from_network_id": random.choice(NETWORKS),
        "to_network_id": random.choice(NETWORKS),
        "from_stop_id": stops[0],
        "to_stop_id": stops[1],
    }


def _transfer_rule(random: Random) -> Row:
    start = maybe(random, GROUPS, 0.3)
    end = start if random.random() < 0.5 else maybe(random, GROUPS, 0.3)
    limited = random.random() < 0.5
    return {
        "from_leg_group_id": start,
        "to_leg_group_id": end,
        "transfer_count": random.choice(("-1", "1", "2", "3")) if start == end else "",
        "duration_limit": str(MINUTES_S * random.randint(1, 8)) if limited else "",
        "duration_limit_type": random.choice("0123") if limited else "",
        "fare_transfer_type": random.choice("0012"),
        "fare_product_id": random.choice(("", "extra", "p")),
    }


def journey(random: Random) -> list[Ridden]:
    at = int(datetime(2027, 1, random.randint(11, 17), random.choice((15, 16, 23)), tzinfo=UTC).timestamp())
    rides: list[Ridden] = []
    for _ in range(random.randint(1, 6)):
        at += MINUTES_S * random.randint(0, 3)
        seated = bool(rides) and random.random() < 0.15
        start = rides[-1].stops[-1] if rides and (seated or random.random() < 0.6) else random.choice(STOPS)
        stops = start, *random.sample([stop for stop in STOPS if stop != start], random.randint(1, 3))
        until = at + MINUTES_S * random.randint(1, 3)
        route = random.choice(sorted(ROUTES))
        rides.append(Ridden(route, ROUTES[route], stops, at, until, (_clock(at), _clock(until)), seated))
        at = until
    return rides


def _clock(at: int) -> tuple[date, int]:
    local = datetime.fromtimestamp(at, UTC)
    return local.date(), local.hour * 3600 + local.minute * 60


def network_with(tables: dict[str, list[Row]]) -> Network:
    """The town with these fares, read from files."""
    network, snapshot = town()
    with tempfile.TemporaryDirectory() as folder:
        texts = tables_of(TOWN) | {f"{name}.txt": _csv(rows) for name, rows in tables.items() if rows}
        for name, text in texts.items():
            (Path(folder) / name).write_text(text + "\n", "utf-8")
        found = fares_in(load(Path(folder), FeedSource("t", "test"), ReadLimits()))
    assert not found.doubts
    feeds = [replace(snapshot, fares=found)]
    return replace(network, fares=fares(feeds, Offsets.of(feeds)))


def _csv(rows: list[Row]) -> str:
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)])


def rides_on(network: Network, journey: list[Ridden]) -> list[FareRide]:
    rows = {stop: network.stop(f"t_{stop}") for stop in STOPS}
    lines = {route: row for row, route in enumerate(ROUTES)}
    return [
        FareRide(
            network=network,
            feed=0,
            line=lines[ride.route],
            agency=int(network.lines.agency[lines[ride.route]]),
            places=tuple(rows[stop] for stop in ride.stops),
            zones=tuple(int(network.stops.fare_zone[rows[stop]]) for stop in ride.stops),
            departure_s=ride.departs,
            arrival_s=ride.arrives,
            stays=ride.seated,
        )
        for ride in journey
    ]
