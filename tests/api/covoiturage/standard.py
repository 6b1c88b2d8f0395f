"""A partner's client that holds every answer against the official description ($HENT_SPECS)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from flask.testing import FlaskClient
from openapi_schema_validator import OAS30Validator
from werkzeug.test import TestResponse

from tests.api.motis import specs

Json = Any
BASE = "/covoiturage/v1"
FILE = "standard-covoiturage_openapi.yaml"


@cache
def description() -> Json:
    folder = specs()
    return yaml.safe_load((folder / FILE).read_text("utf-8")) if folder else None


def template(path: str) -> str:
    name = path.removeprefix(BASE)
    return (
        "/bookings/{bookingId}" if name.startswith("/bookings/") else name if name in description()["paths"] else None
    )


def faults(path: str, method: str, status: int, answer: TestResponse) -> Iterator[str]:
    """Where an answer differs from what the description says of it."""
    known = template(path)
    responses = description()["paths"].get(known, {}).get(method, {}).get("responses")
    if responses is None:
        return
    told = {int(code): response for code, response in responses.items()}.get(status)
    if told is None:
        yield f"{status} is no answer of {method} {known}"
        return
    if "$ref" in told:
        told = description()["components"]["responses"][told["$ref"].rpartition("/")[2]]
    if not answer.is_json:
        yield f"{answer.content_type} is not JSON"
    schema = told.get("content", {}).get("application/json", {}).get("schema")
    if schema:
        yield from (
            f"{list(error.absolute_path)}: {error.message}" for error in _validator(schema).iter_errors(answer.json)
        )


def _validator(schema: Json) -> OAS30Validator:
    """References count from the top, where the components must stand."""
    return OAS30Validator({"allOf": [schema], "components": description()["components"]})


class Partner(FlaskClient):
    """key: sent where it is not empty. language: in which refusals are asked for."""

    key, language = "", "en"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = {"Accept-Language": self.language} | ({"X-API-Key": self.key} if self.key else {})
        answer = super().open(*args, headers=headers | kwargs.pop("headers", {}), **kwargs)
        if description() and answer.status_code != 405:
            found = list(faults(answer.request.path, answer.request.method.lower(), answer.status_code, answer))
            assert not found, found
        return answer

    def ask(self, name: str, **parameters: Any) -> Json:
        answer = self.get(f"{BASE}/{name}", query_string=parameters)
        assert answer.status_code == 200, answer.json
        return answer.json

    def refused(self, name: str, **parameters: Any) -> tuple[int, str]:
        answer = self.get(f"{BASE}/{name}", query_string=parameters)
        assert list(answer.json or {}) == ["error"]
        return answer.status_code, str((answer.json or {})["error"])
