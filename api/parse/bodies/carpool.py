"""The bodies of the carpool endpoints. Places are the same texts as in a trip query."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from api.parse.bodies import SOMETHING, Body, Place, refused, whole
from api.parse.value_faults import RequestFault
from api.web.sentences import Language
from mobility.carpool.accounts import normal_email
from mobility.carpool.booking import LONGEST_MESSAGE
from mobility.errors import InvalidQuery

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
DEPARTURE = "clock of the territory, HH:MM"
NO_CONTROL = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
"""One line that is not blank."""


def _address(text: str) -> str:
    """As typed; what it becomes is the registry's (mobility/carpool/accounts.py)."""
    try:
        normal_email(text)
    except InvalidQuery as error:
        raise PydanticCustomError(error.code, error.reason) from None
    return text


Alias = Annotated[
    str,
    Field(
        pattern=NO_CONTROL,
        max_length=40,
        description="how others see you; not your full name. A nickname (RFC 8266) with a letter or a digit, "
        "of letters of one script and digits of one, without characters that nobody sees",
        json_schema_extra={"format": "nickname"},
    ),
]
"""No pattern that every reader of the description understands can say which names imitate others: its format does."""
Email = Annotated[
    str,
    Field(
        max_length=254,
        description="its domain in whatever letters (IDNA)",
        json_schema_extra={"format": "idn-email"},
    ),
    AfterValidator(_address),
]
Phone = Annotated[str, Field(pattern=r"^(\+?\(?[0-9]([ .()/-]{0,2}[0-9]){7,14})?$", max_length=50)]
Token = Annotated[str, Field(min_length=1, max_length=200)]
Clock = Annotated[str, Field(pattern=CLOCK, description=DEPARTURE)]
Minutes = Annotated[int, Field(ge=0, le=60), BeforeValidator(whole)]
Wait = Annotated[
    int,
    Field(ge=0, le=3600, description="seconds by which the driver is to be there later than the offer says"),
    BeforeValidator(whole),
]
Seats = Annotated[int, Field(ge=1, le=8), BeforeValidator(whole)]
Cents = Annotated[int, Field(ge=0, le=20_000, description="for the whole way and one seat"), BeforeValidator(whole)]
Spoken = Annotated[tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...], Field(max_length=10)]
Id = Annotated[str, Field(pattern=SOMETHING, max_length=255)]
Message = Annotated[str, Field(pattern=SOMETHING, max_length=LONGEST_MESSAGE)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Day: TypeAlias = date
Days = Annotated[tuple[Day, ...], Field(max_length=200)]


class CodeRequest(Body):
    """A sign-in code by mail, for newcomers and for those who come back alike."""

    email: Email
    language: Language | None = None


class SessionRequest(Body):
    """alias, adult: from whom signs in for the first time."""

    code: Annotated[Token, Field(description="six digits, as the letter says")]
    email: Annotated[Email | None, Field(description="to which the code was sent; then it fits no other")] = None
    alias: Alias | None = None
    adult: bool = False


class AccountChange(Body):
    """What is not given stays. An empty phone is forgotten."""

    alias: Alias | None = None
    phone: Phone | None = None
    language: Language | None = None


class WeekdaysBody(Body):
    """Every week, from today for half a year unless said."""

    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    first_day: Day | None = None
    last_day: Day | None = None


class WeeklyBody(WeekdaysBody):
    """exceptDays, addedDays go before weekdays and school."""

    except_days: Days = ()
    added_days: Days = ()
    school: Literal["any", "school_days_only", "holidays_only"] = "any"


class AccessibilityBody(Body):
    """null: not said."""

    wheelchair: bool | None = None
    child_seat: bool | None = None
    luggage: bool | None = None
    bike: bool | None = None
    pets: bool | None = None


class BackBody(Body):
    """The way back, published in one go; date: where it is another day."""

    departure: Clock
    date: Day | None = None


class OfferRequest(Body):
    """An offer of one date, or weekly. Places are not kept: each becomes a meeting point, or is blurred."""

    from_place: Place
    to_place: Place
    date: Day | None = None
    weekly: WeeklyBody | None = None
    departure: Clock
    flexible_minutes: Minutes = 10
    seats: Seats = 3
    longest_detour_minutes: Minutes = 10
    price_cents: Cents = 0
    accessibility: AccessibilityBody = AccessibilityBody()
    languages: Spoken = ()
    back: BackBody | None = None
    without_points: Annotated[
        tuple[Id, ...],
        Field(max_length=100, description="meeting points on the way, either way, where the driver does not stop"),
    ] = ()

    @model_validator(mode="after")
    def _has_one_schedule(self) -> OfferRequest:
        _check_one(self.date, self.weekly)
        return self


class OfferChange(Body):
    """What is not given stays. date or weekly replace the whole schedule."""

    from_place: Place | None = None
    to_place: Place | None = None
    date: Day | None = None
    weekly: WeeklyBody | None = None
    departure: Clock | None = None
    flexible_minutes: Minutes | None = None
    seats: Seats | None = None
    longest_detour_minutes: Minutes | None = None
    price_cents: Cents | None = None
    accessibility: AccessibilityBody | None = None
    languages: Spoken | None = None

    @model_validator(mode="after")
    def _has_no_two_schedules(self) -> OfferChange:
        if self.date and self.weekly:
            raise refused(RequestFault.TWO_SCHEDULES)
        return self


class RideRequest(Body):
    """The members of a carpool leg's `hent` that a seat is asked for with."""

    offer: Id
    date: Day
    pickup: Annotated[Id, Field(description="id of the meeting point to get in at")]
    drop_off: Annotated[Id, Field(description="id of the meeting point to get out at")]
    seats: Seats = 1
    wait: Wait = 0


class AskRequest(RideRequest):
    """message: goes to the driver with the ask."""

    message: Message | None = None


class MessageRequest(Body):
    text: Message


class WantedRequest(Body):
    """A ride that is looked for, on one date or weekly. Places become meeting points; where none is near, it is
    refused."""

    from_place: Place
    to_place: Place
    date: Day | None = None
    weekly: WeekdaysBody | None = None
    departure: Clock
    seats: Seats = 1

    @model_validator(mode="after")
    def _has_one_schedule(self) -> WantedRequest:
        _check_one(self.date, self.weekly)
        return self


def _check_one(day: date | None, weekly: WeekdaysBody | None) -> None:
    if (day is None) == (weekly is None):
        raise refused(RequestFault.NOT_ONE_SCHEDULE)
