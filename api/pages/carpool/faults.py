"""What is wrong in a form, said at its field: each field has one sentence that says what would be right."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from api.parse.bodies import Read, read_body
from api.present.pieces import Json
from api.problems import kind_of
from api.web.errors import InvalidBody
from mobility.errors import AccountIncomplete, InvalidQuery, MobilityError, NotFound, PriceTooHigh, SkippedHour

FIELDS = {
    "fromPlace": "from",
    "toPlace": "to",
    "weekly": "weekdays",
    "weekly.lastDay": "lastDay",
    "back": "backDeparture",
    "back.date": "backDate",
    "priceCents": "price",
    "message": "text",
}
"""Of members of a body, where the form calls them otherwise."""
LONGEST_NUMBER = 6


def body_of(model: type[Read], values: Json) -> Read:
    """What a form says as the body of the API. Raises InvalidBody."""
    return read_body(model, orjson.dumps(values))


def number(text: str) -> int | str:
    """What is no number stays text, to be refused by name."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else text


def faults_of(error: MobilityError | None, said: Mapping[str, str]) -> dict[str, str]:
    """By field; "form": what is wrong with none of them. said: by field, by name of a problem, and of "form" where
    nothing else fits."""
    if error is None:
        return {}
    fields = _fields(error)
    if isinstance(error, SkippedHour):
        return dict.fromkeys(fields, said.get(kind_of(error).name, said["form"]))
    known = {field: said[field] for field in fields if field in said}
    if fields and len(known) == len(fields):
        return known
    return known | {"form": said.get(kind_of(error).name, said["form"])}


def _fields(error: MobilityError) -> tuple[str, ...]:
    """Names of fields; none where the error is about no field."""
    if isinstance(error, InvalidBody):
        return tuple(dict.fromkeys(_field(one["member"]) for one in error.errors))
    if isinstance(error, InvalidQuery | SkippedHour | NotFound):
        return (_field(error.parameter),)
    if isinstance(error, PriceTooHigh):
        return ("price",)
    return tuple(error.missing) if isinstance(error, AccountIncomplete) else ()


def _field(member: str) -> str:
    """`weekly.weekdays.0` is the field of the longest beginning that has one."""
    parts = member.split(".")
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in FIELDS:
            return FIELDS[name]
    return parts[0]
