"""Offers and bookings in the words of the standard. People are an id and an alias; places are meeting points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from api.covoiturage.bodies import Status
from api.covoiturage.query import WEEKDAYS
from mobility.carpool.booking import BookedStretch, Booking, BookingStatus, PartnerUser
from mobility.carpool.driven_line import line_between
from mobility.carpool.journeys import Journey, RegularTrip
from mobility.carpool.offer import AccountId, MeetingPoint, Offer, PointKind
from mobility.carpool.pseudonyms import Pseudonyms
from mobility.carpool.wanted import WantedRide

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passers:
    """People of ours, as everybody may see them: by a name of the day, which is id and alias alike."""

    operator: str
    pseudonyms: Pseudonyms

    def user(self, account: AccountId) -> Json:
        name = self.pseudonyms.of(account)
        return user(name, self.operator, f"{ALIAS}-{name[:6]}")


ALIAS = "covoit"

STATUS: dict[BookingStatus, Status] = {
    BookingStatus.ASKED: "WAITING_CONFIRMATION",
    BookingStatus.CONFIRMED: "CONFIRMED",
    BookingStatus.REFUSED: "CANCELLED",
    BookingStatus.EXPIRED: "CANCELLED",
    BookingStatus.CANCELLED: "CANCELLED",
    BookingStatus.DONE: "COMPLETED_PENDING_VALIDATION",
    BookingStatus.VALIDATED: "VALIDATED",
}


def driver_journey(journey: Journey, people: Passers) -> Json:
    return {
        "id": journey.id,
        **_trip(journey.offer, journey.span, people),
        "passengerPickupDate": journey.span.pickup_at,
        "type": "PLANNED",
        "availableSeats": journey.seats_left,
        "price": price(journey.span.price_cents),
    }


def driver_trip(trip: RegularTrip, people: Passers) -> Json:
    at = clock(trip.pickup_s)
    schedules = [{"passengerPickupDay": WEEKDAYS[day], "passengerPickupTimeOfDay": at} for day in trip.weekdays]
    return {**_trip(trip.offer, trip.span, people), "schedules": schedules}


def passenger_journey(ride: WantedRide, day: date, zone: ZoneInfo, people: Passers) -> Json:
    """The driver is expected to leave no earlier than the passenger wants to."""
    starts_at = ride.starts_at(day, zone)
    return {
        "id": f"{ride.id}_{day.isoformat()}",
        **_wanted(ride, people),
        "passengerPickupDate": starts_at,
        "driverDepartureDate": starts_at,
        "type": "PLANNED",
        "requestedSeats": ride.seats,
    }


def passenger_trip(ride: WantedRide, weekdays: tuple[int, ...], people: Passers) -> Json:
    at = clock(ride.departure_s)
    schedules = [{"passengerPickupDay": WEEKDAYS[day], "passengerPickupTimeOfDay": at} for day in weekdays]
    return {**_wanted(ride, people), "schedules": schedules}


def booking(found: Booking, operator: str, alias: str, now: int) -> Json:
    """For the partner whose passenger it is."""
    rider = found.passenger
    assert isinstance(rider, PartnerUser)
    return {
        "id": found.id,
        "driver": user(found.driver, operator, alias),
        "passenger": user(rider.id, rider.operator, rider.alias),
        "status": STATUS[found.status_at(now)],
        "passengerPickupDate": found.span.pickup_at,
        **points(found.span.get_in, found.span.get_out),
        "duration": found.span.arrives_at - found.span.pickup_at,
        "distance": found.span.distance_m,
        "price": price(found.span.price_cents),
    }


def points(get_in: MeetingPoint, get_out: MeetingPoint) -> Json:
    return {
        "passengerPickupLat": get_in.point.lat,
        "passengerPickupLng": get_in.point.lon,
        "passengerPickupAddress": get_in.name,
        "passengerDropLat": get_out.point.lat,
        "passengerDropLng": get_out.point.lon,
        "passengerDropAddress": get_out.name,
    }


def price(cents: int) -> Json:
    return {"type": "PAYING" if cents else "FREE", "amount": cents / 100, "currency": "EUR"}


def user(user_id: str, operator: str, alias: str) -> Json:
    return {"id": user_id, "operator": operator, "alias": alias}


def clock(time_s: int) -> str:
    return f"{time_s // 3600:02}:{time_s % 3600 // 60:02}:{time_s % 60:02}"


def _trip(offer: Offer, span: BookedStretch, people: Passers) -> Json:
    told = {
        "operator": people.operator,
        "driver": people.user(offer.driver),
        **points(span.get_in, span.get_out),
        "duration": span.arrives_at - span.pickup_at,
        "distance": span.distance_m,
        **_ends(offer),
    }
    if line := line_between(offer, span.pickup, span.drop_off):
        told["journeyPolyline"] = line
    if offer.comfort.pets is not None:
        told["preferences"] = {"animals": offer.comfort.pets}
    return told


def _wanted(ride: WantedRide, people: Passers) -> Json:
    return {
        "operator": people.operator,
        "passenger": people.user(ride.account),
        **points(ride.start, ride.end),
        "duration": ride.drive_s,
        "distance": ride.distance_m,
    }


def _ends(offer: Offer) -> Json:
    """Where the driver starts and ends, unless it is known to 300 m only: that is near somebody's home."""
    told: Json = {}
    for name, end in (("Departure", offer.start), ("Arrival", offer.end)):
        if end.kind is not PointKind.BLURRED:
            told |= {f"driver{name}Lat": end.point.lat, f"driver{name}Lng": end.point.lon}
            told[f"driver{name}Address"] = end.name
    return told
