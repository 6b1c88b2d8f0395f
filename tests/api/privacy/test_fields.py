"""What a route may touch is what it declares: fields of queries, bodies and forms, walked over all of them."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from html.parser import HTMLParser
from types import UnionType

import pytest
from flask import Flask, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from api.openapi.description import OPERATIONS
from api.openapi.operation import Operation
from api.parse.bodies import NAMES
from api.privacy.fields import declared_fields
from api.privacy.uses import declared
from mobility.privacy.register import NOTHING
from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient, description, specs

BODIES = [one for one in OPERATIONS if one.body]
TECHNICAL = frozenset({"key"})
"""Of forms: it says of which session they are."""


def endpoint(app: Flask, path: str, method: str) -> str:
    adapter = app.url_map.bind("localhost")
    return str(adapter.match(re.sub(r"{\w+}", "x", path), method.upper())[0])


def members(model: type[BaseModel]) -> Iterator[str]:
    """Of a body, and of the bodies in it."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation):
            yield from members(inner)


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    if typing.get_origin(annotation) or isinstance(annotation, UnionType):
        for inner in typing.get_args(annotation):
            yield from models_in(inner)


class Forms(HTMLParser):
    """found: method, address and field of each form of a page, also of fields that stand elsewhere and name it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str, str]] = set()
        self.to = ("get", "")
        self.named: dict[str, tuple[str, str]] = {}
        self.elsewhere: list[tuple[str, str]] = []
        self.feed(page)
        self.found |= {(*self.named[form], name) for form, name in self.elsewhere}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "form":
            self.to = (known.get("method") or "get", (known.get("action") or "").split("?")[0])
            self.named[known.get("id") or ""] = self.to
        elif tag in {"input", "select", "textarea", "button"} and (name := known.get("name")):
            if form := known.get("form"):
                self.elsewhere.append((form, name))
            else:
                self.found.add((*self.to, name))


@pytest.mark.parametrize("one", BODIES, ids=lambda one: one.name)
def test_every_member_of_a_body_belongs_to_a_declared_processing(app: Flask, one: Operation) -> None:
    assert one.body
    with app.app_context():
        known = declared_fields(endpoint(app, one.path, one.method))
    assert set(members(one.body)) | set(re.findall(r"{(\w+)}", one.path)) <= known


@pytest.mark.parametrize("one", BODIES, ids=lambda one: one.name)
def test_a_body_of_ours_refuses_what_it_does_not_know(client: CheckedClient, one: Operation) -> None:
    assert one.body
    assert one.body.model_config["extra"] == "forbid"


def test_every_parameter_of_plan_that_we_read_is_declared(app: Flask) -> None:
    with app.app_context():
        assert declared_fields("plan.plan") >= NAMES


@pytest.mark.skipif(specs() is None, reason="HENT_SPECS is not set: there is no list of parameters to walk")
def test_every_parameter_of_the_motis_api_that_our_code_names_is_declared(app: Flask) -> None:
    read_in = [ROOT / "api" / "trips" / name for name in ("plan.py", "stops.py")]
    files = [*(ROOT / "api" / "parse").glob("*.py"), *read_in]
    code = "".join(file.read_text("utf-8") for file in files)
    for path, methods in description()["paths"].items():
        try:
            at = endpoint(app, path, "get")
        except HTTPException:  # a resource that we do not answer
            continue
        if declared(app, at) == (NOTHING,):  # the same for everybody, whatever is asked
            continue
        named = {one["name"] for one in methods.get("get", {}).get("parameters", ()) if "name" in one}
        read = {name for name in named if f'"{name}"' in code or name in NAMES}
        with app.app_context():
            assert read <= declared_fields(at), path


ASKED_ABOUT = "/remarks/new?about=stop&id=t_A"


@pytest.mark.parametrize(
    "path", ["/", "/stops", "/lines", "/counters", "/data-use", "/ranking", "/remarks", ASKED_ABOUT]
)
def test_every_field_of_a_form_is_declared_by_the_route_that_it_is_sent_to(
    app: Flask, client: CheckedClient, path: str
) -> None:
    for method, action, name in Forms(client.get(path).text).found:
        with app.app_context():
            assert name in declared_fields(endpoint(app, action or path, method)) | TECHNICAL, (path, action)


def test_a_resource_of_ours_refuses_a_parameter_that_it_does_not_know(client: CheckedClient) -> None:
    status, problem = client.refused("/api/ranking", birthday="1990-01-01")
    assert (status, problem["parameter"], problem["reason"]) == (
        400,
        "birthday",
        "n’est pas un paramètre de cette ressource",
    )


def test_a_form_refuses_a_field_that_it_does_not_know(client: CheckedClient) -> None:
    answer = client.post("/suggest", data={"text": "A", "birthday": "1990-01-01"})
    assert (answer.status_code, answer.json["errors"][0]["member"]) == (400, "birthday")


def test_the_motis_api_and_links_to_pages_ignore_what_they_do_not_know(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", birthday="1990-01-01")
    assert "birthday" not in answer["requestParameters"]
    assert client.get("/?utm_source=letter").status_code == 200


def test_a_route_is_shown_nothing_but_what_it_declares(app: Flask) -> None:
    with app.test_request_context("/api/v1/geocode?text=A&fromPlace=47.7,-3.3&language=fr"):
        assert dict(request.args) == {"text": "A", "language": "fr"}
