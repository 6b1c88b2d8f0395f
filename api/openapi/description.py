"""OpenAPI 3.1 of what is ours, generated from the models. The MOTIS API has its own description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.openapi.carpool import CARPOOL
from api.openapi.data import DATA
from api.openapi.operation import JSON, Operation
from api.openapi.operators import OPERATORS
from api.openapi.responses import DataUseRegister, Notes, Problem, ProblemType, Ranking
from api.openapi.responses.health import Live, Ready
from api.openapi.responses.motis import NOTES
from api.openapi.responses.statistics import Statistics
from api.openapi.responses.trips import TripsAnswer
from api.openapi.rights import RIGHTS
from api.parse.bodies import TripsRequest
from api.problems import COME_AGAIN
from api.web.errors import MEDIA_TYPE

Json = dict[str, Any]
MOTIS = "https://github.com/motis-project/motis/blob/master/openapi.yaml"
DESCRIPTION = """Journey planner of a territory: what is ours of it. Trips, stops and places answer beside it as the
MOTIS API, /api/v1 to /api/v6 (externalDocs), rides for other carpool operators as the standard covoiturage,
/covoiturage/v1 (https://github.com/fabmob/standard-covoiturage). docs/api.md, with the source, lists every resource
with an example."""
REF = "#/components/schemas/{model}"
PARAMETER, IN_RULE = re.compile(r"{(\w+)}"), re.compile(r"<(?:[^<>]+:)?(\w+)>")
BEARERS = {
    "session": {"type": "http", "scheme": "bearer", "description": "of a session: POST /api/carpool/sessions"},
    "operator": {"type": "http", "scheme": "bearer", "description": "of an operator: hent operators add"},
}


OPERATIONS = (
    Operation(
        "post",
        "/api/trips",
        "trips",
        "A trip query with no place in the address: the parameters of the MOTIS API's plan as a body, the same answer.",
        TripsAnswer,
        TripsRequest,
        refusals=(400, 404, 413, 415, 429, 503),
        example='{"fromPlace": "47.7553,-3.3637", "toPlace": "lorient_port-louis-la-pointe", "profile": "family"}',
    ),
    Operation(
        "get", "/api/ranking", "ranking", "How options are chosen and ordered; nobody pays for a place.", Ranking
    ),
    Operation("get", "/api/data-use", "dataUse", "What is done with personal data: the register.", DataUseRegister),
    Operation(
        *("get", "/api/statistics", "statistics", "How often trips are looked for: the last 24 hours, or a `day`."),
        answer=Statistics,
        refusals=(400, 503),
    ),
    Operation("get", "/problems", "problems", "Every type of problem that an answer may have.", ProblemType, many=True),
    Operation("get", "/problems/{name}", "problem", "One type of problem.", ProblemType, refusals=(404,)),
    Operation("get", "/health/live", "live", "Whether this process answers.", Live),
    Operation("get", "/health/ready", "ready", "Whether a network is in service.", Ready, refusals=(503,)),
    *CARPOOL,
    *RIGHTS,
    *DATA,
    *OPERATORS,
)


def description(rules: Iterable[str]) -> Json:
    """Of those that are there alone: the config may switch features off. rules: paths as Flask writes them."""
    there = set(map(path_of, rules))
    return document(tuple(one for one in OPERATIONS if one.path in there))


def path_of(rule: str) -> str:
    """As OpenAPI writes it: `/jobs/{id}` for `/jobs/<id>`."""
    return IN_RULE.sub(r"{\1}", rule)


@cache
def document(operations: Sequence[Operation]) -> Json:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hent",
            "version": version("hent"),
            "description": DESCRIPTION,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "externalDocs": {"url": MOTIS, "description": "The MOTIS API: what is asked under /api/v1 to /api/v6."},
        "paths": _paths(operations),
        "components": {"schemas": _schemas(operations), "securitySchemes": BEARERS},
    }


def _paths(operations: Sequence[Operation]) -> Json:
    paths: Json = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method] = _operation(one)
    return paths


def _operation(one: Operation) -> Json:
    told: Json = {"operationId": one.name, "summary": one.summary}
    names = [*map(_in_path, PARAMETER.findall(one.path)), *map(_in_query, one.query)]
    if names:
        told["parameters"] = names
    if one.bearer:
        told["security"] = [{one.bearer: []}]
    if one.body:
        example = {"example": orjson.loads(one.example)} if one.example else {}
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": _reference(one.body), **example}}}
    if one.upload:
        told["requestBody"] = {"required": True, "content": {one.upload: {}}}
    told["responses"] = {**_answers(one), **{str(status): _refusal(status) for status in one.refusals}}
    return told


def _answers(one: Operation) -> Json:
    content = {media_type: _content(one) for media_type in one.media}
    found: Json = {str(one.status): {"description": "the answer", "content": content}}
    if one.ranges:
        found["206"] = {"description": "the part that Range names", "content": content}
        found["416"] = _refusal(416)
    if one.conditional:
        found["304"] = {"description": "unchanged since the ETag or the date that was sent"}
    return found


def _content(one: Operation) -> Json:
    if one.answer is None:
        return {}
    schema = _reference(one.answer)
    return {"schema": {"type": "array", "items": schema} if one.many else schema}


def _in_path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _in_query(told: str) -> Json:
    name, _, values = told.partition("=")
    schema: Json = {"type": "string"} | ({"enum": values.split("|")} if values else {})
    return {"name": name, "in": "query", "schema": schema}


def _refusal(status: int) -> Json:
    told: Json = {"description": "a problem (RFC 9457)", "content": {MEDIA_TYPE: {"schema": _reference(Problem)}}}
    if status in COME_AGAIN:
        told["headers"] = {"Retry-After": {"description": "seconds", "schema": {"type": "integer", "minimum": 1}}}
    return told


def _reference(model: type[BaseModel]) -> Json:
    return {"$ref": REF.format(model=model.__name__)}


def _schemas(operations: Sequence[Operation]) -> Json:
    answers: set[type[BaseModel]] = {Problem, Notes, *NOTES, *(one.answer for one in operations if one.answer)}
    bodies = {one.body for one in operations if one.body}
    named: Iterator[Any] = (
        (model, mode)
        for models, mode in ((bodies, "validation"), (answers, "serialization"))
        for model in sorted(models, key=lambda model: model.__name__)
    )
    _, schemas = models_json_schema(list(named), by_alias=True, ref_template=REF)
    found: Json = schemas["$defs"]
    for model in answers - {Notes, *NOTES}:
        found[model.__name__]["properties"].setdefault("hent", _reference(Notes))
    return found
