"""The next run of a line that runs: what is said beside one that does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from mobility.clock import NIGHT_ENDS_H, at_clock, days_after, evening
from mobility.network.changed_runs import RunState, Told
from mobility.network.live import LiveNetwork
from mobility.network.network import Network
from mobility.routing.departures import BoardQuery, Call, board, boarded, equivalents
from mobility.routing.itinerary import RideLeg


def following(network: Network, ride: RideLeg, after_s: int) -> RideLeg | None:
    """The next ride of the line from where `ride` is boarded to where one gets out of it, or to another stop of that
    name, leaving after a moment (epoch seconds); None: none does as far as a board looks. network: as it is now."""
    starts, ends = _stops(network, ride)
    calls = board(network, BoardQuery(starts, after_s + 1, count=1, line=ride.line, to=ends)).calls
    return boarded(calls[0]) if calls else None


def of_the_day(network: Network, ride: RideLeg, zone: ZoneInfo) -> Sequence[Call]:
    """All of the line that go from there to there on the day of `ride`, which lasts until the night ends."""
    starts, ends = _stops(network, ride)
    day = evening(ride.departure_s, zone)
    begins_s, ends_s = (at_clock(days_after(day, n), time(NIGHT_ENDS_H), zone) for n in (0, 1))
    asked = BoardQuery(starts, begins_s, count=1, window_s=ends_s - begins_s, line=ride.line, to=ends)
    return [call for call in board(network, asked).calls if begins_s <= call.at_s < ends_s]


def _stops(network: Network, ride: RideLeg) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return equivalents(network, ride.stop_at(ride.board)), equivalents(network, ride.stop_at(ride.alight))


def is_cancelled(live: LiveNetwork, ride: RideLeg) -> bool:
    """Whether it does not run now, or not between its two stops. ride: by timetable, or as it is now."""
    trip = ride.trip if ride.network is live else live.now(ride.trip, ride.service_day)
    run = live.run_of(trip)
    if run < 0:
        return False
    changed, first = live.changed, int(live.changed.first_call[run])
    ends = changed.told[first + ride.board], changed.told[first + ride.alight]
    return bool(changed.state[run] == RunState.CANCELLED or any(one & Told.SKIPPED for one in ends))


def may_be_cancelled(live: LiveNetwork) -> bool:
    """Whether anything is."""
    changed = live.changed
    return bool((changed.state == RunState.CANCELLED).any() or (changed.told & Told.SKIPPED).any())
