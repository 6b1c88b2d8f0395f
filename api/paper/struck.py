"""What does not leave a stop though its sheet has it: day by day, as far as it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from api.pages.line_live import run_leg
from api.pages.live_words import LivePage
from api.present.prose import clock
from api.present.rows import headsign_at, rows
from api.present.run_names import direction
from api.web.days import spoken_day
from mobility.network.changed_runs import ChangedRuns, RunState, Told
from mobility.routing.departures import NOT_POSSIBLE
from mobility.routing.itinerary import RideLeg

MINUTE_S = 60


def struck_at(live: LivePage, stops: Sequence[int], days: Sequence[date]) -> Iterator[str]:
    """`mercredi 2 décembre : GX vers Groix Port-Tudy : 7:55, 10:30, supprimé : météo`, of each direction on a day: all
    that would still leave, as paper leads nowhere."""
    if live.live is None:
        return
    of, runs = live.of, live.live.network.changed
    for day in days:
        told = defaultdict[tuple[str, str], list[str]](list)
        for run, at in _struck(runs, stops, day):
            leg = run_leg(live, int(runs.trip[run]), day)
            leaves_s = leg.day_start_s + int(runs.planned_departure[at])
            if leaves_s // MINUTE_S >= of.asking.now_s // MINUTE_S:
                clocks = told[_told(live, leg, at - int(runs.first_call[run]))]
                clocks.append(clock(leaves_s, of.asking.territory.zone))
        colon = of.said["frame"]["colon"]
        for (way, words), clocks in told.items():
            yield f"{spoken_day(day, of.today)}{colon}{way}{colon}{', '.join(clocks)}, {words}"


def _struck(runs: ChangedRuns, stops: Sequence[int], day: date) -> Iterator[tuple[int, int]]:
    """Runs and calls (rows) of a service day at which one was to get in, in order of time."""
    run = np.repeat(np.arange(len(runs)), np.diff(runs.first_call))
    is_last = np.zeros(len(run), bool)
    is_last[runs.first_call[1:] - 1] = True
    is_skipped = (runs.state[run] == RunState.RUNS) & ((runs.told & Told.SKIPPED) != 0)
    is_off = (runs.state[run] == RunState.CANCELLED) | is_skipped
    is_here = np.isin(runs.planned_stop, stops) & (runs.planned_pickup != NOT_POSSIBLE) & ~is_last
    calls = np.flatnonzero(is_off & is_here & (runs.day[run] == day.toordinal()))
    calls = calls[np.argsort(runs.planned_departure[calls], kind="stable")]
    yield from zip(run[calls].tolist(), calls.tolist(), strict=True)


def _told(live: LivePage, leg: RideLeg, position: int) -> tuple[str, str]:
    """`GX vers Groix Port-Tudy`, `supprimé : météo`."""
    (row,), network = rows(leg.network, [leg]), leg.network
    towards = direction(network, leg.line, headsign_at(network, leg, position)) or leg.end.name
    way = f"{network.lines.name(leg.line)} {live.of.said['disruptions']['towards'].format(headsign=towards)}"
    return way, live.call(leg, row, position).gone
