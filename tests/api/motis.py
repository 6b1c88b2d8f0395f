"""A test client that holds every answer of the MOTIS API against its OpenAPI description ($HENT_SPECS)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

Json = Any
PATH = re.compile(r"/api/v[1-6]/(?P<name>[a-z/-]+)$")
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(text: object) -> bool:
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


def _is_instant_at_all(text: str) -> bool:
    try:
        return _is_instant(text)
    except ValueError:
        return False


def specs() -> Path | None:
    folder = os.environ.get("HENT_SPECS")
    return Path(folder) if folder else None


@cache
def description() -> Json:
    folder = specs()
    assert folder
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((folder / "motis_openapi.yaml").read_text("utf-8"), loader)


@cache
def quick_validator(pointer: str) -> jsonschema_rs.Draft202012Validator:
    """Says the same in a hundredth of the time, and less of what is wrong."""
    registry = jsonschema_rs.Registry([("motis:", description())])
    formats = {"date-time": _is_instant_at_all}
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"motis:#{pointer}"}, registry=registry, formats=formats, validate_formats=True
    )


@cache
def validator(pointer: str) -> Draft202012Validator:
    resource = DRAFT202012.create_resource(description())
    registry: Registry[Any] = Registry().with_resource("motis:", resource)
    return Draft202012Validator({"$ref": f"motis:#{pointer}"}, registry=registry, format_checker=FORMATS)


def faults(path: str, method: str, status: int, body: Json) -> Iterator[str]:
    """Where a body differs from what the description says of that answer."""
    name = PATH.fullmatch(path)
    if name is None:
        return
    known = [one for one in (f"/api/v6/{name['name']}", f"/api/v1/{name['name']}") if one in description()["paths"]]
    if not known:
        return
    if str(status) not in description()["paths"][known[0]][method]["responses"]:
        yield f"{status} is no answer of {known[0]}"
        return
    parts = ["paths", known[0], method, "responses", str(status), "content", "application/json", "schema"]
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
    if not quick_validator(pointer).is_valid(body):
        yield from (f"{list(error.absolute_path)}: {error.message}" for error in validator(pointer).iter_errors(body))


def leg_ids(itinerary: Json) -> list[Json]:
    """What a client keeps of an itinerary to look it up again: LegId of the description."""
    return [
        {
            "displayName": leg.get("displayName", ""),
            "tripId": leg.get("tripId", ""),
            "fromId": leg["from"].get("stopId", ""),
            "fromLat": leg["from"]["lat"],
            "fromLon": leg["from"]["lon"],
            "toId": leg["to"].get("stopId", ""),
            "toLat": leg["to"]["lat"],
            "toLon": leg["to"]["lon"],
            "schedStart": int(datetime.fromisoformat(leg["startTime"]).timestamp()),
            "schedEnd": int(datetime.fromisoformat(leg["endTime"]).timestamp()),
            "mode": leg["mode"],
            "scheduled": True,
        }
        for leg in itinerary["legs"]
    ]


class CheckedClient(FlaskClient):
    """`ask` and `post_json` return the JSON body of an answer that must be good; `open` checks any answer."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        method = answer.request.method.lower()
        if specs() and method in {"get", "post"} and answer.is_json:
            assert not list(faults(answer.request.path, method, answer.status_code, answer.json))
        return answer

    def ask(self, path: str, **parameters: Any) -> Json:
        answer = self.get(path, query_string={name.rstrip("_"): value for name, value in parameters.items()})
        assert answer.status_code == 200, answer.json
        return answer.json

    def refused(self, path: str, **parameters: Any) -> tuple[int, Json]:
        answer = self.get(path, query_string=parameters)
        assert answer.status_code >= 400
        assert answer.mimetype == "application/problem+json"
        return answer.status_code, answer.json
