"""Which tests go to a worker of xdist together, and in which order they begin.

`--dist loadgroup` of xdist 3.8 writes a test's group where pytest 9.2 keeps no names: each test would be dealt out by
itself, and every worker would make what a file makes for all of its tests.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST = (
    "tests/api/test_openapi.py",
    "tests/api/portal/",
    "tests/api/covoiturage/test_official.py",
    "tests/browser",
    "tests/api/commands/test_kernels.py",
    "tests/mobility/routing/test_changes_counted.py",
    "tests/mobility/streets/test_real_extracts.py",
    "tests/api/commands/test_backup.py",
    "tests/api/commands/test_territory.py",
    "tests/api/privacy/test_canary.py",
    "tests/api/test_clock_jumps.py",
    "tests/api/operators/test_page.py",
    "tests/api/live/test_versions.py",
    "tests/mobility/feeds/test_interleavings.py",
    "tests/test_wheel.py",
)
"""Begun first, so that none of them is alone at the end while the other processor has nothing to do: what takes longest
as a whole file, or waits longest."""
TOGETHER = (
    ("tests/api/portal/",),
    ("tests/api/test_client.py", "tests/api/live/test_probes.py"),
)
"""Files that share what is costly to make: all files of the demo's open data; the client that npm installs."""


class WholeFiles(LoadScopeScheduling):
    """One worker has a whole file: what a file makes for all of its tests is made once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((group[0] for group in TOGETHER if file.startswith(group)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFiles:
    return WholeFiles(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, path in enumerate(LONGEST) if item.location[0].startswith(path)), len(LONGEST))
