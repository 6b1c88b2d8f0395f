"""A version that differs from the one before in times alone is laid out from that one, and tells what it would tell by
itself; any other is laid out anew."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from mobility.network.live import LiveNetwork, with_changes
from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import Now, update

TIMETABLE = """
    Bus b1: A 8:00 > B 8:10
    Bus b2: B 8:10 > C 8:20
    Bus b3: E 8:10 > C 8:20
    Tram t1: A 8:00 > F 8:20 > D 8:30
    Tram t2: A 9:00 > F 9:20 > D 9:30
"""
MONDAY_ALONE = {"daily": "1" + "0" * 13}
ON_BOARD = {"b1": 7, "b2": 7}
FIRST = (update("b1", "A dep+60"), update("t1", "A dep+60", "F SKIPPED"), update("t2", "A dep+60"))
LATER = (update("b1", "A dep+600"), update("t1", "A dep+120", "F SKIPPED"), update("t2", "A dep-30"))


def now(*updates: str, before: LiveNetwork | None = None) -> Now:
    return Now(feed(TIMETABLE, blocks=ON_BOARD, services=MONDAY_ALONE), updates, before=before)


def anew(then: Now) -> LiveNetwork:
    return with_changes(then.network, then.matched.runs, "v")


def columns(part: Any, name: str = "") -> dict[str, list[Any]]:
    """Every array that is in it, by name."""
    if isinstance(part, np.ndarray):
        return {name: part.tolist()}
    inner = fields(part) if is_dataclass(part) else ()
    return {
        key: value for one in inner for key, value in columns(getattr(part, one.name), f"{name}.{one.name}").items()
    }


def test_other_times_are_laid_out_from_the_version_before_as_they_would_be_anew() -> None:
    then = now(*LATER, before=now(*FIRST).live)
    assert columns(then.live) == columns(anew(then))


def test_what_the_version_before_has_laid_out_serves_again() -> None:
    first = now(*FIRST).live
    then = now(*LATER, before=first).live
    assert (then.patterns, then.services, then.texts) == (first.patterns, first.services, first.texts)


@pytest.mark.parametrize("column", ["source", "occupancy", "told"])
def test_who_says_it_how_full_it_is_and_what_is_known_may_differ_as_well(column: str) -> None:
    first = now(*FIRST)
    runs = replace(first.matched.runs, **{column: getattr(first.matched.runs, column) ^ 1})
    then = with_changes(first.network, runs, "w", first.live)
    assert columns(then) == columns(with_changes(first.network, runs, "w"))
    assert then.patterns is first.live.patterns


def test_who_is_seated_goes_on_until_the_vehicle_comes_too_late() -> None:
    seated, late = now(update("b1", "A dep+0")), now(update("b1", "A dep+600"))
    assert seated.best("A", "C", "7:50") == ["8:00 > 8:20 (b1)"]
    assert replace(late, before=seated.live).best("A", "C", "7:50") == []
    assert replace(seated, before=late.live).best("A", "C", "7:50") == ["8:00 > 8:20 (b1)"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(FIRST[:2], id="a run less"),
        pytest.param((*FIRST[:2], update("t2", "A dep+60", "F SKIPPED")), id="a call that is skipped"),
        pytest.param((*FIRST[:2], update("t2 schedule_relationship:CANCELED")), id="a run that is cancelled"),
        pytest.param((*FIRST[:2], update("t2", "F > E arr+60")), id="another stop"),
    ],
)
def test_what_differs_in_more_than_times_is_laid_out_anew(other: tuple[str, ...]) -> None:
    then = now(*other, before=now(*FIRST).live)
    assert columns(then.live) == columns(anew(then))
    assert then.best("A", "D", "8:50") == now(*other).best("A", "D", "8:50")
