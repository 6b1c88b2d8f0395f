"""Where vehicles for hire may be taken, ridden and left, as JSON of `rentals` of the MOTIS API.

What nobody knows is allowed for the API, which has no word for it; `hent` says that it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from api.parse.rentals import WantedRentals
from api.present.pieces import Json
from api.present.polyline import encoded
from mobility.network.course import Course
from mobility.rentals.systems import RentalSystem
from mobility.rentals.zones import RentalZone, ZoneRule

ANYWHERE = {"vehicleTypeIdxs": [], "rideStartAllowed": True, "rideEndAllowed": True, "rideThroughAllowed": True}
PRECISION = 6


def zones(system: RentalSystem, wanted: WantedRentals) -> Iterator[Json]:
    """Those of which some may be wanted. z: the first zone of the operator has the highest."""
    found = system.zones.zones if system.zones and wanted.detailed and wanted.zones else ()
    for number, zone in enumerate(found):
        if wanted.meets(*zone.area.bounds):
            yield _zone(system, zone) | {"z": len(found) - number}


def general_rules(system: RentalSystem) -> list[Json]:
    return _rules(system, system.zones.general) if system.zones else []


def findings(system: RentalSystem) -> Json | None:
    """null: the operator publishes no zones."""
    if system.zones is None:
        return None
    return {"known": len(system.zones.zones), "whole": system.zones.whole, "findings": list(system.zones.findings)}


def _zone(system: RentalSystem, zone: RentalZone) -> Json:
    return {
        "providerId": system.id,
        "providerGroupId": system.id,
        "name": zone.name,
        "bbox": list(zone.area.bounds),
        "area": [_polygon(part) for part in shapely.get_parts(zone.area)],
        "rules": _rules(system, zone.rules),
        "hent": {"start": zone.start_s, "end": zone.end_s},
    }


def _polygon(part: shapely.Polygon) -> list[Json]:
    return [_ring(ring) for ring in (part.exterior, *part.interiors)]


def _ring(ring: shapely.LinearRing) -> Json:
    """The code of a line begins with the way from 0, 0 to its first point."""
    lon, lat = shapely.get_coordinates(ring).T
    course = Course(np.append(0.0, lat), np.append(0.0, lon), np.zeros(1, np.int32))
    return {"points": encoded(course, PRECISION).code, "precision": PRECISION, "length": len(lat)}


def _rules(system: RentalSystem, rules: Sequence[ZoneRule]) -> list[Json]:
    """Without those about kinds of vehicles that there are not: to name none would mean all."""
    kinds = {kind.id for kind in system.types}
    return [_rule(system, rule) for rule in rules if not rule.types or rule.types & kinds]


def _rule(system: RentalSystem, rule: ZoneRule) -> Json:
    states = {"start": rule.start, "end": rule.end, "through": rule.through}
    return {
        "vehicleTypeIdxs": [number for number, kind in enumerate(system.types) if kind.id in rule.types],
        **{f"ride{name.title()}Allowed": state is not False for name, state in states.items()},
        "stationParking": rule.at_stations,
        "hent": {"maxSpeed": rule.most_kph, "unknown": [name for name, state in states.items() if state is None]},
    }
