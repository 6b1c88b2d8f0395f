"""A number that is too small or too large, a word that there is not: each parameter of each resource of the MOTIS API
refuses it by its name, or the answer says that less was given. Only what docs/api.md says to be ignored is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.motis import CheckedClient, description, specs
from tests.api.test_clients_read import PARAMETERS

Json = Any
IGNORED = set(PARAMETERS["are ignored"])
"""As docs/api.md says."""
A_TRIP = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T06:00:00Z"}
CORNERS = {"min": "47.9,-3.6", "max": "47.6,-3.2"}
SPAN = {"startTime": "2026-06-03T06:00:00Z", "endTime": "2026-06-03T06:30:00Z"}
ASKED: dict[str, Json] = {
    "/api/v6/plan": A_TRIP,
    "/api/v6/stoptimes": {"stopId": "t_A", "n": 3},
    "/api/v6/stop": {"stopId": "t_A"},
    "/api/v6/trip": {},
    "/api/v6/refresh-itinerary": {},
    "/api/v6/map/stops": CORNERS,
    "/api/v6/map/trips": {**CORNERS, **SPAN, "zoom": 15},
    "/api/v6/one-to-all": {"one": "t_A", "maxTravelTime": 30, "time": "2026-06-03T06:00:00Z"},
    "/api/v1/geocode": {"text": "a"},
    "/api/v1/reverse-geocode": {"place": "47.75,-3.36"},
    "/api/v1/rentals": {"point": "47.75,-3.36", "radius": 100},
}
"""A question to each, which is answered."""
TOO_SMALL, TOO_LARGE, UNKNOWN = "-1", "1000000001", "NOPE"


def asked_wrong() -> Iterator[tuple[str, str, str]]:
    """Path, parameter and a value that it cannot have."""
    if specs() is None:
        return
    for path in ASKED:
        name = path.partition("/v6/")[2] or path.partition("/v1/")[2]
        known = next(
            one for one in (f"/api/v6/{name}", f"/api/v1/{name}", f"/api/v5/{name}") if one in description()["paths"]
        )
        for parameter in description()["paths"][known]["get"]["parameters"]:
            if parameter["name"] not in IGNORED:
                for value in wrong(resolved(parameter["schema"])):
                    yield path, parameter["name"], value


def resolved(schema: Json) -> Json:
    if "$ref" in schema:
        return resolved(description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return resolved(schema["items"]) if schema.get("type") == "array" else schema


def wrong(schema: Json) -> list[str]:
    if schema.get("type") in {"integer", "number"}:
        return [TOO_SMALL, TOO_LARGE, UNKNOWN]
    return [UNKNOWN] if schema.get("type") == "boolean" or "enum" in schema else []


@pytest.mark.parametrize(("path", "name", "value"), list(asked_wrong()))
def test_it_is_refused_by_name_or_said_to_be_limited(client: CheckedClient, path: str, name: str, value: str) -> None:
    itinerary = client.ask("/api/v6/plan", **A_TRIP)["itineraries"][0]
    kept = {"itineraryId": itinerary["id"], "tripId": itinerary["legs"][0]["tripId"]}
    answer = client.get(path, query_string={**kept, **ASKED[path], name: value})
    if answer.status_code == 200:
        assert name in answer.json["hent"]["limited"]
    else:
        assert (answer.status_code, answer.json["parameter"]) == (400, name)
