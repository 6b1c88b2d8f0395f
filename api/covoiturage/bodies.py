"""The bodies that other operators send. Members that the standard does not have are left unread, as it allows them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from api.parse.bodies import LenientBody, refused, whole
from api.parse.value_faults import RequestFault
from mobility.carpool.booking import LONGEST_MESSAGE
from mobility.carpool.names import imitates

Status = Literal["WAITING_CONFIRMATION", "CONFIRMED", "CANCELLED", "COMPLETED_PENDING_VALIDATION", "VALIDATED"]
STATUSES: tuple[Status, ...] = (
    "WAITING_CONFIRMATION",
    "CONFIRMED",
    "COMPLETED_PENDING_VALIDATION",
    "VALIDATED",
    "CANCELLED",
)
"""Each may follow those before it: the ranks of the standard's own test runner."""


def _uuid(value: str) -> str:
    """UUID itself reads also what is written otherwise."""
    try:
        is_one = str(UUID(value)) == value.lower()
    except ValueError:
        is_one = False
    if not is_one:
        raise refused(RequestFault.NO_UUID)
    return value.lower()


def _no_zero(value: str) -> str:
    if "\0" in value:
        raise refused(RequestFault.ZERO_CHARACTER)
    return value


def _shown(value: str) -> str:
    """Our people read it: what imitates another name is none."""
    return "" if value and imitates(value) else value


Text = Annotated[str, Field(max_length=255), AfterValidator(_no_zero)]
Shown = Annotated[Text, AfterValidator(_shown)]
Id = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_no_zero)]
Uuid = Annotated[str, AfterValidator(_uuid)]
Whole = Annotated[int, BeforeValidator(whole)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_no_zero)]


class User(LenientBody):
    """Alias, id and operator are all that is kept."""

    id: Text
    operator: Shown
    alias: Shown
    first_name: str = ""
    last_name: str = ""
    grade: Annotated[Whole, Field(ge=1, le=5)] = 1
    picture: str = ""
    gender: Literal["F", "M", "O"] = "O"
    verified_identity: bool = False


class PriceBody(LenientBody):
    type: Literal["FREE", "PAYING", "UNKNOWN"] = "UNKNOWN"
    amount: Number = 0
    currency: str = ""


class Car(LenientBody):
    model: str = ""
    brand: str = ""


class RideBody(LenientBody):
    """What bookings and their events have in common."""

    passenger_pickup_date: Number
    passenger_pickup_lat: Number
    passenger_pickup_lng: Number
    passenger_drop_lat: Number
    passenger_drop_lng: Number
    passenger_pickup_address: str = ""
    passenger_drop_address: str = ""
    status: Status
    duration: Whole = 0
    distance: Whole = 0


class BookingBody(RideBody):
    id: Uuid
    driver: User
    passenger: User
    price: PriceBody
    car: Car = Car()
    web_url: str = ""
    driver_journey_id: Id = "?"
    passenger_journey_id: Id = "?"


class MessageBody(LenientBody):
    sender: Annotated[User, Field(alias="from")]
    to: User
    message: Annotated[str, Field(max_length=LONGEST_MESSAGE), AfterValidator(_no_zero)]
    recipient_carpooler_type: Literal["DRIVER", "PASSENGER"]
    driver_journey_id: Id = "?"
    passenger_journey_id: Id = "?"
    booking_id: Uuid | None = None


class EventRide(RideBody):
    """Of one's driver: a price and a driver; of one's passenger: a passenger. Never both."""

    id: Id
    web_url: Url
    driver: User | None = None
    price: PriceBody | None = None
    car: Car = Car()
    passenger: User | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> EventRide:
        by_driver = self.driver is not None and self.price is not None
        if by_driver == (self.passenger is not None):
            raise refused(RequestFault.NOT_ONE_SIDE)
        return self


class EventBody(LenientBody):
    id: Uuid
    id_token: Annotated[str, Field(max_length=8000)]
    data: EventRide
