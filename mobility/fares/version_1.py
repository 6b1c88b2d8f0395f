"""fare_attributes.txt: a journey is cut into parts, each on one fare; the cheapest cutting is the price.

A fare holds on a part if all its lines, its ends and the set of zones it passes are as the fare's rows say, and all its
rides are those of the fare's agency. Its time counts from the first boarding to the last. Source: GTFS reference,
fare_attributes.txt and fare_rules.txt; choices: docs/fares.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from mobility.fares.labels import START, Label, best, price_of, worth_keeping
from mobility.fares.price import Price, Product, Step
from mobility.fares.rides import FareRide
from mobility.network.fares import ANY, Fare, FareRow, FeedFares

ZonePair = tuple[int, int]
RidePart = tuple[int, int]
"""Of a journey: the first ride, and after the last."""
ALL_ZONES = frozenset[int]()
UNNAMED = 1 << 32
"""In place of the row of a line that no fare names."""
LONGER = 1 << 32
"""Than every limit, in seconds."""
KEPT = 4096
"""Journeys whose cutting is known: those of a feed that its fares tell apart are few."""
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


class SeenRide(NamedTuple):
    """All of a ride that fares tell apart but its hours. line: UNNAMED where no fare names it. zones: of all stops,
    NO_ZONE among them where a stop is in none."""

    line: int
    agency: int
    ends: ZonePair
    zones: frozenset[int]
    stays: bool


class FareJourney(NamedTuple):
    """lasts_s: of each part (`parts_of`) from the first boarding to the last, rounded up to the next limit of a fare:
    between two limits no fare tells one from the other."""

    rides: tuple[SeenRide, ...]
    lasts_s: tuple[int, ...]


@dataclass(frozen=True)
class Tariff:
    """The fares of a feed, found by the zones at the ends of a part, or by those that it passes. by_zones: those that
    name no ends, by the zones they hold in; ALL_ZONES, where they name none, are with each. lines: that some fare
    names; limits_s: of time, in ascending order. understood: whether all of the tables was."""

    feed: int
    understood: bool
    by_ends: dict[ZonePair, list[Alike]]
    by_zones: dict[frozenset[int], list[Alike]]
    lines: frozenset[int]
    limits_s: tuple[int, ...]

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
        by_zones = _by_zones([one for one in alike if not one.ends])
        lines = frozenset[int]().union(*(one.lines for one in alike))
        limits_s = tuple(sorted({one.fare.valid_s for one in alike}))
        return cls(feed, tables.understood, dict(by_ends), by_zones, lines, limits_s)

    def price(self, rides: Sequence[FareRide]) -> Price:
        """Of the best way to pay for the rides, all of this feed."""
        return self._known(self._journey(rides))

    @cached_property
    def _known(self) -> Callable[[FareJourney], Price]:
        """Most journeys have been priced before: on other days, between other stops of the same zones."""
        return lru_cache(KEPT)(self._priced)

    def _journey(self, rides: Sequence[FareRide]) -> FareJourney:
        from_s = [ride.departure_s for ride in rides]
        lasts_s = [from_s[end - 1] - from_s[start] for start, end in parts_of(len(rides))]
        return FareJourney(tuple(map(self._seen, rides)), tuple(map(self._rounded_up, lasts_s)))

    def _seen(self, ride: FareRide) -> SeenRide:
        zones, line = ride.zones, ride.line if ride.line in self.lines else UNNAMED
        return SeenRide(line, ride.agency, (zones[0], zones[-1]), frozenset(zones), ride.stays)

    def _rounded_up(self, lasts_s: int) -> int:
        row = bisect_left(self.limits_s, lasts_s)
        return self.limits_s[row] if row < len(self.limits_s) else LONGER

    def _priced(self, journey: FareJourney) -> Price:
        """For whom the cheapest of fares that hold alike is, and for whom the dearest, in the same currencies."""
        parts = self._parts(journey)
        least = best(self._labels(len(journey.rides), parts, cheaper)[-1])
        is_sure = all(len(alike.fares) == 1 for some in parts.values() for alike in some)
        most = least if is_sure else self._dearest(len(journey.rides), parts, dict(least.total).keys())
        return price_of(least, most, self.understood)

    def _dearest(
        self, n_rides: int, parts: Mapping[RidePart, Sequence[Alike]], currencies: Collection[str]
    ) -> Label | None:
        """A price in another currency is neither above nor below: fares in it are no end of the range."""
        comparable = {part: [one for one in some if one.fare.currency in currencies] for part, some in parts.items()}
        found = best(self._labels(n_rides, comparable, dearer)[-1])
        return found if dict(found.total).keys() == currencies else None

    def _parts(self, journey: FareJourney) -> dict[RidePart, list[Alike]]:
        """What holds on each part of the journey."""
        rides, lasts_s = journey
        parts = zip(parts_of(len(rides)), lasts_s, strict=True)
        return {(start, end): self._holding(_Passed.of(rides[start:end], some_s)) for (start, end), some_s in parts}

    def _labels(self, n_rides: int, parts: Mapping[RidePart, Sequence[Alike]], choose: Choose) -> list[list[Label]]:
        """By number of rides. Those before a step have all as many unknown ones, and more than the least are of no use:
        so a step without a price is made only where there is no better one."""
        found: list[list[Label]] = [[START]]
        for end in range(1, n_rides + 1):
            without = found[end - 1][0].unknown + 1
            least = min([without, *(found[start][0].unknown for start in range(end) if parts[start, end])])
            steps = [
                self._step((start, end), one, choose)
                for start in range(end)
                if found[start][0].unknown == least
                for one in parts[start, end]
            ]
            if without == least:
                steps.append(Step((end - 1, end), self.feed, 1, known=False))
            found.append(worth_keeping(label.bought(step) for step in steps for label in found[step.rides[0]]))
        return found

    def _step(self, part: RidePart, alike: Alike, choose: Choose) -> Step:
        valid_s = alike.fare.valid_s
        return Step(part, self.feed, 1, choose(alike.products), valid_s=valid_s if valid_s >= 0 else None)

    def holding(self, rides: Sequence[FareRide]) -> list[Alike]:
        """The fares on which all these rides can be made."""
        lasts_s = self._rounded_up(rides[-1].departure_s - rides[0].departure_s)
        return self._holding(_Passed.of([self._seen(ride) for ride in rides], lasts_s))

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


@lru_cache(maxsize=64)
def parts_of(n_rides: int) -> tuple[RidePart, ...]:
    """All parts of a journey."""
    return tuple((start, end) for start in range(n_rides) for end in range(start + 1, n_rides + 1))


class _Passed(NamedTuple):
    """A part of a journey. lasts_s: see FareJourney."""

    rides: Sequence[SeenRide]
    ends: ZonePair
    lines: frozenset[int]
    zones: frozenset[int]
    changes: int
    lasts_s: int

    @classmethod
    def of(cls, rides: Sequence[SeenRide], lasts_s: int) -> _Passed:
        return cls(
            rides=rides,
            ends=(rides[0].ends[0], rides[-1].ends[1]),
            lines=frozenset([ride.line for ride in rides]),
            zones=frozenset[int]().union(*(ride.zones for ride in rides)),
            changes=sum(not ride.stays for ride in rides[1:]),
            lasts_s=lasts_s,
        )


def _holds(alike: Alike, passed: _Passed) -> bool:
    fare, rides = alike.fare, passed.rides
    if 0 <= fare.transfers < passed.changes or 0 <= fare.valid_s < passed.lasts_s:
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
