"""The description of what is ours is valid, and neither it nor the MOTIS API's finds us at fault.

schemathesis sends what the descriptions allow and what they forbid, and holds every answer against them.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from api.openapi import OPERATIONS
from mobility.places.build import build as build_places
from tests.api.conftest import LINES, STOPS, app_of
from tests.api.motis import CheckedClient, description, specs
from tests.town import town

ANSWERED = (
    "/api/v6/plan",
    "/api/v6/stoptimes",
    "/api/v6/trip",
    "/api/v6/refresh-itinerary",
    "/api/v6/stop",
    "/api/v6/map/stops",
    "/api/v6/one-to-all",
    "/api/v1/geocode",
    "/api/v1/reverse-geocode",
    "/api/v1/map/initial",
    "/api/v1/rentals",
    "/api/v1/health",
)
BOUNDED = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
TOO_LOOSE = [positive_data_acceptance, negative_data_rejection]
"""The MOTIS description calls a coordinate any text, and we ignore parameters that change nothing here."""


@cache
def served() -> Flask:
    territory = town(STOPS, LINES)
    return app_of(replace(territory, places=build_places(territory.network)))


def motis() -> Any:
    """The part of the MOTIS description that we answer, its errors as problems too."""
    told = copy.deepcopy(description()) if specs() else {"openapi": "3.1.0", "info": {"title": "", "version": ""}}
    told.pop("servers", None)
    told["paths"] = {path: methods for path, methods in told.get("paths", {}).items() if path in ANSWERED}
    told["paths"].get("/api/v6/refresh-itinerary", {}).pop("post", None)
    for answers in [method["responses"] for methods in told["paths"].values() for method in methods.values()]:
        for status, answer in answers.items():
            if status >= "400" and "content" in answer:
                answer["content"]["application/problem+json"] = answer["content"]["application/json"]
    schema = schemathesis.openapi.from_dict(told)
    schema.app = served()
    return schema


OURS, MOTIS = schemathesis.openapi.from_wsgi("/openapi.json", served()), motis()


@OURS.parametrize()
@BOUNDED
def test_nothing_is_found_at_what_is_ours(case: schemathesis.Case) -> None:
    case.call_and_validate()


@pytest.mark.skipif(specs() is None, reason="HENT_SPECS is not set: there is no description to hold answers against")
@MOTIS.parametrize()
@BOUNDED
def test_nothing_is_found_at_the_motis_api(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=TOO_LOOSE)


def test_the_description_is_valid(client: CheckedClient) -> None:
    OpenAPIV31SpecValidator(client.ask("/openapi.json")).validate()


def test_every_resource_of_ours_is_described() -> None:
    ours = {
        rule.rule.replace("<name>", "{name}") for rule in served().url_map.iter_rules() if "version" not in rule.rule
    }
    assert ours - {"/", "/openapi.json", "/static/<path:filename>"} == {one.path for one in OPERATIONS}
