"""fare_attributes.txt: a journey is cut into parts, each on one fare; the cheapest cutting is the price.

A fare holds on a part if all its lines, its ends and the set of zones it passes are as the fare's rows say, and all its
rides are those of the fare's agency. Its time counts from the first boarding to the last. Source: GTFS reference,
fare_attributes.txt and fare_rules.txt; choices: docs/fares.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mobility.fares.labels import START, Label, best, worth_keeping
from mobility.fares.price import Product, Step
from mobility.fares.rides import FareRide, zone_of
from mobility.network.fares import Fare, FareRow, FeedFares

Ends = tuple[str, str]
Choose = Callable[[Sequence[Fare]], Fare]


@dataclass(frozen=True)
class Alike:
    """Fares that nothing in the data tells apart but their price: who each is for stands in its name, at best."""

    fares: tuple[Fare, ...]

    @property
    def fare(self) -> Fare:
        """What they have in common."""
        return self.fares[0]

    @cached_property
    def lines(self) -> frozenset[int]:
        return frozenset(row.route for row in self.fare.rows if row.route != -1)

    @cached_property
    def ends(self) -> frozenset[Ends]:
        return frozenset((row.origin, row.destination) for row in self.fare.rows if row.origin or row.destination)

    @cached_property
    def zones(self) -> frozenset[str]:
        return frozenset(row.contains for row in self.fare.rows if row.contains)

    @cached_property
    def rows_join(self) -> bool:
        """Whether some row names a line and a zone: then they hold together only."""
        return any(row.route != -1 and (row.origin or row.destination) for row in self.fare.rows)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The fares of a feed, found by the zones at the ends of a part."""

    feed: int
    by_ends: dict[Ends, list[Alike]]
    anywhere: list[Alike]

    @classmethod
    def of(cls, feed: int, tables: FeedFares) -> Tariff:
        groups: defaultdict[tuple[object, ...], list[Fare]] = defaultdict(list)
        for fare in tables.fares:
            groups[_what_it_says(fare)].append(fare)
        alike = [Alike(tuple(sorted(group, key=lambda one: (one.minor, one.id)))) for group in groups.values()]
        by_ends: defaultdict[Ends, list[Alike]] = defaultdict(list)
        for one in alike:
            for ends in one.ends:
                by_ends[ends].append(one)
        return cls(feed, dict(by_ends), [one for one in alike if not one.ends])

    def cheapest(self, rides: Sequence[FareRide], choose: Choose) -> Label:
        """The best way to pay for the rides, all of this feed. choose: of fares that hold alike."""
        return best(self._labels(rides, choose)[-1])

    def _labels(self, rides: Sequence[FareRide], choose: Choose) -> list[list[Label]]:
        found: list[list[Label]] = [[START]]
        for end in range(1, len(rides) + 1):
            parts = [(start, self.step(rides, (start, end), choose)) for start in range(end)]
            unknown = Step((end - 1, end), self.feed, 1, known=False)
            steps = [(start, step) for start, some in parts for step in some] + [(end - 1, unknown)]
            found.append(worth_keeping(label.bought(step) for start, step in steps for label in found[start]))
        return found

    def step(self, rides: Sequence[FareRide], part: tuple[int, int], choose: Choose) -> list[Step]:
        some = rides[part[0] : part[1]]
        chosen = [choose(alike.fares) for alike in self.holding(some)]
        return [
            Step(part, self.feed, 1, product_of(fare), valid_until_s=_until(fare, some[0].departure_s))
            for fare in chosen
        ]

    def holding(self, rides: Sequence[FareRide]) -> list[Alike]:
        """The fares on which all these rides can be made."""
        passed = _Passed.of(rides)
        ends = passed.ends
        keys = dict.fromkeys((ends, (ends[0], ""), ("", ends[1])))
        listed = dict.fromkeys(one for key in keys if any(key) for one in self.by_ends.get(key, ()))
        return [one for one in (*self.anywhere, *listed) if _holds(one, passed)]


@dataclass(frozen=True, slots=True)
class _Passed:
    """A part of a journey. zones: of all stops, "" among them where a stop is in none."""

    rides: Sequence[FareRide]
    ends: Ends
    lines: frozenset[int]

    @classmethod
    def of(cls, rides: Sequence[FareRide]) -> _Passed:
        first, last = rides[0], rides[-1]
        ends = zone_of(first.network, first.start), zone_of(last.network, last.end)
        return cls(rides, ends, frozenset(ride.line for ride in rides))

    @property
    def zones(self) -> Iterator[str]:
        return (zone_of(ride.network, stop) for ride in self.rides for stop in ride.places)


def _holds(alike: Alike, passed: _Passed) -> bool:
    fare, rides = alike.fare, passed.rides
    changes = sum(not ride.stays for ride in rides[1:])
    if 0 <= fare.transfers < changes or (0 <= fare.valid_s < rides[-1].departure_s - rides[0].departure_s):
        return False
    if fare.agency != -1 and any(ride.agency != fare.agency for ride in rides):
        return False
    if alike.lines and not passed.lines <= alike.lines:
        return False
    if alike.rows_join and not all(_has_row(fare.rows, ride.line, passed.ends) for ride in rides):
        return False
    return not alike.zones or frozenset(passed.zones) == alike.zones


def _has_row(rows: Sequence[FareRow], line: int, ends: Ends) -> bool:
    return any(
        row.route in (-1, line) and row.origin in ("", ends[0]) and row.destination in ("", ends[1]) for row in rows
    )


def _what_it_says(fare: Fare) -> tuple[object, ...]:
    """All but its name and its price."""
    return frozenset(fare.rows), fare.transfers, fare.valid_s, fare.payment, fare.agency, fare.currency


def _until(fare: Fare, boarded_s: int) -> int | None:
    return boarded_s + fare.valid_s if fare.valid_s >= 0 else None


def product_of(fare: Fare) -> Product:
    return Product(fare.id, fare.id, fare.minor, fare.currency, payment=fare.payment)


def cheaper(fares: Sequence[Fare]) -> Fare:
    return fares[0]


def dearer(fares: Sequence[Fare]) -> Fare:
    return fares[-1]
