"""What tests of every folder may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.commands.kernels.questions import kernels
from api.web.spaces import NO_BREAK
from gtfs.compiler import index_of
from tests.applications import made_once
from tests.forked import forking
from tests.forked_jobs import forked_jobs
from tests.groups import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.shapes import held_against_its_shape
from tests.shared_folder import shared_folder
from tests.skips import pytest_sessionfinish, pytest_unconfigure
from tests.storage import cluster, empty_url, prepared_file, store, store_url

__all__ = [
    "answers_as_described", "cluster", "empty_url", "environment_as_it_was", "kernels_without_tests", "prepared_file",
    "pytest_collection_modifyitems", "pytest_sessionfinish", "pytest_unconfigure", "pytest_xdist_make_scheduler",
    "spaces_as_typed", "store", "store_url",
]  # fmt: skip
OF_PYTEST = {"PYTEST_CURRENT_TEST"}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Tests and modules stay to the end: the collector of garbage walks over none of their 600 000 objects again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def kernels_without_tests() -> Iterator[None]:
    """A kernel that was compiled for a type of the tests is kept on disk by that name, and no service could read it."""
    yield
    kept = {name: index_of(kernel._cache) for name, kernel in kernels().items()}
    assert not [name for name, index in kept.items() if index.is_file() and b"tests." in index.read_bytes()]


@pytest.fixture(autouse=True)
def environment_as_it_was() -> Iterator[None]:
    """What one test leaves there reaches every later one of the same worker, and each process that they start."""
    before = dict(os.environ)
    yield
    after = dict(os.environ)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= OF_PYTEST


@pytest.fixture(scope="session", autouse=True)
def applications_share_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with made_once(shared_folder(tmp_path_factory, "templates", lambda folder: None)), forking(), forked_jobs():
        yield


@pytest.fixture(scope="session", autouse=True)
def spaces_as_typed() -> Iterator[None]:
    """Tests are typed with the spaces of a keyboard, as catalogues are; tests/api/test_spaces.py holds what is sent."""
    sent, printed = TestResponse.get_data, {name: getattr(Result, name).fget for name in ("output", "stdout")}

    def typed(answer: TestResponse, as_text: bool = False) -> Any:
        found = sent(answer, as_text)
        if not any(kind in answer.mimetype for kind in ("text", "json", "xml")):
            return found
        return found.replace(*((NO_BREAK, " ") if as_text else (NO_BREAK.encode(), b" ")))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestResponse, "get_data", typed)
        for name, told in printed.items():
            patch.setattr(Result, name, property(lambda result, told=told: told(result).replace(NO_BREAK, " ")))
        yield


@pytest.fixture(scope="session", autouse=True)
def answers_as_described() -> Iterator[None]:
    """Whatever test client asks: an answer with a member that its shape does not name fails the test."""
    plain = FlaskClient.open

    def held(client: FlaskClient, *args: Any, **kwargs: Any) -> TestResponse:
        answer = plain(client, *args, **kwargs)
        held_against_its_shape(client, answer)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FlaskClient, "open", held)
        yield
