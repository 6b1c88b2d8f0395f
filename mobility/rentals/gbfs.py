"""GBFS 1.x, 2.x and 3.x as JSON documents -> RentalSystem. Source: the GBFS reference (gbfs.org).

A row that cannot be read is left out; what a document does not say is not known. Nothing here fetches anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from mobility.rentals.gbfs_values import (
    Json,
    Row,
    area_of,
    count_of,
    exact,
    flag,
    id_of,
    link,
    moment,
    number,
    point_of,
    rows_in,
    text_in,
    whole,
)
from mobility.rentals.gbfs_zones import rental_zones
from mobility.rentals.systems import PricingPlan, Rate, RentalStation, RentalSystem, RentalVehicle, VehicleType
from mobility.rentals.zones import RentalZones

Document = Mapping[str, Json]
T = TypeVar("T")

ZONES = "geofencing_zones"

FILES = (
    "system_information",
    "system_hours",
    "station_information",
    "station_status",
    "vehicle_status",
    "free_bike_status",
    "vehicle_types",
    "system_pricing_plans",
    ZONES,
)
FORMS = {"BICYCLE", "CARGO_BICYCLE", "CAR", "MOPED", "SCOOTER_STANDING", "SCOOTER_SEATED"}
PROPULSIONS = {
    "HUMAN",
    "ELECTRIC_ASSIST",
    "ELECTRIC",
    "COMBUSTION",
    "COMBUSTION_DIESEL",
    "HYBRID",
    "PLUG_IN_HYBRID",
    "HYDROGEN_FUEL_CELL",
}
RETURNED = {
    "free_floating": "NONE",
    "hybrid": "NONE",
    "any_station": "ANY_STATION",
    "roundtrip_station": "ROUNDTRIP_STATION",
}


def addresses(start: Document, languages: Iterable[str]) -> dict[str, str]:
    """Where the files of a gbfs.json are, by name, in the order of FILES; of versions before 3 those of the first
    language that it has."""
    data = start.get("data")
    if not isinstance(data, Mapping):
        return {}
    listed = data.get("feeds")
    if listed is None:
        tongues = [data[one] for one in [*languages, *data] if isinstance(data.get(one), Mapping)]
        listed = tongues[0].get("feeds") if tongues else None
    urls = {row.get("name"): row.get("url") for row in rows_in(listed) if isinstance(row.get("name"), str)}
    return {name: url for name in FILES if isinstance(url := urls.get(name), str)}


def ttl_s(document: Document) -> int:
    """Seconds for which the document says that it holds; 0 where it does not."""
    return max(0, whole(document.get("ttl")) or 0)


def names_zones(documents: Mapping[str, Document]) -> bool:
    """Whether the operator publishes zones, be they at hand or not."""
    return ZONES in documents or ZONES in addresses(documents.get("gbfs", {}), ())


def system(
    id: str, documents: Mapping[str, Document], languages: tuple[str, ...] = ("fr",), local: bool | None = None
) -> RentalSystem:
    """id: by which it is known here. documents: by the names of FILES; any of them may be missing."""
    about = _data(documents, "system_information")
    stations = tuple(_stations(documents, languages))
    types = tuple(_each(_rows(documents, "vehicle_types", "vehicle_types"), lambda row: _type(row, languages)))
    everywhere = tuple(_vehicles(documents))
    vehicles = tuple(one for one in everywhere if not one.station)
    status = documents.get("station_status") or documents.get("vehicle_status") or documents.get("free_bike_status")
    return RentalSystem(
        id=id,
        name=text_in(about.get("name"), languages) or id,
        operator=text_in(about.get("operator"), languages),
        url=link(about.get("url")),
        purchase_url=link(about.get("purchase_url")),
        phone=text_in(about.get("phone_number"), languages),
        color=_color(about),
        licence=text_in(about.get("license_id"), languages) or link(about.get("license_url")),
        local=local,
        updated_s=moment(status.get("last_updated")) if status else None,
        types=_returned(types, stations, vehicles)
        or (VehicleType("", returned="ANY_STATION" if stations else "NONE"),),
        stations=stations,
        vehicles=vehicles,
        docked=tuple(one for one in everywhere if one.station),
        hours=_hours(documents, about),
        zones=_zones(documents, languages, vehicles),
        plans=tuple(_each(_rows(documents, "system_pricing_plans", "plans"), lambda row: _plan(row, languages, about))),
    )


def _stations(documents: Mapping[str, Document], languages: tuple[str, ...]) -> Iterator[RentalStation]:
    status = {row.get("station_id"): row for row in _rows(documents, "station_status", "stations")}
    for row in _rows(documents, "station_information", "stations"):
        now = status.get(row.get("station_id"), {})
        yield from _each([row], partial(_station, now=now, languages=languages))


def _station(row: Row, now: Row, languages: tuple[str, ...]) -> RentalStation:
    installed = flag(now.get("is_installed"))
    web, android, ios = _links(row)
    return RentalStation(
        id=id_of(row["station_id"]),
        name=text_in(row.get("name"), languages),
        point=point_of(row),
        vehicles=count_of(now, "num_vehicles_available", "num_bikes_available"),
        docks=count_of(now, "num_docks_available"),
        renting=False if installed is False else flag(now.get("is_renting")),
        returning=False if installed is False else flag(now.get("is_returning")),
        by_type=tuple(_types(now, "vehicle_types_available")),
        docks_by_type=tuple(_types(now, "vehicle_docks_available")),
        capacity=count_of(row, "capacity"),
        reported_s=moment(now.get("last_reported")),
        address=text_in(row.get("address"), languages),
        web=web,
        android=android,
        ios=ios,
        hours=str(row.get("station_opening_hours") or ""),
        area=area_of(row.get("station_area")),
    )


def _vehicles(documents: Mapping[str, Document]) -> Iterator[RentalVehicle]:
    """Those at stations are counted there, too; they say no place of their own."""
    rows = [*_rows(documents, "vehicle_status", "vehicles"), *_rows(documents, "free_bike_status", "bikes")]
    places = {row.get("station_id"): row for row in _rows(documents, "station_information", "stations")}
    yield from _each(rows, lambda row: _vehicle(row, places.get(row.get("station_id"), row)))


def _vehicle(row: Row, place: Row) -> RentalVehicle:
    """place: the row that says where it is."""
    web, android, ios = _links(row)
    far, fuel = row.get("current_range_meters"), row.get("current_fuel_percent")
    return RentalVehicle(
        id=id_of(row["vehicle_id"] if "vehicle_id" in row else row["bike_id"]),
        point=point_of(place),
        type=str(row.get("vehicle_type_id") or ""),
        reserved=flag(row.get("is_reserved")) is True,
        disabled=flag(row.get("is_disabled")) is True,
        reported_s=moment(row.get("last_reported")),
        web=web,
        android=android,
        ios=ios,
        station=str(row.get("station_id") or ""),
        range_m=None if far is None else number(far),
        fuel=None if fuel is None else number(fuel),
        until_s=moment(row.get("available_until")),
        home=str(row.get("home_station_id") or ""),
        plan=str(row.get("pricing_plan_id") or ""),
    )


def _returned(
    types: tuple[VehicleType, ...], stations: Sequence[RentalStation], vehicles: Sequence[RentalVehicle]
) -> tuple[VehicleType, ...]:
    """A kind of which the operator does not say it goes back to stations where none stands free."""
    free = {one.type for one in vehicles}
    docked = ("ANY_STATION" if stations and one.guessed and one.id not in free else one.returned for one in types)
    return tuple(replace(one, returned=back) for one, back in zip(types, docked, strict=True))


def _hours(documents: Mapping[str, Document], about: Row) -> str:
    """Of version 3 as they are; of version 2 those of people without a subscription, as OpenStreetMap writes them."""
    if isinstance(about.get("opening_hours"), str):
        return str(about["opening_hours"])
    rows = [row for row in _rows(documents, "system_hours", "rental_hours") if _is_for_all(row)]
    return "; ".join(_each(rows, _weekly))


def _is_for_all(row: Row) -> bool:
    users = row.get("user_types")
    return not isinstance(users, list) or "nonmember" in users


def _weekly(row: Row) -> str:
    days = ",".join(str(day)[:2].title() for day in row["days"])
    return f"{days} {str(row['start_time'])[:5]}-{str(row['end_time'])[:5]}"


def _zones(
    documents: Mapping[str, Document], languages: tuple[str, ...], vehicles: Sequence[RentalVehicle]
) -> RentalZones | None:
    """None where the operator publishes none."""
    if not names_zones(documents):
        return None
    if ZONES not in documents:
        return RentalZones(whole=False, findings=(f"{ZONES}: cannot be had",))
    free = [one.point for one in vehicles if not one.reserved and not one.disabled]
    return rental_zones(documents[ZONES], languages, free)


def _type(row: Row, languages: tuple[str, ...]) -> VehicleType:
    form = str(row["form_factor"]).upper()
    propulsion = str(row["propulsion_type"]).upper()
    returned = RETURNED.get(str(row.get("return_constraint")))
    return VehicleType(
        id=id_of(row["vehicle_type_id"]),
        form=form if form in FORMS else "SCOOTER_STANDING" if form == "SCOOTER" else "OTHER",
        propulsion=propulsion if propulsion in PROPULSIONS else "HUMAN",
        returned=returned or "NONE",
        guessed=returned is None,
        name=text_in(row.get("name"), languages),
        plan=str(row.get("default_pricing_plan_id") or ""),
        range_m=None if row.get("max_range_meters") is None else number(row["max_range_meters"]),
    )


def _plan(row: Row, languages: tuple[str, ...], about: Row) -> PricingPlan:
    return PricingPlan(
        id=id_of(row["plan_id"]),
        name=text_in(row.get("name"), languages),
        currency=str(row["currency"]),
        base=exact(row["price"]),
        rates=tuple(_rate(one) for one in rows_in(row.get("per_min_pricing"))),
        by_km=tuple(_rate(one) for one in rows_in(row.get("per_km_pricing"))),
        taxed=flag(row.get("is_taxable")) is not True,
        description=text_in(row.get("description"), languages),
    )


def _rate(row: Row) -> Rate:
    end = row.get("end")
    start, every = int(number(row["start"])), int(number(row["interval"]))
    return Rate(start, exact(row["rate"]), every, None if end is None else int(number(end)))


def _types(row: Row, name: str) -> Iterator[tuple[str, int]]:
    for one in rows_in(row.get(name)):
        count = whole(one.get("count"))
        ids = one.get("vehicle_type_ids") or [one.get("vehicle_type_id")]
        if count is not None and isinstance(ids, list):
            yield from ((str(id), count) for id in ids if id is not None)


def _each(rows: Iterable[Row], read: Callable[[Row], T]) -> Iterator[T]:
    """What can be read of the rows."""
    for row in rows:
        try:
            yield read(row)
        except (KeyError, TypeError, ValueError, OverflowError):
            continue


def _rows(documents: Mapping[str, Document], file: str, name: str) -> list[Row]:
    return rows_in(_data(documents, file).get(name))


def _data(documents: Mapping[str, Document], file: str) -> Row:
    data = documents.get(file, {}).get("data")
    return data if isinstance(data, Mapping) else {}


def _links(row: Row) -> tuple[str, str, str]:
    found = row.get("rental_uris")
    known = found if isinstance(found, Mapping) else {}
    texts = {name: value for name, value in known.items() if isinstance(value, str)}
    return link(texts.get("web")), texts.get("android", ""), texts.get("ios", "")


def _color(about: Row) -> str:
    brand = about.get("brand_assets")
    color = brand.get("color") if isinstance(brand, Mapping) else None
    return color if isinstance(color, str) and color.startswith("#") else ""
