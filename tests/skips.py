"""The last words of a run: how many tests were skipped, and why. Where HENT_NO_SKIPS is set, as in .ci/run, a skipped
test is a failure."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("HENT_NO_SKIPS") and exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    reasons = Counter(_reason(one) for one in _skipped(config))
    reporter.write_line(f"{sum(reasons.values())} tests skipped")
    for reason, count in sorted(reasons.items()):
        reporter.write_line(f"  {count}: {reason}")


def _skipped(config: pytest.Config) -> list[pytest.TestReport]:
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter is not None else []


def _reason(skipped: pytest.TestReport) -> str:
    told = skipped.longrepr
    return str(told[2] if isinstance(told, tuple) else told).removeprefix("Skipped: ")
