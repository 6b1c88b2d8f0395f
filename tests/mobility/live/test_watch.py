"""Who watches is told when a source dies or a feed no longer fits the timetable, and when that is over."""

from __future__ import annotations

from typing import Any

import pytest

from mobility.live.watch import LiveAlarm, usual_after, watched

NOW = 1_780_466_100


def told(updates: int = 0, matched: int = 0, usual: float | None = None, **source: object) -> dict[str, Any]:
    """As the writer tells it, of one source of one feed; five minutes are too old."""
    known = {"feed": "t", "kinds": ["trip_updates"], "madeAt": NOW - 20, "fault": "", "staleS": 300, "counts": {}}
    report = {"feed": "t", "updates": updates, "matched": matched, "usualRate": usual, "reasons": {"unknown_trip": 2}}
    return {"beganAt": NOW - 3600, "sources": [known | source], "feeds": [report]}


def alarms(**said: Any) -> tuple[LiveAlarm, ...]:
    (found,) = watched(told(**said), NOW)
    return found.alarms


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"madeAt": NOW - 300}, ()),
        ({"madeAt": NOW - 301}, (LiveAlarm.SILENT,)),
        ({"madeAt": NOW - 3600, "kinds": ["alerts"]}, ()),
        ({"madeAt": NOW - 3601, "kinds": ["alerts"]}, (LiveAlarm.SILENT,)),
        ({"madeAt": None, "fault": "no answer"}, (LiveAlarm.SILENT,)),
        ({"madeAt": None}, ()),
    ],
)
def test_a_source_is_silent_when_what_it_said_is_too_old_to_be_told(said: Any, expected: object) -> None:
    assert alarms(**said) == expected


@pytest.mark.parametrize(
    ("updates", "matched", "usual", "expected"),
    [
        (100, 95, 0.96, ()),
        (100, 75, 0.96, (LiveAlarm.UNMATCHED,)),
        (100, 75, 0.8, ()),
        (100, 49, None, (LiveAlarm.UNMATCHED,)),
        (9, 0, 0.96, ()),
    ],
)
def test_a_feed_no_longer_fits_when_fewer_are_matched_than_usual(
    updates: int, matched: int, usual: float | None, expected: object
) -> None:
    assert alarms(updates=updates, matched=matched, usual=usual) == expected


def test_what_is_usual_follows_slowly_and_more_slowly_what_is_an_alarm() -> None:
    assert usual_after(None, 100, 90) == 0.9
    assert usual_after(None, 9, 9) is None
    assert usual_after(0.9, 100, 80) == pytest.approx(0.898)
    assert usual_after(0.9, 100, 60) == pytest.approx(0.89985)


def test_reasons_of_files_and_of_updates_stand_together() -> None:
    (found,) = watched(told(100, 98, counts={"older_than_before": 3}), NOW)
    assert (found.rate, dict(found.reasons)) == (0.98, {"unknown_trip": 2, "older_than_before": 3})
