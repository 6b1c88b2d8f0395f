"""Fares of version 2 by trying everything: the half of oracle.py that reads fare_leg_rules.txt and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tests.mobility.fares.oracle_world import Cost, Ridden, Row, World, cents


@dataclass(frozen=True)
class Leg:
    rides: tuple[Ridden, ...]

    @property
    def departs(self) -> int:
        return self.rides[0].departs

    @property
    def arrives(self) -> int:
        return self.rides[-1].arrives


@dataclass(frozen=True)
class Choice:
    """group None: the leg has no price. rule: the transfer rule that led here; extra: what its product costs."""

    group: str | None
    paid: int
    rule: Row | None = None
    extra: int = 0


def second(world: World, rides: Sequence[Ridden], rider: str, medium: str) -> Cost:
    legs = effective_legs(world, rides)
    options = [options_of(world, leg, rider, medium) for leg in legs]
    return min(total(legs, way) for way in ways_to_pay(world, legs, options, [], (rider, medium)))


def effective_legs(world: World, rides: Sequence[Ridden]) -> list[Leg]:
    legs: list[list[Ridden]] = []
    for ride in rides:
        if legs and joined(world, legs[-1][-1], ride):
            legs[-1].append(ride)
        else:
            legs.append([ride])
    return [Leg(tuple(some)) for some in legs]


def joined(world: World, ride: Ridden, then: Ridden) -> bool:
    if then.seated and networks(world, ride.route) == networks(world, then.route):
        return True
    for rule in world.rows("fare_leg_join_rules"):
        if rule["from_network_id"] not in networks(world, ride.route):
            continue
        if rule["to_network_id"] not in networks(world, then.route):
            continue
        end, start = ride.stops[-1], then.stops[0]
        if rule["from_stop_id"]:
            here = rule["from_stop_id"] in (end, world.places[end].station)
            there = rule["to_stop_id"] in (start, world.places[start].station)
            if here and there:
                return True
        elif end == start or (world.places[end].station and world.places[end].station == world.places[start].station):
            return True
    return False


def networks(world: World, route: str) -> set[str]:
    return {row["network_id"] for row in world.rows("route_networks") if row["route_id"] == route}


def areas(world: World, stop: str) -> set[str]:
    own = {row["area_id"] for row in world.rows("stop_areas") if row["stop_id"] == stop}
    station = world.places[stop].station
    return own or {row["area_id"] for row in world.rows("stop_areas") if row["stop_id"] == station}


def options_of(world: World, leg: Leg, rider: str, medium: str) -> list[tuple[str, int]]:
    rules = [rule for rule in world.rows("fare_leg_rules") if leg_rule_holds(world, rule, leg)]
    if rules and "rule_priority" in rules[0]:
        highest = max(int(rule["rule_priority"] or 0) for rule in rules)
        rules = [rule for rule in rules if int(rule["rule_priority"] or 0) == highest]
    found = {
        (rule["leg_group_id"], amount)
        for rule in rules
        for amount in amounts(world, rule["fare_product_id"], rider, medium)
    }
    return sorted(found)


def leg_rule_holds(world: World, rule: Row, leg: Leg) -> bool:
    first, last = leg.rides[0], leg.rides[-1]
    places = (
        ("network_id", [networks(world, ride.route) for ride in leg.rides]),
        ("from_area_id", [areas(world, first.stops[0])]),
        ("to_area_id", [areas(world, last.stops[-1])]),
    )
    for column, sets in places:
        if rule[column]:
            if not all(rule[column] in one for one in sets):
                return False
        elif "rule_priority" not in rule:
            named = {other[column] for other in world.rows("fare_leg_rules")} - {""}
            if any(one & named for one in sets):
                return False
    return in_time(world, rule["from_timeframe_group_id"], first.clocks[0]) and in_time(
        world, rule["to_timeframe_group_id"], last.clocks[1]
    )


def in_time(world: World, group: str, clock: tuple[date, int]) -> bool:
    day, second = clock
    for frame in world.rows("timeframes"):
        start, end = hours(frame["start_time"] or "00:00:00"), hours(frame["end_time"] or "24:00:00")
        today = day.weekday() in world.running[frame["service_id"]]
        if frame["timeframe_group_id"] == group and today and start <= second < end:
            return True
    return not group


def hours(text: str) -> int:
    h, m, s = map(int, text.split(":"))
    return h * 3600 + m * 60 + s


def amounts(world: World, product: str, rider: str, medium: str) -> list[int]:
    usual = {
        row["rider_category_id"] for row in world.rows("rider_categories") if row["is_default_fare_category"] == "1"
    }
    wanted = {rider} if rider else usual
    return [
        cents(row["amount"])
        for row in world.rows("fare_products")
        if row["fare_product_id"] == product
        and (not row["rider_category_id"] or row["rider_category_id"] in wanted)
        and (not medium or row["fare_media_id"] in ("", medium))
    ]


def ways_to_pay(
    world: World,
    legs: Sequence[Leg],
    options: Sequence[list[tuple[str, int]]],
    chosen: list[Choice],
    who: tuple[str, str],
) -> Iterator[list[Choice]]:
    number = len(chosen)
    if number == len(legs):
        yield list(chosen)
        return
    choices = [Choice(group, paid) for group, paid in options[number]] or [Choice(None, 0)]
    for choice in list(choices):
        if chosen and chosen[-1].group and choice.group:
            for rule in usable(world, legs, [*chosen, choice]):
                products = amounts(world, rule["fare_product_id"], *who) if rule["fare_product_id"] else [0]
                choices += [Choice(choice.group, choice.paid, rule, extra) for extra in products]
    for choice in choices:
        yield from ways_to_pay(world, legs, options, [*chosen, choice], who)


def usable(world: World, legs: Sequence[Leg], way: Sequence[Choice]) -> list[Row]:
    """Rules for the change to the last leg of the way."""
    now = len(way) - 1
    group, then = way[now - 1].group, way[now].group
    rules = world.rows("fare_transfer_rules")
    found = [rule for rule in rules if (rule["from_leg_group_id"], rule["to_leg_group_id"]) == (group, then)]
    if not found:
        start = group if any(rule["from_leg_group_id"] == group for rule in rules) else ""
        end = then if any(rule["to_leg_group_id"] == then for rule in rules) else ""
        found = [rule for rule in rules if (rule["from_leg_group_id"], rule["to_leg_group_id"]) == (start, end)]
    kept = []
    for rule in found:
        count = changes_in_a_row(way, rule)
        first = legs[now - count] if count else legs[now - 1]
        if within_limit(rule, first, legs[now]):
            most = int(rule["transfer_count"] or -1) if count else -1
            kept.append((10**9 if most == -1 else most, count, rule))
    enough = [(most, rule) for most, count, rule in kept if most >= count]
    return [rule for most, rule in enough if most == min(one for one, _ in enough)]


def changes_in_a_row(way: Sequence[Choice], rule: Row) -> int:
    """With this one; 0 where changes of its kind do not add up."""
    kind = kind_of(way, len(way) - 1, rule)
    if kind is None:
        return 0
    count, at = 1, len(way) - 2
    while at > 0 and way[at].rule is not None and kind_of(way, at, way[at].rule) == kind:
        count, at = count + 1, at - 1
    return count


def kind_of(way: Sequence[Choice], at: int, rule: Row | None) -> str | None:
    assert rule is not None
    if not rule["from_leg_group_id"] and not rule["to_leg_group_id"]:
        return "for all groups"
    return f"in {way[at].group}" if way[at].group == way[at - 1].group else None


def within_limit(rule: Row, first: Leg, then: Leg) -> bool:
    if not rule["duration_limit"]:
        return True
    start = first.departs if rule["duration_limit_type"] in "01" else first.arrives
    end = then.arrives if rule["duration_limit_type"] in "03" else then.departs
    return end - start <= int(rule["duration_limit"])


def total(legs: Sequence[Leg], way: Sequence[Choice]) -> Cost:
    """A ticket begins where no rule leads to a leg; a rebate takes it to zero at the lowest."""
    unknown = sum(len(leg.rides) for leg, choice in zip(legs, way, strict=True) if choice.group is None)
    done, ticket = 0, 0
    for at, choice in enumerate(way):
        if choice.rule is None:
            done, ticket = done + ticket, choice.paid
        elif choice.rule["fare_transfer_type"] == "0":
            ticket = max(0, ticket + choice.extra)
        elif choice.rule["fare_transfer_type"] == "1":
            ticket = max(0, ticket + choice.extra + choice.paid)
        else:
            ticket = max(0, choice.extra + (ticket if way[at - 1].rule is not None else 0))
    return unknown, done + ticket
