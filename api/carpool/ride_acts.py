"""What passengers and drivers do about shared rides, alike over HTTP and on the pages: look, ask, answer, write."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from api.carpool.ask import asked
from api.parse import carpool as parse
from api.parse.bodies.carpool import AskRequest, RideRequest, WantedRequest
from api.service import Service, take
from mobility.carpool.booking import STATUSES, BookingId, BookingStatus, Side
from mobility.carpool.bookings import find_seat
from mobility.carpool.limits import Limit
from mobility.carpool.messages import Message, messages_about, messages_to
from mobility.carpool.offer import AccountId, OfferId
from mobility.carpool.outside import OutsideBooking, outside_of
from mobility.carpool.people import aliases_of
from mobility.carpool.rides import OfferedRide, Shared, ride_of, shared, shared_by
from mobility.carpool.span import AskedStretch
from mobility.carpool.wanted import WantedRide, publish_wanted, wanted_of, withdraw_wanted
from mobility.carpool.wish import wished
from mobility.clock import local_date
from mobility.errors import WrongState

ASKS = Limit("seats asked for", 30, 3600)
ANSWERS = Limit("answers to asks", 120, 3600)
MESSAGES = Limit("messages written", 60, 3600)
WISHES = Limit("wanted rides", 30, 3600)


def look(service: Service, body: RideRequest) -> OfferedRide:
    """What can be asked for; nothing is stored. Raises InvalidQuery, NotFound, OfferPaused."""
    asked = AskedStretch(body.date, body.pickup, body.drop_off, body.seats, body.wait)
    return ride_of(service.carpooling().agreements, OfferId(body.offer), asked)


def ask(service: Service, passenger: AccountId, body: AskRequest, draft: str = "") -> Shared:
    """draft: of a form that may be sent twice: what it asked for already is told again.

    Raises AlreadyAsked, InvalidQuery, NotFound, OfferFull, OfferPaused, TooMany.
    """
    take(service, ASKS, passenger)
    wanted = asked(body, passenger, draft)
    with suppress(WrongState):
        service.carpooling().agreements.ask(wanted)
    return booking(service, passenger, wanted.id)


def find_seat_id(service: Service, passenger: AccountId, offer: OfferId, day: date) -> BookingId | None:
    """Of the booking by which the passenger has a seat in this drive, or has asked for one."""
    with service.carpooling().store.reading() as connection:
        known = find_seat(connection, passenger, offer, day, service.now())
    return known.id if known else None


def bookings(service: Service, account: AccountId) -> list[Shared]:
    """Asked for or driven, the next first."""
    return shared_by(service.carpooling().accounts, service.carpooling().agreements, account)


def seats_agreed(service: Service, driver: AccountId, offer: OfferId) -> int:
    """In the rides of an offer that are to come or under way."""
    now = service.now()
    driven = [one.booking for one in bookings(service, driver) if one.side is Side.DRIVER]
    return sum(one.seats for one in driven if one.offer == offer and one.status_at(now) is BookingStatus.CONFIRMED)


def outside_bookings(service: Service, account: AccountId) -> tuple[OutsideBooking, ...]:
    """Made at other operators."""
    with service.carpooling().store.reading() as connection:
        return outside_of(connection, account)


def booking(service: Service, account: AccountId, known: BookingId) -> Shared:
    """Raises NotFound, also where the account is neither side."""
    return shared(service.carpooling().accounts, service.carpooling().agreements, account, known)


def become(service: Service, account: AccountId, known: BookingId, verb: str) -> Shared:
    """verb: of STATUSES. Raises NotFound, TooMany, WrongState."""
    take(service, ANSWERS, account)
    before = booking(service, account, known)
    service.carpooling().agreements.become(known, STATUSES[verb], before.side)
    return booking(service, account, known)


def write(service: Service, account: AccountId, known: BookingId, text: str) -> Message:
    """To the other side. Raises NotFound, TooMany, WrongState."""
    take(service, MESSAGES, account)
    about = booking(service, account, known)
    return service.carpooling().agreements.write(known, about.side, text)


def messages(service: Service, account: AccountId, known: BookingId) -> tuple[Message, ...]:
    """By both sides, the oldest first. Raises NotFound."""
    about = booking(service, account, known).booking
    with service.carpooling().store.reading() as connection:
        return messages_about(connection, about.id)


def other_messages(service: Service, account: AccountId) -> tuple[Message, ...]:
    """Received, about no booking: people of other operators answer an offer or a wanted ride."""
    with service.carpooling().store.reading() as connection:
        return tuple(one for one in messages_to(connection, account) if one.booking is None)


def aliases(service: Service, known: tuple[Message, ...]) -> dict[AccountId, str]:
    """Of those who wrote and have an account here."""
    with service.carpooling().store.reading() as connection:
        return aliases_of(connection, [one.sender for one in known if one.sender])


def wanted(service: Service, account: AccountId) -> tuple[WantedRide, ...]:
    with service.carpooling().store.reading() as connection:
        return wanted_of(connection, account)


def publish_wanted_ride(service: Service, account: AccountId, body: WantedRequest) -> WantedRide:
    """Raises InvalidQuery, NotFound, TooMany."""
    take(service, WISHES, account)
    territory, now, carpool = service.current.territory(), service.now(), service.carpooling()
    ground = carpool.ground(territory)
    wish = parse.wish(body, territory.network, ground, local_date(now, ground.zone))
    ride = wished(wish, ground, account, now)
    with carpool.store.writing() as connection:
        publish_wanted(connection, ride)
    return ride


def withdraw_wanted_ride(service: Service, account: AccountId, ride: str) -> None:
    """Raises NotFound."""
    with service.carpooling().store.writing() as connection:
        withdraw_wanted(connection, account, ride)
