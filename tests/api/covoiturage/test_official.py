"""schemathesis sends what the official file allows and forbids, and holds every answer against it."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import positive_data_acceptance

from mobility.carpool.partners import add_partner
from mobility.storage.migrate import prepare
from mobility.storage.store import open_store, sqlite_url
from tests.api.covoiturage import conftest
from tests.api.covoiturage.standard import BASE, description
from tests.api.lazy_schemas import for_test

BOUNDED = settings(max_examples=24, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
HONEST = [positive_data_acceptance]
"""A booking of a journey that there is none of is refused with 400, as the standard wants it."""


@cache
def served() -> tuple[Any, str]:
    """The application with an offer, and a partner's key."""
    held = ExitStack()
    atexit.register(held.close)
    store = open_store(sqlite_url(Path(held.enter_context(TemporaryDirectory())) / "hent.sqlite3"))
    prepare(store)
    conftest.publish(store)
    with store.writing() as connection:
        key = add_partner(connection, "Covoit'ici", conftest.NOW)
    return conftest.app_on(store, conftest.settings(calls_per_minute=1_000_000)), key


@pytest.fixture
def official(request: pytest.FixtureRequest) -> Any:
    """The file as it is; its paths stand under our base."""
    if not description():
        pytest.skip("there is no file to hold answers against: HENT_SPECS is not set")
    schema = schemathesis.openapi.from_dict({**description(), "servers": [{"url": BASE}]})
    schema.app = served()[0]
    return for_test(request, schema)


@schemathesis.pytest.from_fixture("official").parametrize()
@BOUNDED
def test_nothing_is_found_by_the_official_file(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"X-API-Key": served()[1]}, excluded_checks=HONEST)
