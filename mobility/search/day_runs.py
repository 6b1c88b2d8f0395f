"""What runs on a date: all of its service day, of the night before what is still under way, of the next day what leaves
before its noon."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S, days_after, midnight, service_day_start
from mobility.network.day import Runs, compile_day
from mobility.network.live import LiveNetwork
from mobility.network.network import Network
from mobility.network.rides import Rides, rides
from mobility.network.timetable import DayTimetable
from mobility.search.day_files import STEP_FREE
from mobility.search.pace import Needs

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]

NEIGHBOURS = (-1, 0, 1)
OFFERED, REFUSED = 1, 2
ANY = Needs()


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Around one date: active[k, service] and start_s[k, zone] on the days before, of and after it (k = 0, 1, 2).

    start_s: from `anchor_s` to the start of the service day. from_s, until_s: midnight and the next day's noon.
    """

    anchor_s: int
    active: UInt8s
    start_s: Int32s
    from_s: int
    until_s: int

    def key(self, needs: Needs) -> str:
        """Equal for dates whose searchable days are equal but for their anchor."""
        digest = hashlib.sha256(repr((needs, self.from_s, self.until_s, self.active.shape)).encode())
        digest.update(self.active.tobytes())
        digest.update(self.start_s.tobytes())
        return digest.hexdigest()[:32] + (STEP_FREE if needs.step_free else "")


def calendar(network: Network, day: date) -> Calendar:
    zones = [ZoneInfo(name) for name in network.zones]
    anchor_s = service_day_start(day, zones[0])
    dates = [days_after(day, offset) for offset in NEIGHBOURS]
    starts = [[service_day_start(date, zone) - anchor_s for zone in zones] for date in dates]
    return Calendar(
        anchor_s=anchor_s,
        active=np.stack([active_services(network, date) for date in dates]),
        start_s=np.array(starts, np.int32),
        from_s=min(0, midnight(day, zones[0]) - anchor_s),
        until_s=starts[2][0] + DAY_S // 2,
    )


def active_services(network: Network, day: date) -> UInt8s:
    """1 for each service that runs on the date."""
    active = network.services.active
    column = (day - network.services.first_day).days
    if not 0 <= column < active.shape[1]:
        return np.zeros(active.shape[0], np.uint8)
    return np.ascontiguousarray(active[:, column])


def usable_trips(network: Network, needs: Needs) -> NDArray[np.bool_]:
    """Trips that are not known to refuse what is needed, and are not cancelled."""
    usable = network.rideable if isinstance(network, LiveNetwork) else np.ones(len(network.trips), bool)
    if needs.step_free:
        usable &= _is_open(network.trips.wheelchair, needs)
    if needs.bike:
        usable &= network.trips.bikes != REFUSED
    return usable


def runs_of(network: Network, ridden: Rides, calendar: Calendar, usable: NDArray[np.bool_]) -> Runs:
    """What runs: all of the day itself, of the night before what is still under way at midnight, of the next day what
    leaves before its noon."""
    service = network.trips.service
    zone = network.services.zone
    shift_s = calendar.start_s[:, zone][:, service]
    runs = (calendar.active[:, service] != 0) & usable
    runs[0] &= ridden.last_s + shift_s[0] >= calendar.from_s
    runs[2] &= ridden.first_s + shift_s[2] < calendar.until_s
    which, trip = np.nonzero(runs)
    return Runs(
        group_first_position=ridden.group_first_position,
        position_stop=ridden.node,
        position_boards=ridden.boards,
        position_alights=ridden.alights,
        trip_group=ridden.group[trip],
        trip_row=trip.astype(np.int32),
        trip_day=(which - 1).astype(np.int8),
        trip_shift_s=shift_s[which, trip],
        trip_first_call=ridden.first_call[trip].astype(np.int32),
        arrival=ridden.arrival,
        departure=ridden.departure,
    )


def timetable_of(network: Network, day: date, needs: Needs = ANY) -> DayTimetable:
    """The day laid out anew."""
    usable, around = usable_trips(network, needs), calendar(network, day)
    runs = runs_of(network, rides(network, usable, needs.unbooked), around, usable)
    if needs.step_free:
        runs = _step_free(network, runs, needs)
    return compile_day(day, around.anchor_s, len(network.node_stop), runs)


def _step_free(network: Network, runs: Runs, needs: Needs) -> Runs:
    """Nobody gets in or out at a stop known to have steps (not known to have none, to be sure)."""
    open_stop = _is_open(network.stops.wheelchair[network.node_stop[runs.position_stop]], needs).astype(np.uint8)
    return replace(
        runs, position_boards=runs.position_boards & open_stop, position_alights=runs.position_alights & open_stop
    )


def _is_open(wheelchair: NDArray[np.int8], needs: Needs) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = wheelchair == OFFERED if needs.surely else wheelchair != REFUSED
    return found
