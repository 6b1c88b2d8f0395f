"""A place of the territory that is no stop: where people share a ride, buy a ticket, work, shop or leave a bike."""

from dataclasses import dataclass, field

KINDS = (
    "carpool_point",
    "bike_station",
    "car_park",
    "town_centre",
    "counter",
    "third_place",
    "commune",
    "taxi_rank",
    "bike_shelter",
    "on_demand",
)
AREAS = frozenset({"commune", "on_demand"})
"""Kinds of places that one is in rather than at."""


@dataclass(frozen=True, slots=True)
class TerritoryPlace:
    """kind: of KINDS. properties: what else is known, as published (operator, capacity, licence...).

    area: the outline as WKT, longitude first, "" of what is a mere point; lat, lon then lie inside it. on_demand is
    the zone of a service that comes when it is called.
    """

    kind: str
    id: str
    name: str
    lat: float
    lon: float
    properties: dict[str, str] = field(default_factory=dict)
    area: str = ""
