"""The calls of changed runs as a table, written by `hent evaluate --changed-calls` to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mobility.network.changed_runs import ChangedRuns, RunState, Told
from mobility.network.network import Network

CALLS_HEADER = ("trip_id", "day_offset", "n", "stop_id", "arrival_sec", "departure_sec")
GONE = (RunState.CANCELLED, RunState.REMOVED)

Row = tuple[str, int, int, str, int, int]


def changed_calls(network: Network, runs: ChangedRuns, day: date) -> Iterator[Row]:
    """Each call that is made, ids as the feed has them. day_offset: of the service day from `day`; seconds count from
    its start. Runs that are cancelled have none."""
    for run in range(len(runs)):
        if runs.state[run] in GONE:
            continue
        trip = _local(runs.id[run] or network.trips.id[int(network.trips.id_row[runs.trip[run]])])
        calls = runs.calls_of(run)
        columns = runs.stop[calls], runs.arrival[calls], runs.departure[calls], runs.told[calls]
        made = [row for row in zip(*(column.tolist() for column in columns), strict=True) if not row[3] & Told.SKIPPED]
        for number, (stop, arrival_s, departure_s, _) in enumerate(made):
            offset = int(runs.day[run]) - day.toordinal()
            yield trip, offset, number, _local(network.stops.id[stop]), arrival_s, departure_s


def _local(name: str) -> str:
    return name.partition("_")[2]
