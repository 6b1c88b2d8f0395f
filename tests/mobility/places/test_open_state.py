"""Until when a counter is open, and when it opens again."""

from __future__ import annotations

from datetime import datetime

import pytest

from mobility.places.hours import OpenState, open_state

WEEK = "Mo-Fr 08:00-12:00,14:00-18:30; Sa 09:00-12:30"


@pytest.mark.parametrize(
    ("hours", "at", "told"),
    [
        (WEEK, "2026-11-24T08:00", OpenState(True, "12:00")),
        (WEEK, "2026-11-24T18:29", OpenState(True, "18:30")),
        (WEEK, "2026-11-24T12:00", OpenState(False, "", 0, "14:00")),
        (WEEK, "2026-11-24T18:30", OpenState(False, "", 1, "08:00")),
        (WEEK, "2026-11-28T12:30", OpenState(False, "", 2, "08:00")),
        ("Mo-Su 18:00-02:00", "2026-11-24T23:00", OpenState(True, "02:00")),
        ("24/7", "2026-11-24T03:00", OpenState(True)),
        ("Mo 08:00-12:00", "2026-11-24T08:00", OpenState(False, "", 6, "08:00")),
        ("Mo-Su off", "2026-11-24T08:00", OpenState(False)),
        ("PH off", "2026-11-24T08:00", None),
    ],
)
def test_a_counter_is_open_until_or_opens_again(hours: str, at: str, told: OpenState | None) -> None:
    assert open_state(hours, datetime.fromisoformat(at)) == told
