"""fare_attributes.txt: a journey is cut into parts, each on one fare; the cheapest cutting is the price.

A fare holds on a part if all its lines, its ends and the set of zones it passes are as the fare's rows say, and all its
rides are those of the fare's agency. Its time counts from the first boarding to the last. Source: GTFS reference,
fare_attributes.txt and fare_rules.txt; choices: docs/fares.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mobility.fares.labels import START, Label, best, worth_keeping
from mobility.fares.price import Product, Step
from mobility.fares.rides import FareRide, zones_of
from mobility.network.fares import ANY, Fare, FareRow, FeedFares

ZonePair = tuple[int, int]
RidePart = tuple[int, int]
"""Of a journey: the first ride, and after the last."""
ALL_ZONES = frozenset[int]()
Choose = Callable[[Sequence[Product]], Product]


@dataclass(frozen=True)
class Alike:
    """Fares that nothing in the data tells apart but their price: who each is for stands in its name, at best."""

    fares: tuple[Fare, ...]

    @property
    def fare(self) -> Fare:
        """What they have in common."""
        return self.fares[0]

    @cached_property
    def products(self) -> tuple[Product, ...]:
        return tuple(product_of(fare) for fare in self.fares)

    @cached_property
    def lines(self) -> frozenset[int]:
        return frozenset(row.route for row in self.fare.rows if row.route != ANY)

    @cached_property
    def ends(self) -> frozenset[ZonePair]:
        return frozenset((row.origin, row.destination) for row in self.fare.rows if _names_a_place(row))

    @cached_property
    def zones(self) -> frozenset[int]:
        return frozenset(row.contains for row in self.fare.rows if row.contains != ANY)

    @cached_property
    def rows_join(self) -> bool:
        """Whether some row names a line and a zone: then they hold together only."""
        return any(row.route != ANY and _names_a_place(row) for row in self.fare.rows)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The fares of a feed, found by the zones at the ends of a part, or by those that it passes. by_zones: those that
    name no ends, by the zones they hold in; ALL_ZONES, where they name none, are with each."""

    feed: int
    by_ends: dict[ZonePair, list[Alike]]
    by_zones: dict[frozenset[int], list[Alike]]

    @classmethod
    def of(cls, feed: int, tables: FeedFares) -> Tariff:
        groups: defaultdict[tuple[object, ...], list[Fare]] = defaultdict(list)
        for fare in tables.fares:
            groups[_what_it_says(fare)].append(fare)
        alike = [Alike(tuple(sorted(group, key=lambda one: (one.minor, one.id)))) for group in groups.values()]
        by_ends: defaultdict[ZonePair, list[Alike]] = defaultdict(list)
        for one in alike:
            for ends in one.ends:
                by_ends[ends].append(one)
        return cls(feed, dict(by_ends), _by_zones([one for one in alike if not one.ends]))

    def cheapest(self, rides: Sequence[FareRide]) -> tuple[Label, Label | None]:
        """The best way to pay for the rides, all of this feed: for whom the cheapest of fares that hold alike is, and
        for whom the dearest, in the same currencies; None where that one is paid in others."""
        parts = self._parts(rides)
        least = best(self._labels(rides, parts, cheaper)[-1])
        is_sure = all(len(alike.fares) == 1 for some in parts.values() for alike in some)
        return least, least if is_sure else self._dearest(rides, parts, dict(least.total).keys())

    def _dearest(
        self, rides: Sequence[FareRide], parts: Mapping[RidePart, Sequence[Alike]], currencies: Collection[str]
    ) -> Label | None:
        """A price in another currency is neither above nor below: fares in it are no end of the range."""
        comparable = {part: [one for one in some if one.fare.currency in currencies] for part, some in parts.items()}
        found = best(self._labels(rides, comparable, dearer)[-1])
        return found if dict(found.total).keys() == currencies else None

    def _parts(self, rides: Sequence[FareRide]) -> dict[RidePart, list[Alike]]:
        """What holds on each part of the journey."""
        zones = [zones_of(ride) for ride in rides]
        return {
            (start, end): self._holding(_Passed.of(rides[start:end], zones[start:end]))
            for start in range(len(rides))
            for end in range(start + 1, len(rides) + 1)
        }

    def _labels(
        self, rides: Sequence[FareRide], parts: Mapping[RidePart, Sequence[Alike]], choose: Choose
    ) -> list[list[Label]]:
        """By number of rides. Those before a step have all as many unknown ones, and more than the least are of no use:
        so a step without a price is made only where there is no better one."""
        found: list[list[Label]] = [[START]]
        for end in range(1, len(rides) + 1):
            without = found[end - 1][0].unknown + 1
            least = min([without, *(found[start][0].unknown for start in range(end) if parts[start, end])])
            steps = [
                self._step(rides, (start, end), one, choose)
                for start in range(end)
                if found[start][0].unknown == least
                for one in parts[start, end]
            ]
            if without == least:
                steps.append(Step((end - 1, end), self.feed, 1, known=False))
            found.append(worth_keeping(label.bought(step) for step in steps for label in found[step.rides[0]]))
        return found

    def _step(self, rides: Sequence[FareRide], part: RidePart, alike: Alike, choose: Choose) -> Step:
        valid_s = alike.fare.valid_s
        until_s = rides[part[0]].departure_s + valid_s if valid_s >= 0 else None
        return Step(part, self.feed, 1, choose(alike.products), valid_until_s=until_s)

    def holding(self, rides: Sequence[FareRide]) -> list[Alike]:
        """The fares on which all these rides can be made."""
        return self._holding(_Passed.of(rides, [zones_of(ride) for ride in rides]))

    def _holding(self, passed: _Passed) -> list[Alike]:
        some = self.by_zones.get(passed.zones) or self.by_zones.get(ALL_ZONES, [])
        return [one for one in (*some, *self._between(passed.ends)) if _holds(one, passed)]

    def _between(self, ends: ZonePair) -> Iterable[Alike]:
        if not self.by_ends:
            return ()
        keys = dict.fromkeys((ends, (ends[0], ANY), (ANY, ends[1])))
        return dict.fromkeys(one for key in keys for one in self.by_ends.get(key, ()))


def _by_zones(anywhere: Sequence[Alike]) -> dict[frozenset[int], list[Alike]]:
    """In the order in which they stand."""
    rows: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for row, one in enumerate(anywhere):
        rows[one.zones].append(row)
    of_all = rows.get(ALL_ZONES, [])
    return {zones: [anywhere[row] for row in sorted({*some, *of_all})] for zones, some in rows.items()}


class _Passed(NamedTuple):
    """A part of a journey. zones: of all stops, NO_ZONE among them where a stop is in none."""

    rides: Sequence[FareRide]
    ends: ZonePair
    lines: frozenset[int]
    zones: frozenset[int]
    changes: int

    @classmethod
    def of(cls, rides: Sequence[FareRide], zones: Sequence[Sequence[int]]) -> _Passed:
        return cls(
            rides=rides,
            ends=(zones[0][0], zones[-1][-1]),
            lines=frozenset([ride.line for ride in rides]),
            zones=frozenset().union(*zones),
            changes=sum(not ride.stays for ride in rides[1:]),
        )


def _holds(alike: Alike, passed: _Passed) -> bool:
    fare, rides = alike.fare, passed.rides
    if 0 <= fare.transfers < passed.changes or (0 <= fare.valid_s < rides[-1].departure_s - rides[0].departure_s):
        return False
    if fare.agency != -1 and any(ride.agency != fare.agency for ride in rides):
        return False
    if alike.lines and not passed.lines <= alike.lines:
        return False
    if alike.rows_join and not all(_has_row(fare.rows, ride.line, passed.ends) for ride in rides):
        return False
    return not alike.zones or passed.zones == alike.zones


def _has_row(rows: Sequence[FareRow], line: int, ends: ZonePair) -> bool:
    return any(
        row.route in (ANY, line) and row.origin in (ANY, ends[0]) and row.destination in (ANY, ends[1]) for row in rows
    )


def _what_it_says(fare: Fare) -> tuple[object, ...]:
    """All but its name and its price."""
    return frozenset(fare.rows), fare.transfers, fare.valid_s, fare.payment, fare.agency, fare.currency


def _names_a_place(row: FareRow) -> bool:
    return row.origin != ANY or row.destination != ANY


def product_of(fare: Fare) -> Product:
    return Product(fare.id, fare.id, fare.minor, fare.currency, payment=fare.payment)


def cheaper(products: Sequence[Product]) -> Product:
    return products[0]


def dearer(products: Sequence[Product]) -> Product:
    return products[-1]
