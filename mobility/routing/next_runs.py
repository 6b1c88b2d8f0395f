"""The next run of a line that runs: what is said beside one that does not."""

from __future__ import annotations

from mobility.network.changed_runs import RunState, Told
from mobility.network.live import LiveNetwork
from mobility.network.network import Network
from mobility.routing.departures import NOT_POSSIBLE, BoardQuery, board, boarded, equivalents
from mobility.routing.itinerary import RideLeg

LOOKED_AT = 8


def following(network: Network, ride: RideLeg, after_s: int) -> RideLeg | None:
    """The next ride of the line from where `ride` is boarded to where one gets out of it, or to another stop of that
    name, leaving after a moment (epoch seconds); None of the next ones goes there. network: as it is now."""
    starts, ends = (equivalents(network, stop) for stop in (ride.stop_at(ride.board), ride.stop_at(ride.alight)))
    query = BoardQuery(starts, after_s + 1, count=LOOKED_AT, line=ride.line)
    for call in board(network, query).calls:
        found = call.ride
        there = [at for at in range(call.position + 1, found.alight + 1) if found.stop_at(at) in ends]
        if there and _lets_out(found, there[0]):
            return boarded(call)
    return None


def _lets_out(run: RideLeg, position: int) -> bool:
    patterns = run.network.patterns
    return int(patterns.drop_off[patterns.first_position[run.pattern] + position]) != NOT_POSSIBLE


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
