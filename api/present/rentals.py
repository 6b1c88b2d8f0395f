"""Vehicles for hire as JSON: the answer of `rentals` of the MOTIS API. A system is a provider and its own group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.parse.rentals import WantedRentals
from api.present.pieces import Json
from api.present.rental_zones import ANYWHERE, findings, general_rules, zones
from mobility.geo import Point
from mobility.rentals.systems import RentalStation, RentalSystem, RentalVehicle, VehicleType


def rentals(systems: Sequence[RentalSystem], wanted: WantedRentals, now_s: int) -> Json:
    found = [one for one in systems if wanted.ids is None or one.id in wanted.ids]
    shown = [_seen(one, wanted) for one in found]
    if wanted.detailed:
        shown = [one for one in shown if wanted.ids is not None or one.stations or one.vehicles]
    by_id = {one.id: one for one in found}
    return {
        "providerGroups": [_group(by_id[one.id], wanted) for one in shown],
        "providers": [_provider(by_id[one.id], now_s) for one in shown] if wanted.providers else [],
        "stations": [_station(one, row, now_s) for one in shown for row in one.stations],
        "vehicles": [_vehicle(one, row) for one in shown for row in one.vehicles],
        "zones": [zone for one in shown for zone in zones(by_id[one.id], wanted)],
    }


def _seen(system: RentalSystem, wanted: WantedRentals) -> RentalSystem:
    """With what was asked for of it."""
    stations = [one for one in system.stations if wanted.has(one.point)] if wanted.stations else []
    vehicles = [one for one in system.vehicles if wanted.has(one.point)] if wanted.vehicles else []
    detailed = wanted.detailed
    return RentalSystem(
        id=system.id,
        name=system.name,
        updated_s=system.updated_s,
        types=system.types,
        stations=tuple(stations) if detailed else (),
        vehicles=tuple(vehicles) if detailed else (),
    )


def _group(system: RentalSystem, wanted: WantedRentals) -> Json:
    return {
        "id": system.id,
        "name": system.name,
        "color": system.color,
        "providers": [system.id] if wanted.providers else [],
        "formFactors": _forms(system.types),
    }


def _provider(system: RentalSystem, now_s: int) -> Json:
    return {
        "id": system.id,
        "name": system.name,
        "groupId": system.id,
        "operator": system.operator,
        "url": system.url,
        "purchaseUrl": system.purchase_url,
        "color": system.color,
        "bbox": _box([*(one.point for one in system.stations), *(one.point for one in system.vehicles)]),
        "vehicleTypes": [_type(kind) for kind in system.types],
        "formFactors": _forms(system.types),
        "defaultRestrictions": ANYWHERE,
        "globalGeofencingRules": general_rules(system),
        "hent": {
            "zones": findings(system),
            "licence": system.licence,
            "phone": system.phone,
            "age": _age_s(system.updated_s, now_s),
        },
    }


def _station(system: RentalSystem, row: RentalStation, now_s: int) -> Json:
    """A count that nobody knows is 0 for the API, which has no other word; `hent` says that it is not known."""
    return {
        "id": row.id,
        "providerId": system.id,
        "providerGroupId": system.id,
        "name": row.name,
        "lat": row.point.lat,
        "lon": row.point.lon,
        "address": row.address,
        **_links(row),
        "isRenting": row.renting is not False and row.vehicles is not None,
        "isReturning": row.returning is not False,
        "numVehiclesAvailable": row.vehicles or 0,
        "formFactors": _forms([system.type(id) for id, _ in row.by_type] or system.types),
        "vehicleTypesAvailable": dict(row.by_type),
        "vehicleDocksAvailable": dict(row.docks_by_type),
        "bbox": _box([row.point]),
        "hent": {
            "vehicles": row.vehicles,
            "docks": row.docks,
            "capacity": row.capacity,
            "age": _age_s(row.reported_s or system.updated_s, now_s),
        },
    }


def _vehicle(system: RentalSystem, row: RentalVehicle) -> Json:
    kind = system.type(row.type) if row.type else system.main_type
    return {
        "id": row.id,
        "providerId": system.id,
        "providerGroupId": system.id,
        "typeId": kind.id,
        "lat": row.point.lat,
        "lon": row.point.lon,
        "formFactor": kind.form,
        "propulsionType": kind.propulsion,
        "returnConstraint": kind.returned,
        "isReserved": row.reserved,
        "isDisabled": row.disabled,
        **_links(row),
    }


def _type(kind: VehicleType) -> Json:
    return {
        "id": kind.id,
        "name": kind.name,
        "formFactor": kind.form,
        "propulsionType": kind.propulsion,
        "returnConstraint": kind.returned,
        "returnConstraintGuessed": kind.guessed,
    }


def _forms(types: Iterable[VehicleType]) -> list[str]:
    return sorted({kind.form for kind in types})


def _links(row: RentalStation | RentalVehicle) -> Json:
    links = {"rentalUriWeb": row.web, "rentalUriAndroid": row.android, "rentalUriIOS": row.ios}
    return {name: link for name, link in links.items() if link}


def _box(points: Sequence[Point]) -> list[float]:
    """West, south, east, north; where there is nothing, a point in the sea off Africa, since the API wants numbers."""
    lats, lons = [point.lat for point in points] or [0.0], [point.lon for point in points] or [0.0]
    return [min(lons), min(lats), max(lons), max(lats)]


def _age_s(moment_s: int | None, now_s: int) -> int | None:
    return None if moment_s is None else max(0, now_s - moment_s)
