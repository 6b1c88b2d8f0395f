"""Searchable days of the live network: those that changed runs reach; every other one is the planned network's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mobility.network.live import LiveNetwork
from mobility.search.day_files import forget_days
from mobility.search.day_runs import ANY, NEIGHBOURS
from mobility.search.days import Days, DaysKept
from mobility.search.pace import Needs, Pace
from mobility.search.searchday import SearchDay

FOLDER, KEPT, MOST = "live-days", 6, 16
"""Beside the network's own days; few are kept, as each version has new ones. Who lays one out removes old ones from the
disk only where there are more than MOST: that is the writer's work, when it has the time (forget_live_days)."""


def live_days(folder: Path | None, live: LiveNetwork) -> Days:
    """folder: of the network."""
    return Days(live, folder / FOLDER if folder else None, DaysKept(KEPT, MOST), live.live_version)


def forget_live_days(folder: Path) -> None:
    """folder: of the network."""
    if (folder / FOLDER).is_dir():
        forget_days(folder / FOLDER, KEPT)


class LiveDays:
    """A day is searched as it is now where a run of it, of the night before or of the morning after is changed."""

    def __init__(self, live: LiveNetwork, days: Days, planned: Days) -> None:
        self._live, self._days, self._planned = live, days, planned
        self._touched = frozenset(
            ordinal + offset for ordinal in set(live.changed.day.tolist()) for offset in NEIGHBOURS
        )

    def on(self, day: date, needs: Needs = ANY, pace: Pace | None = None) -> SearchDay:
        days = self._days if day.toordinal() in self._touched else self._planned
        return days.on(day, needs, pace)

    def touches(self, day: date) -> bool:
        return day.toordinal() in self._touched
