"""What is local where a trip ends in a town centre: the shuttle, the car parks round it, the counter, first what is run
here.

A line is local to a town centre if it calls there and never leaves it by more than a few kilometres: a rule about the
line, not about who runs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isnan

from mobility.geo import Point
from mobility.network.modes import MODES
from mobility.network.place import TerritoryPlace
from mobility.places.nearby import place_point
from mobility.routing.last_kilometre.option import NO_CONTACT, Contact, VehiclePrice, Where, claim, price, said
from mobility.routing.neighbourhood import Neighbourhood

ITEM_KINDS = ("line", "counter", "bike_shelter", "bike_station", "third_place", "taxi_rank", "car_park")
"""The order of kinds within what is equally local."""
INSIDE = frozenset(ITEM_KINDS) - {"line", "car_park"}
OUTSIDE = frozenset({"car_park", "counter"})
"""What is worth leaving the town centre for."""
MOST_OF_A_KIND = 3


@dataclass(frozen=True, slots=True)
class Item:
    """Something in or round a town centre. id, mode: of a line; where: of a place; distance_m: from the destination,
    None of a line. outside: it lies round the centre, not in it. offers: what can be had there, as published."""

    kind: str
    name: str
    local: bool | None
    where: Where | None = None
    distance_m: int | None = None
    outside: bool = False
    id: str = ""
    mode: str = ""
    step_free: bool | None = None
    operator: str = ""
    price: VehiclePrice | None = None
    spaces: str = ""
    offers: tuple[str, ...] = ()
    contact: Contact = NO_CONTACT


@dataclass(frozen=True, slots=True)
class TownCentre:
    where: Where
    items: tuple[Item, ...]


def town_centre(around: Neighbourhood, destination: Point) -> TownCentre | None:
    """The one that the destination lies in, None in none."""
    held = around.nearby.holding(destination, "town_centre", around.rules.radius_m)
    if not held:
        return None
    centre = held[0]
    items = [*_lines(around, centre), *_places(around, centre, destination)]
    return TownCentre(Where.of(centre), tuple(sorted(items, key=_order)))


def _order(item: Item) -> tuple[float, float, float, str]:
    local = {True: 0, None: 1, False: 2}[item.local]
    return local, ITEM_KINDS.index(item.kind), inf if item.distance_m is None else item.distance_m, item.name


def _lines(around: Neighbourhood, centre: TerritoryPlace) -> Iterator[Item]:
    lines, agencies = around.network.lines, around.network.agencies
    for line in around.local_lines(centre):
        agency = int(lines.agency[line])
        yield Item(
            kind="line",
            name=lines.name(line),
            local=True,
            id=lines.id[line],
            mode=MODES[lines.mode[line]],
            operator=agencies[agency].name if agency >= 0 else "",
            offers=(lines.long_name[line],) if lines.short_name[line] and lines.long_name[line] else (),
        )


def _places(around: Neighbourhood, centre: TerritoryPlace, destination: Point) -> Iterator[Item]:
    """Those inside; of car parks those round it, which keep cars out."""
    belongs = [
        (place, not inside)
        for place, inside in around.round_centre(centre, ITEM_KINDS)
        if place.kind in (INSIDE if inside else OUTSIDE)
    ]
    found = [one for kind in ITEM_KINDS for one in [two for two in belongs if two[0].kind == kind][:MOST_OF_A_KIND]]
    ways = around.ground.metres(destination, [place_point(place) for place, _ in found])
    for (place, outside), metres in zip(found, ways, strict=True):
        yield _item(place, metres, outside)


def _item(place: TerritoryPlace, metres: float, outside: bool) -> Item:
    known = place.properties
    local = claim(place, "local")
    return Item(
        kind=place.kind,
        name=place.name,
        local=True if local is None and place.kind in {"counter", "third_place"} else local,
        where=Where.of(place),
        distance_m=None if isnan(metres) else round(metres),
        outside=outside,
        step_free=claim(place, "step_free"),
        operator=known.get("operator", ""),
        price=price(place, per_hour=place.kind == "car_park"),
        spaces=known.get("spaces", ""),
        offers=tuple(filter(None, known.get("sells", known.get("offers", "")).split(";"))),
        contact=said(place),
    )
