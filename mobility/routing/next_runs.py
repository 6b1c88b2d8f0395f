"""The next run of a line that runs: what is said beside one that does not."""

from __future__ import annotations

from mobility.network.changed_runs import RunState, Told
from mobility.network.live import LiveNetwork
from mobility.network.network import Network
from mobility.routing.departures import BoardQuery, board, boarded, equivalents
from mobility.routing.itinerary import RideLeg


def following(network: Network, ride: RideLeg, after_s: int) -> RideLeg | None:
    """The next ride of the line from where `ride` is boarded to where one gets out of it, or to another stop of that
    name, leaving after a moment (epoch seconds); None: none does as far as a board looks. network: as it is now."""
    starts, ends = (equivalents(network, stop) for stop in (ride.stop_at(ride.board), ride.stop_at(ride.alight)))
    calls = board(network, BoardQuery(starts, after_s + 1, count=1, line=ride.line, to=ends)).calls
    return boarded(calls[0]) if calls else None


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
