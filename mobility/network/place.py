"""A place of the territory that is no stop: where people share a ride, buy a ticket, work or shop."""

from dataclasses import dataclass, field

KINDS = ("carpool_point", "bike_station", "car_park", "town_centre", "counter", "third_place", "commune")


@dataclass(frozen=True, slots=True)
class TerritoryPlace:
    """kind: of KINDS. properties: what else is known, as published (operator, capacity, licence...)."""

    kind: str
    id: str
    name: str
    lat: float
    lon: float
    properties: dict[str, str] = field(default_factory=dict)
