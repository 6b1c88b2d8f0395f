"""Which tests go to a worker of xdist together, and in which order they begin."""

from __future__ import annotations

import pytest

LONGEST = (
    "tests/browser",
    "tests/api/test_openapi.py",
    "tests/api/operators/test_page.py",
    "tests/mobility/streets/test_real_extracts.py",
    "tests/api/test_clock_jumps.py",
    "tests/api/live/test_versions.py",
    "tests/mobility/feeds/test_interleavings.py",
    "tests/mobility/routing/test_changes_counted.py",
    "tests/test_wheel.py",
)
"""Begun first, so that none of them is alone at the end while the other processor has nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has a whole file: what a file makes for all of its tests is made once."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.location[0]))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, path in enumerate(LONGEST) if item.location[0].startswith(path)), len(LONGEST))
