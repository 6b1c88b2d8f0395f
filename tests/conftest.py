"""What tests of every folder may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage import cluster, empty_url, store, store_url

__all__ = ["cluster", "empty_url", "kernels_without_tests", "store", "store_url"]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def kernels_without_tests() -> Iterator[None]:
    """A kernel that was compiled for a type of the tests is kept on disk by that name, and no service could read it."""
    yield
    kept = [index for folder in ("mobility", "gtfs") for index in (ROOT / folder).rglob("*.nbi")]
    assert not [index.name for index in kept if b"tests." in index.read_bytes()]
