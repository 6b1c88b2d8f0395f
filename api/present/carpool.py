"""Accounts, sessions and offers of the carpool registry as their owners see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from api.parse.carpool import WEEKDAYS
from api.present.clock import stamp
from mobility.carpool.accounts import Account, Session
from mobility.carpool.draft import most_price_cents
from mobility.carpool.offer import Comfort, MeetingPoint, Offer, OneDay, Schedule, Waypoint
from mobility.privacy.periods import SIGN_IN_S

Json = dict[str, Any]
DONE: Json = {"done": True}


def code_sent() -> Json:
    return {"sent": True, "validMinutes": SIGN_IN_S // 60}


def account(known: Account) -> Json:
    return {
        "id": known.id,
        "alias": known.alias,
        "email": known.email,
        "phone": known.phone,
        "language": known.language,
    }


def session(known: Session, current: bool) -> Json:
    return {
        "id": known.id,
        "created": stamp(known.created_at),
        "expires": stamp(known.expires_at),
        "current": current,
    }


def new_session(known: Session, of: Account) -> Json:
    return {**session(known, True), "token": known.token, "account": account(of)}


def offers(known: Sequence[Offer], cost_cents: float) -> Json:
    return {"offers": [offer(one, cost_cents) for one in known]}


def offer(known: Offer, cost_cents: float) -> Json:
    """cost_cents: of a car and a kilometre."""
    return {
        "id": known.id,
        "status": known.status.value,
        "from": place(known.start),
        "to": place(known.end),
        "waypoints": [_waypoint(one) for one in known.waypoints],
        "line": known.line,
        **_schedule(known.schedule),
        "departure": known.departure.strftime("%H:%M"),
        "flexibleMinutes": known.flexible_s // 60,
        "seats": known.seats,
        "longestDetourMinutes": known.longest_detour_s // 60,
        "priceCents": known.price_cents,
        "mostPriceCents": most_price_cents(known.drive_m, known.seats, cost_cents),
        "drive": {"duration": known.drive_s, "distance": known.drive_m, "estimated": known.estimated},
        "accessibility": accessibility(known.comfort),
        "languages": list(known.languages),
        "back": known.returns,
    }


def accessibility(comfort: Comfort) -> Json:
    return {
        "wheelchair": comfort.wheelchair,
        "childSeat": comfort.child_seat,
        "luggage": comfort.luggage,
        "bike": comfort.bike,
        "pets": comfort.pets,
    }


def place(known: MeetingPoint) -> Json:
    point = known.point
    return {"id": known.id, "name": known.name, "lat": point.lat, "lon": point.lon, "kind": known.kind.value}


def _waypoint(waypoint: Waypoint) -> Json:
    return {
        **place(waypoint.meeting_point),
        "after": waypoint.after_s,
        "along": waypoint.along_m,
        "detour": waypoint.detour_s,
        "pickup": waypoint.pickup,
        "dropOff": waypoint.drop_off,
    }


def _schedule(schedule: Schedule) -> Json:
    if isinstance(schedule, OneDay):
        return {"date": schedule.day.isoformat(), "weekly": None}
    weekly = {
        **weekdays(schedule.weekdays, schedule.first_day, schedule.last_day),
        "exceptDays": [day.isoformat() for day in sorted(schedule.except_days)],
        "addedDays": [day.isoformat() for day in sorted(schedule.added_days)],
        "school": schedule.school.value,
    }
    return {"date": None, "weekly": weekly}


def weekdays(known: frozenset[int], first: date, last: date) -> Json:
    return {
        "weekdays": [WEEKDAYS[day] for day in sorted(known)],
        "firstDay": first.isoformat(),
        "lastDay": last.isoformat(),
    }
