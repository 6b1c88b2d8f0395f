"""fare_leg_rules.txt: which products hold for rides that count as one. Source: GTFS reference, fare_leg_rules.txt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from mobility.fares.price import Buyer, Product
from mobility.fares.rides import FareRide, clock_at, station_of
from mobility.network.fares import FareJoinRule, FareLegRule, FareProduct, FareTimeframe, FeedFares
from mobility.network.network import Network

ANY = ("",)


@dataclass(frozen=True, slots=True)
class Option:
    """A way to pay for some rides by themselves. group: of the rule, "" none."""

    group: str
    product: Product


@dataclass(frozen=True, slots=True)
class LegRules:
    """Prepared for finding. named: the networks, areas of departure and of arrival that some rule names."""

    tables: FeedFares
    by_place: dict[tuple[str, str, str], list[FareLegRule]]
    named: tuple[frozenset[str], frozenset[str], frozenset[str]]
    networks: dict[int, frozenset[str]]
    areas: dict[int, frozenset[str]]
    timeframes: dict[str, list[FareTimeframe]]
    products: dict[str, list[FareProduct]]
    default_riders: frozenset[str]
    rider_names: dict[str, str]
    medium_names: dict[str, str]

    @classmethod
    def of(cls, tables: FeedFares) -> LegRules:
        by_place: defaultdict[tuple[str, str, str], list[FareLegRule]] = defaultdict(list)
        for rule in tables.leg_rules:
            by_place[rule.network, rule.from_area, rule.to_area].append(rule)
        columns = zip(*by_place, strict=True)
        network, start, end = (frozenset(column) - {""} for column in columns)
        timeframes: defaultdict[str, list[FareTimeframe]] = defaultdict(list)
        for frame in tables.timeframes:
            timeframes[frame.group].append(frame)
        products: defaultdict[str, list[FareProduct]] = defaultdict(list)
        for one in tables.products:
            products[one.id].append(one)
        return cls(
            tables=tables,
            by_place=dict(by_place),
            named=(network, start, end),
            networks=_by_row((pair.row, pair.id) for pair in tables.line_networks),
            areas=_by_row((pair.row, pair.id) for pair in tables.stop_areas),
            timeframes=dict(timeframes),
            products=dict(products),
            default_riders=frozenset(rider.id for rider in tables.riders if rider.default),
            rider_names={rider.id: rider.name for rider in tables.riders},
            medium_names={medium.id: medium.name or medium.id for medium in tables.media},
        )

    def legs(self, rides: Sequence[FareRide]) -> list[tuple[int, int]]:
        """Rides that count as one: joined by a rule, or by staying seated in the same network."""
        cuts = [at for at, (ride, then) in enumerate(pairwise(rides), 1) if not self._are_one(ride, then)]
        return list(pairwise([0, *cuts, len(rides)]))

    def _are_one(self, ride: FareRide, then: FareRide) -> bool:
        mine, its = self.networks_of(ride), self.networks_of(then)
        if then.stays and mine == its:
            return True
        return any(
            rule.from_network in mine and rule.to_network in its and _meets(rule, ride, then)
            for rule in self.tables.join_rules
        )

    def networks_of(self, ride: FareRide) -> frozenset[str]:
        return self.networks.get(ride.line, frozenset())

    def areas_of(self, network: Network, stop: int) -> frozenset[str]:
        """A platform is in the areas of its station where it has none of its own."""
        while stop not in self.areas and network.stops.parent[stop] >= 0:
            stop = int(network.stops.parent[stop])
        return self.areas.get(stop, frozenset())

    def holding(self, rides: Sequence[FareRide]) -> list[FareLegRule]:
        """Those of the highest priority that hold. A network has to be that of every ride."""
        first, last = rides[0], rides[-1]
        networks = frozenset.intersection(*(self.networks_of(ride) for ride in rides))
        crossed = frozenset.union(*(self.networks_of(ride) for ride in rides))
        areas = self.areas_of(first.network, first.start), self.areas_of(last.network, last.end)
        if self.tables.with_priority:
            keys = product({"", *networks}, {"", *areas[0]}, {"", *areas[1]})
        else:
            start, end = (ids & named or ANY for ids, named in zip(areas, self.named[1:], strict=True))
            keys = product(networks if crossed & self.named[0] else ANY, start, end)
        found = [rule for key in keys for rule in self.by_place.get(key, ()) if self._is_in_time(rule, first, last)]
        highest = max((rule.priority for rule in found), default=0)
        return [rule for rule in found if rule.priority == highest or not self.tables.with_priority]

    def _is_in_time(self, rule: FareLegRule, first: FareRide, last: FareRide) -> bool:
        return self._is_within(rule.from_time, first.network, first.start, first.departure_s) and self._is_within(
            rule.to_time, last.network, last.end, last.arrival_s
        )

    def _is_within(self, group: str, network: Network, stop: int, moment_s: int) -> bool:
        """The calendar day counts, not the service day."""
        if not group:
            return True
        day, second = clock_at(network, stop, moment_s)
        for frame in self.timeframes.get(group, ()):
            since = (day - frame.first_day).days
            runs = 0 <= since < len(frame.days) and frame.days[since] == "1"
            if runs and frame.start_s <= second < frame.end_s:
                return True
        return False

    def options(self, rides: Sequence[FareRide], buyer: Buyer) -> list[Option]:
        """The cheapest of each group and currency; a product that no rule names is no fare of a ride."""
        found: dict[tuple[str, str], Option] = {}
        for rule in self.holding(rides):
            for one in self.bought(rule.product, buyer):
                key = rule.group, one.currency
                if one.minor >= 0 and (key not in found or one.minor < found[key].product.minor):
                    found[key] = Option(rule.group, one)
        return list(found.values())

    def bought(self, product_id: str, buyer: Buyer) -> list[Product]:
        """The product as this buyer gets it, the cheapest of each currency, with all media at that price."""
        rows = [row for row in self.products.get(product_id, ()) if self._is_for(row, buyer)]
        least: dict[str, int] = {}
        for row in rows:
            least[row.currency] = min(row.minor, least.get(row.currency, row.minor))
        return [self._product([row for row in rows if (row.currency, row.minor) == one]) for one in least.items()]

    def rows(self, rides: Sequence[FareRide]) -> list[FareProduct]:
        """All that holds: for every rider, on every medium."""
        products = dict.fromkeys(rule.product for rule in self.holding(rides))
        return [row for id in products for row in self.products.get(id, ())]

    def _is_for(self, row: FareProduct, buyer: Buyer) -> bool:
        riders = {"", buyer.rider} if buyer.rider else {"", *self.default_riders}
        return row.rider in riders and (not buyer.medium or row.medium in ("", buyer.medium))

    def _product(self, rows: Sequence[FareProduct]) -> Product:
        first = rows[0]
        media = dict.fromkeys(self.medium_names.get(row.medium, row.medium) for row in rows if row.medium)
        rider = self.rider_names.get(first.rider, first.rider)
        return Product(first.id, first.name, first.minor, first.currency, tuple(media), rider)


def _by_row(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row, id in pairs:
        found[row].add(id)
    return {row: frozenset(ids) for row, ids in found.items()}


def _meets(rule: FareJoinRule, ride: FareRide, then: FareRide) -> bool:
    """At the stops that the rule names (or one of their platforms), else at one stop or station."""
    ends = {ride.end, station_of(ride.network, ride.end)}
    starts = {then.start, station_of(then.network, then.start)}
    if rule.from_stop < 0:
        return bool(ends & starts)
    return rule.from_stop in ends and rule.to_stop in starts
