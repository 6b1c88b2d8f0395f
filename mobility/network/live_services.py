"""Services of changed runs, past the planned ones: each runs on its day alone, and what it stands for on the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.network.changed_runs import ChangedRuns, RunState
from mobility.network.network import Network, Services

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class LaidServices:
    """of_planned, of_new: the service of each planned trip and of each new one."""

    services: Services
    of_planned: Int32s
    of_new: Int32s


class _NewServices:
    """Rows past the end of the planned services."""

    def __init__(self, services: Services) -> None:
        self._of = services
        self._rows: dict[tuple[int, ...], int] = {}
        self._active: list[UInt8s] = []
        self._zones: list[int] = []
        self.first_day = services.first_day.toordinal()

    def without(self, service: int, days: set[int]) -> int:
        """The service on all its days but these (ordinals)."""
        key = (service, *sorted(days))
        if key not in self._rows:
            active = self._of.active[service].copy()
            active[[day - self.first_day for day in days if 0 <= day - self.first_day < len(active)]] = 0
            self._add(key, active, int(self._of.zone[service]))
        return self._rows[key]

    def on(self, zone: int, day: int) -> int:
        """On one day alone."""
        key = (-1, zone, day)
        if key not in self._rows:
            active = np.zeros(self._of.active.shape[1], self._of.active.dtype)
            if 0 <= day - self.first_day < len(active):
                active[day - self.first_day] = 1
            self._add(key, active, zone)
        return self._rows[key]

    def _add(self, key: tuple[int, ...], active: UInt8s, zone: int) -> None:
        self._rows[key] = len(self._of.active) + len(self._active)
        self._active.append(active)
        self._zones.append(zone)

    def services(self) -> Services:
        of = self._of
        if not self._active:
            return of
        zone = np.concatenate([of.zone, np.array(self._zones, of.zone.dtype)])
        return Services(of.first_day, np.concatenate([of.active, np.stack(self._active)]), zone)


def laid_services(changed: ChangedRuns, planned: Network, kept: Int64s) -> LaidServices:
    """With those that leave days out, and one for each zone and day of changed runs. kept: the runs that become
    trips."""
    new, of_planned = _NewServices(planned.services), planned.trips.service
    stands = (changed.state != RunState.ADDED) & (changed.trip >= 0)
    days: dict[int, set[int]] = {}
    for trip, day in zip(changed.trip[stands].tolist(), changed.day[stands].tolist(), strict=True):
        days.setdefault(trip, set()).add(day)
    if days:
        of_planned = of_planned.copy()
        for trip, out in days.items():
            of_planned[trip] = new.without(int(of_planned[trip]), out)
    both = zip(changed.zone[kept].tolist(), changed.day[kept].tolist(), strict=True)
    of_new = np.array([new.on(zone, day) for zone, day in both], of_planned.dtype)
    return LaidServices(new.services(), of_planned, of_new)
