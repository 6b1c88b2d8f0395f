"""Rides that people ask for, agree on, look for and write about, as each side sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from api.present.carpool import accessibility, place, weekdays
from api.present.clock import stamp
from api.present.prose import clock_of, epoch_s
from api.web.sentences import Sentences
from mobility.carpool.booking import STATUSES, BookedStretch, Booking, BookingStatus, Side, may_become
from mobility.carpool.messages import Message
from mobility.carpool.offer import AccountId
from mobility.carpool.outside import OutsideBooking
from mobility.carpool.rides import Companion, OfferedRide, Shared
from mobility.carpool.wanted import WantedRide
from mobility.geo import Point

Json = dict[str, Any]


def ride(known: OfferedRide, seats: int) -> Json:
    return {
        "offer": known.offer.id,
        **_span(known.span),
        "seats": seats,
        "seatsLeft": known.seats_left,
        "flexibleMinutes": known.later_s // 60,
        "driver": known.driver,
        "accessibility": accessibility(known.offer.comfort),
        "languages": list(known.offer.languages),
    }


def bookings(shared: Sequence[Shared], outside: Sequence[OutsideBooking], now: int) -> Json:
    return {"bookings": [booking(one, now) for one in shared], "outside": [_outside(one) for one in outside]}


def booking(known: Shared, now: int) -> Json:
    about = known.booking
    status = about.status_at(now)
    return {
        "id": about.id,
        "offer": about.offer,
        "role": known.side.value,
        "status": status.value,
        "endedBy": _ended_by(about, status),
        "endedBecause": about.ended_because.value if about.ended_because else None,
        "with": _companion(known.companion),
        **_span(about.span),
        "seats": about.seats,
        "asked": stamp(about.asked_at),
        "expires": stamp(about.expires_at) if status is BookingStatus.ASKED else None,
        "agreed": stamp(about.agreed_at) if about.agreed_at else None,
        "laterMinutes": _minutes(known.later.seconds),
        "waitMinutes": _minutes(known.later.for_them_s),
        "may": _verbs(about, known, now),
    }


def later_words(booking: Json, alias: str, zone: ZoneInfo, said: Sentences) -> str:
    """Why who drives leaves later than their offer says; "" where they do not."""
    if not booking["laterMinutes"]:
        return ""
    text = said["carpool_ride"]
    whom = f"for_them_{booking['status']}" if booking["waitMinutes"] else "for_others"
    planned = stamp(epoch_s(booking["start"]) - 60 * booking["laterMinutes"])
    times = {"clock": clock_of(booking["start"], zone), "planned": clock_of(planned, zone)}
    return text[whom].format(alias=alias, stop=booking["pickup"]["name"], **times)


def what_is_lost(booking: Json, alias: str, said: Sentences) -> str:
    """By who reads: what their side or the other has no more of a ride that has ended."""
    held = "seat" if booking["agreed"] else "request"
    return said["carpool_ride"][f"{booking['role']}_lost_{held}"].format(alias=alias)


def freed_words(known: Shared, said: Sentences) -> str:
    """To who drives, of seats that were given up; "" where nobody can ask for them."""
    if not known.given_up or not known.given_up.is_free:
        return ""
    seats = known.booking.seats
    return said["carpool_ride"]["freed" if seats == 1 else "freed_many"].format(n=seats)


def messages(known: Sequence[Message], reader: AccountId, aliases: dict[AccountId, str]) -> Json:
    return {"messages": [message(one, reader, aliases) for one in known]}


def message(known: Message, reader: AccountId, aliases: dict[AccountId, str]) -> Json:
    return {
        "id": known.id,
        "mine": known.sender == reader,
        "alias": aliases.get(known.sender, "") if known.sender else known.alias,
        "operator": known.operator,
        "text": known.text,
        "at": stamp(known.at),
    }


def wanted(known: WantedRide) -> Json:
    one_day = not known.weekdays
    return {
        "id": known.id,
        "from": place(known.start),
        "to": place(known.end),
        "date": known.first_day.isoformat() if one_day else None,
        "weekly": None if one_day else weekdays(known.weekdays, known.first_day, known.last_day),
        "departure": known.departure.strftime("%H:%M"),
        "seats": known.seats,
    }


def _span(span: BookedStretch) -> Json:
    return {
        "date": span.day.isoformat(),
        "pickup": place(span.get_in),
        "dropOff": place(span.get_out),
        "start": stamp(span.pickup_at),
        "end": stamp(span.arrives_at),
        "distance": span.distance_m,
        "priceCents": span.price_cents,
    }


def _companion(known: Companion) -> Json:
    return {"alias": known.alias, "operator": known.operator, "phone": known.phone}


def _ended_by(about: Booking, status: BookingStatus) -> str | None:
    """Nobody answered in time: the clock did, before anybody has noted it."""
    if status is BookingStatus.EXPIRED:
        return Side.CLOCK.value
    return about.ended_by.value if about.ended_by else None


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)


def _verbs(about: Booking, known: Shared, now: int) -> list[str]:
    """An ask is refused by its driver, not cancelled."""
    may = [verb for verb, status in STATUSES.items() if may_become(about, status, known.side, now)]
    return [verb for verb in may if not (verb == "cancel" and "refuse" in may)]


def _outside(known: OutsideBooking) -> Json:
    return {
        "id": known.id,
        "role": known.role.value,
        "status": known.status,
        "with": _companion(Companion(known.alias, known.operator)),
        "start": stamp(known.pickup_at),
        "pickup": _point(known.pickup),
        "dropOff": _point(known.drop_off),
        "webUrl": known.web_url,
    }


def _point(point: Point) -> Json:
    return {"lat": point.lat, "lon": point.lon}
