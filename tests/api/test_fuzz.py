"""Whatever a query, form, body or header holds, it is answered or refused: nothing answers 500, nothing hangs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mobility.privacy.register import REGISTER
from tests.api.test_openapi import served

BOUNDED = settings(
    max_examples=150, deadline=timedelta(seconds=10), derandomize=True, suppress_health_check=list(HealthCheck)
)
NAMES = sorted({member for one in REGISTER for member in one.members if not member.startswith("<")})
LIKELY = (
    *(
        "t_A",
        "t_C",
        "47.75,-3.36",
        "47.75,-3.36,1",
        "91,0",
        "nan,nan",
        "true",
        "0",
        "-1",
        "1e9",
        "2026-06-03T08:00:00Z",
    ),
    *(
        "2026-6-3T7:05",
        "2026-06-03",
        "9999-12-31T23:59:59+14:00",
        "LATER|1780473599",
        "WALK,TRANSIT",
        "family",
        "",
        "\0",
    ),
)
VALUES = st.one_of(st.sampled_from(LIKELY), st.text(max_size=30), st.integers().map(str), st.floats().map(str))
FIELDS = st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), VALUES, max_size=8)
HEADERS = st.dictionaries(
    st.sampled_from(("Accept-Language", "Authorization", "X-API-Key", "Accept", "Cookie", "Origin", "Sec-Fetch-Site")),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    max_size=3,
)
ENDS = {"fromPlace": "t_A", "toPlace": "t_C"}
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), VALUES),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)),
    max_leaves=8,
)
WRITES = "POST", "PATCH", "DELETE"


def routes(*methods: str) -> SearchStrategy[tuple[str, str]]:
    """Rule and method, known where they are asked for: no worker of xdist loads a feed to collect tests."""
    return st.deferred(lambda: st.sampled_from(sorted({*known(*methods)})))


def known(*methods: str) -> Iterator[tuple[str, str]]:
    for rule in served().url_map.iter_rules():
        if rule.endpoint != "static":
            yield from ((rule.rule, method) for method in (rule.methods or set()).intersection(methods))


def client() -> FlaskClient:
    return FlaskClient(served())


def address(rule: str, part: str) -> str:
    """A route with each of its variable parts filled in."""
    pieces = rule.split("<")
    filled = [pieces[0]] + ["6" + one.split(">")[1] if "int" in one else part + one.split(">")[1] for one in pieces[1:]]
    return "".join(filled)


@given(route=routes("GET"), part=st.sampled_from(("t_A", "x", "%00", "ä", "..")), fields=FIELDS, headers=HEADERS)
@BOUNDED
def test_every_address_is_answered(
    route: tuple[str, str], part: str, fields: dict[str, str], headers: dict[str, str]
) -> None:
    answer = client().get(address(route[0], part), query_string=fields, headers=headers)
    assert answer.status_code not in range(500, 503), (route, answer.text)


@given(fields=FIELDS)
@BOUNDED
def test_every_trip_query_is_answered(fields: dict[str, str]) -> None:
    assert client().get("/api/v6/plan", query_string=ENDS | fields).status_code in (200, 400, 404)


@given(route=routes(*WRITES), body=JSON, headers=HEADERS)
@BOUNDED
def test_every_body_is_answered(route: tuple[str, str], body: object, headers: dict[str, str]) -> None:
    sent = {"data": json.dumps(body), "content_type": "application/json", "headers": headers}
    answer = client().open(address(route[0], "x"), method=route[1], **sent)
    assert answer.status_code not in range(500, 503), (route, answer.text)


@given(route=routes(*WRITES), fields=FIELDS, headers=HEADERS)
@BOUNDED
def test_every_form_is_answered(route: tuple[str, str], fields: dict[str, str], headers: dict[str, str]) -> None:
    answer = client().open(address(route[0], "x"), method=route[1], data=fields, headers=headers)
    assert answer.status_code not in range(500, 503), (route, answer.text)
