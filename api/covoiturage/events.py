"""A booking made at another operator, from the words of the standard to what is kept of it."""

from __future__ import annotations

import hashlib

from api.covoiturage.bodies import EventRide
from api.covoiturage.identity import Person
from api.covoiturage.office import Office
from api.parse.value_faults import RequestFault
from mobility.carpool.booking import PartnerId, Side
from mobility.carpool.ends import blurred
from mobility.carpool.outside import OutsideBooking
from mobility.errors import InvalidQuery
from mobility.geo import Point


def outside_booking(desk: Office, partner: PartnerId, person: Person, told: EventRide) -> OutsideBooking:
    """Raises InvalidQuery for a time or place that there is none of."""
    other = told.driver or told.passenger
    assert other
    if abs(told.passenger_pickup_date) > 2**40:
        raise InvalidQuery("data.passengerPickupDate", RequestFault.NO_SECONDS)
    return OutsideBooking(
        partner=partner,
        id=told.id,
        account=desk.account_of(person.email) if person.email else None,
        subject_hash=hashlib.sha256(person.subject.encode()).hexdigest(),
        role=Side.PASSENGER if told.driver else Side.DRIVER,
        alias=other.alias,
        operator=other.operator,
        pickup_at=int(told.passenger_pickup_date),
        pickup=_point("Pickup", told.passenger_pickup_lat, told.passenger_pickup_lng),
        drop_off=_point("Drop", told.passenger_drop_lat, told.passenger_drop_lng),
        status=told.status,
        web_url=told.web_url,
        changed_at=desk.now(),
    )


def _point(end: str, lat: float, lon: float) -> Point:
    """To about 300 m: it may be a home, and the other operator's page knows it better. Raises InvalidQuery."""
    if abs(lat) > 90 or abs(lon) > 180:
        raise InvalidQuery(f"data.passenger{end}Lat, data.passenger{end}Lng", RequestFault.OUTSIDE_EARTH)
    return blurred(Point(lat, lon), ()).point
