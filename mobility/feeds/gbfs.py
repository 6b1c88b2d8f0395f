"""GBFS 1.x, 2.x and 3.x as JSON documents -> RentalSystem. Source: the GBFS reference (gbfs.org).

A row that cannot be read is left out; what a document does not say is not known. Nothing here fetches anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from math import isfinite
from typing import Any, TypeVar

from mobility.geo import Point
from mobility.network.rental import PricingPlan, Rate, RentalStation, RentalSystem, RentalVehicle, VehicleType

Json = Any
Row = Mapping[str, Json]
Document = Mapping[str, Json]
T = TypeVar("T")

FILES = (
    "system_information",
    "station_information",
    "station_status",
    "vehicle_status",
    "free_bike_status",
    "vehicle_types",
    "system_pricing_plans",
)
MOST_ROWS = 50_000
MOST = 1e15
"""Beyond this a number is none."""
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
    """Where the files of a gbfs.json are, by name; of versions before 3 those of the first language that it has."""
    data = start.get("data")
    if not isinstance(data, Mapping):
        return {}
    listed = data.get("feeds")
    if listed is None:
        tongues = [data[one] for one in [*languages, *data] if isinstance(data.get(one), Mapping)]
        listed = tongues[0].get("feeds") if tongues else None
    rows = [row for row in _listed(listed) if isinstance(row.get("url"), str)]
    return {str(row.get("name")): row["url"] for row in rows if row.get("name") in FILES}


def ttl_s(document: Document) -> int:
    """Seconds for which the document says that it holds; 0 where it does not."""
    return max(0, _whole(document.get("ttl")) or 0)


def system(
    id: str, documents: Mapping[str, Document], languages: tuple[str, ...] = ("fr",), local: bool | None = None
) -> RentalSystem:
    """id: by which it is known here. documents: by the names of FILES; any of them may be missing."""
    about = _data(documents, "system_information")
    stations = tuple(_stations(documents, languages))
    types = tuple(_each(_rows(documents, "vehicle_types", "vehicle_types"), lambda row: _type(row, languages)))
    status = documents.get("station_status") or documents.get("vehicle_status") or documents.get("free_bike_status")
    return RentalSystem(
        id=id,
        name=_text(about.get("name"), languages) or id,
        operator=_text(about.get("operator"), languages),
        url=_address(about.get("url")),
        purchase_url=_address(about.get("purchase_url")),
        phone=_text(about.get("phone_number"), languages),
        color=_color(about),
        licence=_text(about.get("license_id"), languages) or _address(about.get("license_url")),
        local=local,
        updated_s=_moment(status.get("last_updated")) if status else None,
        types=types or (VehicleType("", returned="ANY_STATION" if stations else "NONE"),),
        stations=stations,
        vehicles=tuple(_vehicles(documents)),
        plans=tuple(_each(_rows(documents, "system_pricing_plans", "plans"), lambda row: _plan(row, languages, about))),
    )


def _stations(documents: Mapping[str, Document], languages: tuple[str, ...]) -> Iterator[RentalStation]:
    status = {row.get("station_id"): row for row in _rows(documents, "station_status", "stations")}
    for row in _rows(documents, "station_information", "stations"):
        now = status.get(row.get("station_id"), {})
        yield from _each([row], partial(_station, now=now, languages=languages))


def _station(row: Row, now: Row, languages: tuple[str, ...]) -> RentalStation:
    installed = _flag(now.get("is_installed"))
    web, android, ios = _links(row)
    return RentalStation(
        id=_id(row["station_id"]),
        name=_text(row.get("name"), languages),
        point=_point(row),
        vehicles=_count(now, "num_vehicles_available", "num_bikes_available"),
        docks=_count(now, "num_docks_available"),
        renting=False if installed is False else _flag(now.get("is_renting")),
        returning=False if installed is False else _flag(now.get("is_returning")),
        by_type=tuple(_types(now, "vehicle_types_available")),
        docks_by_type=tuple(_types(now, "vehicle_docks_available")),
        capacity=_count(row, "capacity"),
        reported_s=_moment(now.get("last_reported")),
        address=_text(row.get("address"), languages),
        web=web,
        android=android,
        ios=ios,
    )


def _vehicles(documents: Mapping[str, Document]) -> Iterator[RentalVehicle]:
    """Those that stand free; who stands at a station is counted there."""
    rows = [*_rows(documents, "vehicle_status", "vehicles"), *_rows(documents, "free_bike_status", "bikes")]
    yield from _each([row for row in rows if not row.get("station_id")], _vehicle)


def _vehicle(row: Row) -> RentalVehicle:
    web, android, ios = _links(row)
    return RentalVehicle(
        id=_id(row["vehicle_id"] if "vehicle_id" in row else row["bike_id"]),
        point=_point(row),
        type=str(row.get("vehicle_type_id") or ""),
        reserved=_flag(row.get("is_reserved")) is True,
        disabled=_flag(row.get("is_disabled")) is True,
        reported_s=_moment(row.get("last_reported")),
        web=web,
        android=android,
        ios=ios,
    )


def _type(row: Row, languages: tuple[str, ...]) -> VehicleType:
    form = str(row["form_factor"]).upper()
    propulsion = str(row["propulsion_type"]).upper()
    returned = RETURNED.get(str(row.get("return_constraint")))
    return VehicleType(
        id=_id(row["vehicle_type_id"]),
        form=form if form in FORMS else "SCOOTER_STANDING" if form == "SCOOTER" else "OTHER",
        propulsion=propulsion if propulsion in PROPULSIONS else "HUMAN",
        returned=returned or "NONE",
        guessed=returned is None,
        name=_text(row.get("name"), languages),
        plan=str(row.get("default_pricing_plan_id") or ""),
    )


def _plan(row: Row, languages: tuple[str, ...], about: Row) -> PricingPlan:
    return PricingPlan(
        id=_id(row["plan_id"]),
        name=_text(row.get("name"), languages),
        currency=str(row["currency"]),
        base=_number(row["price"]),
        rates=tuple(_rate(one) for one in _listed(row.get("per_min_pricing"))),
        by_distance=bool(_listed(row.get("per_km_pricing"))),
        description=_text(row.get("description"), languages),
    )


def _rate(row: Row) -> Rate:
    end = row.get("end")
    start, every = int(_number(row["start"])), int(_number(row["interval"]))
    return Rate(start, _number(row["rate"]), every, None if end is None else int(_number(end)))


def _types(row: Row, name: str) -> Iterator[tuple[str, int]]:
    for one in _listed(row.get(name)):
        count = _whole(one.get("count"))
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
    return _listed(_data(documents, file).get(name))


def _data(documents: Mapping[str, Document], file: str) -> Row:
    data = documents.get(file, {}).get("data")
    return data if isinstance(data, Mapping) else {}


def _listed(value: Json) -> list[Row]:
    return [row for row in value[:MOST_ROWS] if isinstance(row, Mapping)] if isinstance(value, list) else []


def _text(value: Json, languages: Iterable[str]) -> str:
    """A text, or of a text in several languages the first one wanted."""
    if isinstance(value, str):
        return value.strip()
    texts = {str(row.get("language")): row.get("text") for row in _listed(value)}
    found = (text for one in [*languages, *texts] if isinstance(text := texts.get(one), str))
    return next(found, "").strip()


def _address(value: Json) -> str:
    """Only what a link may lead to."""
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else ""


def _links(row: Row) -> tuple[str, str, str]:
    found = row.get("rental_uris")
    known = found if isinstance(found, Mapping) else {}
    texts = {name: value for name, value in known.items() if isinstance(value, str)}
    return _address(texts.get("web")), texts.get("android", ""), texts.get("ios", "")


def _color(about: Row) -> str:
    brand = about.get("brand_assets")
    color = brand.get("color") if isinstance(brand, Mapping) else None
    return color if isinstance(color, str) and color.startswith("#") else ""


def _id(value: Json) -> str:
    """Raises ValueError for none at all."""
    if value in (None, ""):
        raise ValueError("no id")
    return str(value)


def _point(row: Row) -> Point:
    """Raises ValueError outside the world."""
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("outside the world")
    return Point(lat, lon)


def _count(row: Row, *names: str) -> int | None:
    found = next((row[name] for name in names if name in row), None)
    count = _whole(found)
    return None if count is None else max(0, count)


def _whole(value: Json) -> int | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if number and -MOST < value < MOST else None


def _number(value: Json) -> float:
    """Also of a text, as prices were written before version 2.2. Raises ValueError."""
    number = float(value)
    if not -MOST < number < MOST:
        raise ValueError("no number")
    return number


def _flag(value: Json) -> bool | None:
    """true, false, and the 1 and 0 of version 1."""
    return bool(value) if isinstance(value, bool | int) else None


def _moment(value: Json) -> int | None:
    """POSIX seconds, or RFC 3339 since version 3."""
    if isinstance(value, str):
        try:
            return int(datetime.fromisoformat(value).timestamp())
        except (ValueError, OverflowError):
            return None
    return _whole(value)
