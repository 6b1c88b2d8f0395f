"""Offers as rows and back: the one place where both are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import RowMapping

from mobility.carpool.offer import (
    AccountId,
    Comfort,
    MeetingPoint,
    Offer,
    OfferId,
    OfferStatus,
    OneDay,
    PointKind,
    Schedule,
    SchoolRule,
    Waypoint,
    Weekly,
)
from mobility.clock import at_clock
from mobility.geo import Point

Json = Any


def row_of(offer: Offer, zone: ZoneInfo) -> dict[str, object]:
    """zone: of the territory's clocks, to know when the offer is over."""
    return {
        "id": offer.id,
        "driver": offer.driver,
        **_columns("start", offer.start),
        **_columns("end", offer.end),
        "schedule": _text(_schedule(offer.schedule)),
        "departure": offer.departure.isoformat(),
        "flexible_s": offer.flexible_s,
        "seats": offer.seats,
        "longest_detour_s": offer.longest_detour_s,
        "price_cents": offer.price_cents,
        "drive_s": offer.drive_s,
        "drive_m": offer.drive_m,
        "estimated": offer.estimated,
        "line": offer.line,
        "waypoints": _text([_waypoint(one) for one in offer.waypoints]),
        "comfort": _text(asdict(offer.comfort)),
        "languages": " ".join(offer.languages),
        "status": offer.status.value,
        "returns": offer.returns,
        "revision": offer.revision,
        "over_at": over_at(offer, zone),
    }


def offer_of(row: RowMapping) -> Offer:
    return Offer(
        id=OfferId(row["id"]),
        driver=AccountId(row["driver"]),
        start=_meeting_point(row, "start"),
        end=_meeting_point(row, "end"),
        schedule=_read_schedule(orjson.loads(row["schedule"])),
        departure=time.fromisoformat(row["departure"]),
        flexible_s=row["flexible_s"],
        seats=row["seats"],
        longest_detour_s=row["longest_detour_s"],
        price_cents=row["price_cents"],
        drive_s=row["drive_s"],
        drive_m=row["drive_m"],
        estimated=row["estimated"],
        waypoints=tuple(_read_waypoint(one) for one in orjson.loads(row["waypoints"])),
        line=row["line"],
        comfort=Comfort(**orjson.loads(row["comfort"])),
        languages=tuple(row["languages"].split()),
        status=OfferStatus(row["status"]),
        returns=OfferId(row["returns"]) if row["returns"] else None,
        revision=row["revision"],
    )


def over_at(offer: Offer, zone: ZoneInfo) -> int:
    """Epoch seconds at which the last drive has ended, as late as its flexibility lets it."""
    return at_clock(last_day(offer.schedule), offer.departure, zone) + offer.flexible_s + offer.drive_s


def last_day(schedule: Schedule) -> date:
    return schedule.day if isinstance(schedule, OneDay) else max({schedule.last_day, *schedule.added_days})


def _columns(end: str, place: MeetingPoint) -> dict[str, object]:
    known = {"id": place.id, "name": place.name, "lat": place.point.lat, "lon": place.point.lon, "kind": place.kind}
    return {f"{end}_{name}": value for name, value in known.items()}


def _meeting_point(row: Mapping[str, Any] | RowMapping, end: str) -> MeetingPoint:
    point = Point(row[f"{end}_lat"], row[f"{end}_lon"])
    return MeetingPoint(row[f"{end}_id"], row[f"{end}_name"], point, PointKind(row[f"{end}_kind"]))


def _schedule(schedule: Schedule) -> Json:
    if isinstance(schedule, OneDay):
        return {"day": schedule.day}
    return {
        "weekdays": sorted(schedule.weekdays),
        "first_day": schedule.first_day,
        "last_day": schedule.last_day,
        "except_days": sorted(schedule.except_days),
        "added_days": sorted(schedule.added_days),
        "school": schedule.school,
    }


def _read_schedule(known: Json) -> Schedule:
    if "day" in known:
        return OneDay(date.fromisoformat(known["day"]))
    return Weekly(
        weekdays=frozenset(known["weekdays"]),
        first_day=date.fromisoformat(known["first_day"]),
        last_day=date.fromisoformat(known["last_day"]),
        except_days=_days(known["except_days"]),
        added_days=_days(known["added_days"]),
        school=SchoolRule(known["school"]),
    )


def _days(texts: Sequence[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


def _waypoint(waypoint: Waypoint) -> Json:
    place = waypoint.meeting_point
    return {
        **_columns("at", place),
        "after_s": waypoint.after_s,
        "along_m": waypoint.along_m,
        "detour_s": waypoint.detour_s,
        "pickup": waypoint.pickup,
        "drop_off": waypoint.drop_off,
    }


def _read_waypoint(known: Json) -> Waypoint:
    return Waypoint(
        meeting_point=_meeting_point(known, "at"),
        after_s=known["after_s"],
        along_m=known["along_m"],
        detour_s=known["detour_s"],
        pickup=known["pickup"],
        drop_off=known["drop_off"],
    )


def _text(value: Json) -> str:
    return orjson.dumps(value).decode()
