from __future__ import annotations

import pytest

from gtfs.counted import counted


@pytest.mark.parametrize(
    ("number", "things", "told"),
    [(0, "", "0 stops"), (1, "", "1 stop"), (2, "", "2 stops"), (1, "people", "1 stop"), (3, "people", "3 people")],
)
def test_one_thing_is_told_as_one(number: int, things: str, told: str) -> None:
    assert counted(number, "stop", things) == told
