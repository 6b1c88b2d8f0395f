"""Jobs of a service that runs inside the tests, each a forked process of its own (tests/forked.py), with its lock, its
session and its lower rank. Services behind `hent serve` begin theirs as they do anywhere
(tests/api/feeds/test_quick_days.py, tests/api/operators/test_uploads.py and others)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from api.web.processes import NICE
from tests.forked import forked


@contextmanager
def forked_jobs() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for place in ("api.feeds.jobs", "api.portal.launch"):
            patch.setattr(f"{place}.begin_process", _begin)
        yield


def _begin(module: str, arguments: Sequence[str], config: Any, inherited: Sequence[int] = ()) -> None:
    """As `begin_process` of api/web/processes.py does, but for the imports."""
    words, given = ["-m", module, *arguments], config.model_dump_json()
    forked(words, given, stdout=subprocess.DEVNULL, inherited=inherited, nice=NICE).leave()
