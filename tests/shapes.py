"""Every JSON answer of our own resources is held against its described shape, in which no other member may be.

The description that is served lets answers grow (`additionalProperties: true`); in the tests nothing grows unnoticed.
What is the MOTIS API's own (a leg, an itinerary) has a description of its own; what stands under `hent` is ours.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match
from pydantic import ValidationError as ValidationFault
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from api.openapi.description import OPERATIONS, document, path_of
from api.openapi.operation import JSON, Operation
from api.openapi.responses import Notes, Shape
from api.openapi.responses.legs import LegNotes
from api.openapi.responses.motis import (
    BoardNotes,
    MatchNotes,
    PlaceNotes,
    ReachNotes,
    RefreshedNotes,
    RentalSystemNotes,
    RunNotes,
    StationNotes,
    StepNotes,
    VehicleNotes,
    ZoneNotes,
    ZoneRuleNotes,
)

Json = Any
OF_MOTIS = {"TripsAnswer", "Itinerary", "Leg", "Place", "Polyline"}
"""Shapes that only say which of the MOTIS API's members are always there."""
GROWS = {"Problem", "ProblemType", "FailedJob"}
"""RFC 9457 lets a problem have the members of its type; docs/problems.md has them."""
PLANS, OF_MOTIS_PATHS = "/api/v{version}/plan", ("/api/v{version}/", "/api/experimental/")


@cache
def strict() -> Json:
    """The description with every shape of ours closed."""
    told = copy.deepcopy(document(OPERATIONS))
    for name, schema in told["components"]["schemas"].items():
        if name not in OF_MOTIS | GROWS and "properties" in schema:
            schema["additionalProperties"] = False
    return told


@cache
def validator(name: str, many: bool = False) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resource("ours:", DRAFT202012.create_resource(strict()))
    return Draft202012Validator(_reference(name, many), registry=registry)


@cache
def quick_validator(name: str, many: bool = False) -> jsonschema_rs.Draft202012Validator:
    """Says the same in a hundredth of the time, and less of what is wrong."""
    registry = jsonschema_rs.Registry([("ours:", strict())])
    return jsonschema_rs.Draft202012Validator(_reference(name, many), registry=registry)


def _reference(name: str, many: bool) -> Json:
    reference = {"$ref": f"ours:#/components/schemas/{name}"}
    return {"type": "array", "items": reference} if many else reference


def stray(name: str, body: Json, many: bool = False) -> list[str]:
    """Where a body differs from the shape of that name."""
    if quick_validator(name, many).is_valid(body):
        return []
    return [_told(deepest(error)) for error in validator(name, many).iter_errors(body)]


def deepest(error: ValidationError) -> ValidationError:
    """Of an `anyOf` the fault inside, which names the member, not the whole of what was refused."""
    inner = best_match([error])
    return inner or error


def _told(error: ValidationError) -> str:
    return f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def operation(app: Flask, method: str, path: str) -> tuple[str, Operation | None]:
    """The rule of an address as OpenAPI writes it, and what is described of it."""
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method=method, return_rule=True)
    except HTTPException:
        return "", None
    told = path_of(rule.rule)
    found = (one for one in OPERATIONS if (one.path, one.method) == (told, method.lower()))
    return told, next(found, None)


def undescribed(app: Flask, answer: TestResponse) -> Iterator[str]:
    """What of an answer is not described."""
    if answer.mimetype != JSON or answer.status_code >= 400 or answer.content_encoding:
        return
    path, known = operation(app, answer.request.method, answer.request.path)
    if known and known.answer and answer.status_code == known.status:
        yield from stray(known.answer.__name__, answer.json, known.many)
    if path == PLANS:
        yield from of_a_plan(answer.json)
    elif path.startswith(OF_MOTIS_PATHS):
        yield from of_others(answer.json)


def of_a_plan(body: Json) -> Iterator[str]:
    """What stands under `hent` in an answer of the MOTIS API's plan."""
    yield from stray("AnswerNotes", body["hent"])
    for itinerary in (*body["itineraries"], *body["direct"]):
        yield from stray("ItineraryNotes", itinerary["hent"])
        for leg in itinerary["legs"]:
            yield from stray("LegNotes", leg["hent"])


def of_others(body: Json, answer: bool = True) -> Iterator[str]:
    """What stands under `hent` in whatever the other resources of the MOTIS API tell. answer: the whole of one."""
    for one in body if isinstance(body, list) else [body]:
        if not isinstance(one, dict):
            continue
        if "hent" in one:
            shape = shape_of(one, answer)
            known = {field.alias or name for name, field in shape.model_fields.items()}
            yield from (f"{shape.__name__}: {name} is not described" for name in one["hent"].keys() - known)
            yield from faults_of(shape, one["hent"])
        for inner in (value for name, value in one.items() if name != "hent"):
            yield from of_others(inner, answer=False)


def shape_of(one: Json, answer: bool) -> type[Shape]:
    """By the members of the MOTIS API that only such an object has."""
    if "legs" in one:
        return RefreshedNotes if "tight" in one["hent"] else RunNotes
    marks: tuple[tuple[str, type[Shape]], ...] = (
        ("legGeometry", LegNotes),
        ("tokens", MatchNotes),
        ("tripTo", BoardNotes),
        ("polyline", VehicleNotes),
        ("relativeDirection", StepNotes),
        ("vertexType", PlaceNotes),
        ("numVehiclesAvailable", StationNotes),
        ("rideStartAllowed", ZoneRuleNotes),
        ("area", ZoneNotes),
        ("defaultRestrictions", RentalSystemNotes),
        ("all", ReachNotes),
    )
    return next((shape for mark, shape in marks if mark in one), Notes if answer else Undescribed)


class Undescribed(Shape):
    """Nothing may stand under `hent` there."""


def faults_of(shape: type[Shape], notes: Json) -> Iterator[str]:
    try:
        shape.model_validate(notes)
    except ValidationFault as fault:
        yield from (f"{shape.__name__}: {one['loc']} {one['msg']}" for one in fault.errors(include_url=False))


def held_against_its_shape(client: FlaskClient, answer: TestResponse) -> None:
    found = list(undescribed(client.application, answer))
    assert not found, f"{answer.request.path}: {found[:5]}"
