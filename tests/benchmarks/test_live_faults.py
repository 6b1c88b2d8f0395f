"""What is told of the versions that came into force while files came in quick turn."""

from __future__ import annotations

from benchmarks.live_faults import in_force


def test_processor_time_is_told_of_each_version() -> None:
    assert in_force(40, 1.0) == "40 versions in force, 25 ms of processor time each"


def test_no_version_is_told_as_none() -> None:
    assert in_force(0, 1.25) == "no version in force, 1250 ms of processor time"
