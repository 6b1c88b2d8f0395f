"""Each fault that a body of ours can have has a sentence: the codes are those of the core schemas of all bodies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from api.covoiturage import bodies as _of_the_standard
from api.parse import bodies
from api.parse.bodies import CALLED, CHOICES, Body, LenientBody, read_body
from api.parse.bodies import carpool as _of_carpool  # noqa: F401
from api.parse.bodies import operators as _of_operators  # noqa: F401
from api.parse.bodies import refresh as _of_refresh  # noqa: F401
from api.parse.value_faults import RequestFault
from api.web.errors import BodyFault, InvalidBody
from api.web.refusals import refusal_texts
from mobility.value_faults import ValueFault
from tests.api.motis import CheckedClient

FAULTS_OF: Mapping[str, Mapping[str, str]] = {
    "bool": {"": "bool_type"},
    "date": {"": "date_type", " ": "date_parsing"},
    "float": {
        "": "float_type",
        "ge": "greater_than_equal",
        "le": "less_than_equal",
        "allow_inf_nan": "finite_number",
    },
    "int": {"": "int_type", "ge": "greater_than_equal", "le": "less_than_equal"},
    "list": {"": "list_type", "min_length": "too_short", "max_length": "too_long"},
    "literal": {"": "literal_error"},
    "model": {"": "model_type"},
    "model-fields": {"extra_behavior": "extra_forbidden", "": "missing"},
    "str": {
        "": "string_type",
        "min_length": "string_too_short",
        "max_length": "string_too_long",
        "pattern": "string_pattern_mismatch",
    },
    "tuple": {"": "tuple_type", "min_length": "too_short", "max_length": "too_long"},
}
"""What pydantic's strict validation of JSON can say, by the kind of a core schema and the bound that it has
(https://docs.pydantic.dev/latest/errors/validation_errors/); "" and " ": always."""
HOLDERS = {"default", "definition-ref", "definitions", "function-after", "function-before", "model-field", "nullable"}
"""These say nothing themselves; our own validators raise what `refused` makes of a RequestFault."""


SAID_BESIDE = {"metadata", "serialization", "function"}
"""Members of a core schema that hold no value of a body."""


OF_THE_SERVICE = (bodies.__name__, _of_the_standard.__name__)
"""No body of a test."""
OURS = {one.code for faults in (RequestFault, ValueFault) for one in faults}


def below(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in of.__subclasses__():
        yield one
        yield from below(one)


EVERY = [one for of in (Body, LenientBody) for one in below(of) if one.__module__.startswith(OF_THE_SERVICE)]
"""Those of the standard covoiturage, too: its errors have a shape of their own, and the same sentences."""


def schemas(part: Any) -> Iterator[Mapping[str, Any]]:
    """A core schema and all that it holds."""
    if isinstance(part, Mapping):
        if isinstance(part.get("type"), str):
            yield part
        held: Iterable[Any] = (
            one for name, one in part.items() if name not in ("metadata", "serialization", "function")
        )
    else:
        held = part if isinstance(part, list | tuple) else ()
    for one in held:
        yield from schemas(one)


def codes(model: type[BaseModel]) -> Iterator[str]:
    for schema in schemas(model.__pydantic_core_schema__):
        if schema["type"] not in HOLDERS:
            faults = FAULTS_OF[schema["type"]]
            yield from (code for bound, code in faults.items() if not bound.strip() or schema.get(bound) is not None)


def told_codes() -> set[str]:
    """Of all bodies, less what is told by a reason of ours."""
    return {code for one in EVERY for code in codes(one)} - CALLED.keys() - CHOICES


@pytest.mark.parametrize("language", ["fr", "br"])
def test_every_fault_of_a_body_has_a_sentence_and_no_other_code_of_models_has_one(language: str) -> None:
    texts = refusal_texts(language)
    assert texts is not None
    assert texts.sections["reasons"].keys() - OURS == told_codes()
    assert len(EVERY) > 15


WRONG = (
    None,
    True,
    -1,
    1.5,
    float("nan"),
    10**30,
    "",
    "x",
    "0" * 2000,
    "25:99",
    "2026-13-45",
    "2026-01-13T07:05",
    [],
    [1],
    {},
)
"""What no member is, or only some are."""


def faults(model: type[BaseModel]) -> Iterator[BodyFault]:
    for name, field in model.model_fields.items():
        for value in WRONG:
            try:
                read_body(model, json.dumps({field.alias or name: value}).encode())
            except InvalidBody as error:
                yield from error.faults


def test_no_value_finds_a_fault_that_the_schemas_do_not_know() -> None:
    found = {one.code for model in EVERY for one in faults(model)}
    assert found - told_codes() - OURS == set()
    assert len(found) > 15


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "est un de any, preferred, needed, strict"),
        ("br", "unan eus any, preferred, needed, strict eo"),
        ("en", "is one of any, preferred, needed, strict"),
    ],
)
def test_what_there_is_to_choose_from_has_no_word_of_another_language(
    client: CheckedClient, language: str, told: str
) -> None:
    body = {"fromPlace": "t_A", "toPlace": "t_C", "stepFree": "perhaps"}
    (fault,) = client.post("/api/trips", json=body, headers={"Accept-Language": language}).json["errors"]
    assert fault == {"member": "stepFree", "reason": told}
