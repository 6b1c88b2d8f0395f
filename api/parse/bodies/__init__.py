"""The bodies that our own endpoints take: unknown members are refused by name. OpenAPI is generated from these."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails, PydanticCustomError

from api.parse.cursor import PATTERN as CURSOR
from api.parse.limits import LONGEST_TRAVEL_MINUTES
from api.parse.modes import EVERY
from api.parse.traveller import FARTHEST_M, LARGEST_PARTY, LONGEST_CHANGE_MINUTES, MOST_OF_EACH
from api.parse.value_faults import RequestFault
from api.web.errors import BodyFault, InvalidBody
from mobility.ranking.labels import LABELS

TIME = "date and time, ISO 8601; also without offset: clocks of the territory"
DATE_TIME = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}
PROFILE = "who travels, a section [profiles.NAME] of the config; a handful of ways that differ stands first"
SORT = {"anyOf": [{"type": "string", "enum": list(LABELS)}, {"type": "null"}]}
STEP_FREE = "needed: what has steps is left out, what is unknown is warned of; strict: that is left out, too"
ADULTS = "who travel together; with children before passengers, else as many as the profile has"
CHILDREN = "who travel with them and pay as [tickets] child says"
SOMETHING = r"^[^\x00]*[^\x00 \t\n\r][^\x00]*$"
"""No zero character, and not only blanks."""


def whole(value: object) -> object:
    """In JSON 5.0 is a whole number too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Count = Annotated[int, Field(ge=0, le=2**31), BeforeValidator(whole)]
TravelMinutes = Annotated[int, Field(ge=0, le=LONGEST_TRAVEL_MINUTES, description="minutes"), BeforeValidator(whole)]
ChangeMinutes = Annotated[int, Field(ge=0, le=LONGEST_CHANGE_MINUTES, description="minutes"), BeforeValidator(whole)]
"""No `Count` with a second bound: pydantic would describe the first alone."""
Place = Annotated[str, Field(pattern=SOMETHING, max_length=500, description="`latitude,longitude` or the id of a stop")]
Modes = Annotated[list[str], Field(json_schema_extra={"items": {"type": "string", "enum": sorted(EVERY)}})]
Read = TypeVar("Read", bound=BaseModel)
CALLED = {
    "extra_forbidden": RequestFault.NO_MEMBER,
    "missing": RequestFault.MISSING,
    "json_invalid": RequestFault.NO_JSON,
}
"""What pydantic calls otherwise than a reason of ours."""
CHOICES = {"literal_error"}
"""Codes of pydantic for what is none of a few words; it says which in English: `'any', 'needed' or 'strict'`."""
CHOICE = re.compile("'([^']*)'")


class Body(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True, frozen=True)


class LenientBody(BaseModel):
    """Of a description that others wrote: what a newer client sends is left unread."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", strict=True, frozen=True)


class TripsRequest(Body):
    """A trip query: the parameters of `plan` in the MOTIS API, same names and meanings."""

    from_place: Place
    to_place: Place
    time: Annotated[str | None, Field(description=TIME, json_schema_extra=DATE_TIME)] = None
    arrive_by: bool = False
    search_window: Annotated[Count, Field(description="seconds")] = 900
    timetable_view: bool = True
    num_itineraries: Count = 5
    max_itineraries: Count = 0
    max_transfers: Count | None = None
    max_travel_time: TravelMinutes | None = None
    min_transfer_time: ChangeMinutes = 0
    additional_transfer_time: ChangeMinutes = 0
    transfer_time_factor: Annotated[float, Field(ge=1, le=100)] = 1.0
    profile: Annotated[str | None, Field(pattern="^[a-z][a-z0-9_]*$", description=PROFILE)] = None
    step_free: Annotated[Literal["any", "preferred", "needed", "strict"] | None, Field(description=STEP_FREE)] = None
    passengers: Annotated[int | None, Field(ge=1, le=LARGEST_PARTY), BeforeValidator(whole)] = None
    adults: Annotated[int | None, Field(ge=1, le=MOST_OF_EACH, description=ADULTS), BeforeValidator(whole)] = None
    children: Annotated[int | None, Field(ge=0, le=MOST_OF_EACH, description=CHILDREN), BeforeValidator(whole)] = None
    explain: Annotated[bool, Field(description="why others do not stand first, or are not shown")] = False
    sort_by: Annotated[str | None, Field(description="a label of docs/ranking.md", json_schema_extra=SORT)] = None
    pedestrian_profile: Literal["FOOT", "WHEELCHAIR"] = "FOOT"
    pedestrian_speed: Annotated[float | None, Field(ge=0.2, le=5, description="metres a second")] = None
    cycling_speed: Annotated[float | None, Field(ge=0.5, le=15, description="metres a second")] = None
    require_bike_transport: bool = False
    no_compulsory_reservation: Annotated[bool, Field(description="nothing that must be booked ahead")] = False
    transit_modes: Modes | None = None
    direct_modes: Modes | None = None
    pre_transit_modes: Modes | None = None
    post_transit_modes: Modes | None = None
    max_pre_transit_time: Annotated[Count, Field(description="seconds")] = 900
    max_post_transit_time: Annotated[Count, Field(description="seconds")] = 900
    max_direct_time: Annotated[Count, Field(description="seconds")] = 1800
    radius: Annotated[float | None, Field(ge=0, le=FARTHEST_M, description="metres")] = None
    page_cursor: Annotated[str | None, Field(pattern=CURSOR)] = None
    detailed_legs: bool = True
    detailed_transfers: bool | None = None
    join_interlined_legs: bool = True
    with_fares: bool = False
    fare_rider: Annotated[str | None, Field(max_length=200, description="id of rider_categories.txt")] = None
    fare_medium: Annotated[str | None, Field(max_length=200, description="id of fare_media.txt")] = None
    with_scheduled_skipped_stops: bool = False
    if_missed: Annotated[bool, Field(description="of each ride, what is left to who misses it")] = False
    num_leg_alternatives: Annotated[Count, Field(description="of each ride, how many that may take its place")] = 0
    realtime_mode: Annotated[
        Literal["OFF", "REALTIME_ANNOTATION_ONLY", "REALTIME"], Field(description="by timetable, or as it is now")
    ] = "REALTIME"
    language: list[str] | None = None


NAMES = frozenset(str(field.alias) for field in TripsRequest.model_fields.values())
"""The parameters that change the answer, or how it is told; the others of the MOTIS API are ignored."""


class PlanOffset(LenientBody):
    stop_id: str
    duration: Annotated[int, Field(ge=0)]
    mode: str = "WALK"


class PlanBody(LenientBody):
    """The body of POST plan in the MOTIS API."""

    from_offsets: list[PlanOffset] = []
    to_offsets: list[PlanOffset] = []


def read_body(model: type[Read], body: bytes) -> Read:
    """Raises InvalidBody, which names each member at fault and repeats no value."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise InvalidBody(map(_fault, faults)) from None


def refused(reason: RequestFault) -> PydanticCustomError:
    """To be raised by a model's own rule. reason: one without values."""
    return PydanticCustomError(reason.code, reason.told())


def _fault(fault: ErrorDetails) -> BodyFault:
    member, code, said = ".".join(map(str, fault["loc"])), fault["type"], fault["msg"]
    context = fault.get("ctx", {})
    if reason := CALLED.get(code):
        return BodyFault.of(member, reason)
    if code in CHOICES:
        return BodyFault.of(member, RequestFault.NONE_OF, known=", ".join(CHOICE.findall(context["expected"])))
    values = {name: value for name, value in context.items() if isinstance(value, str | int | float)}
    return BodyFault(member, code, said[:1].lower() + said[1:], values)
