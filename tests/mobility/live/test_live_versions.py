"""When the day of a live version is made quick."""

from __future__ import annotations

from datetime import date
from threading import Event

from mobility.live.live_versions import Quickened

TODAY = date(2026, 6, 3)


class Made:
    """Days that tell when they are made quick."""

    def __init__(self) -> None:
        self.quick = Event()

    def prepare(self, day: date) -> None:
        self.quick.set()


def test_of_versions_that_never_rest_one_is_made_quick_nevertheless() -> None:
    """One comes each hundredth of a second, until one is quick."""
    quickened, come = Quickened(rest_s=1, longest_s=0.1), [Made() for _ in range(300)]
    for days in come:
        quickened.take(days, TODAY)
        if days.quick.wait(0.01):
            break
    assert any(days.quick.is_set() for days in come)
