"""What is published for others is clean by the rules of the validator, and read again it is what was told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.realtime.decode import read_realtime
from gtfs.realtime.encode import written_header
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.live.composed import Composer, Sayings
from mobility.live.feed_out import written_entities
from mobility.network.changed_runs import ChangedRuns, RunState, Told
from mobility.network.live_files import LiveState
from mobility.network.network import Network
from tests.gtfs.realtime.feeds import reference_data
from tests.gtfs.realtime.published import Timetable
from tests.gtfs.realtime.rules import broken
from tests.mobility.live.now import NO_WALKING

FILES = {
    "sncb": ("reference_rt/sncb/gtfs.zip", "reference_rt/sncb/trip_updates.pb", date(2019, 6, 4), 1_559_661_248),
    "helsinki": (
        "reference/helsinki/gtfs.zip", "reference_rt/helsinki/trip_updates.pb", date(2022, 2, 22), 1_645_516_800,
    ),
}  # fmt: skip
SERVED = ("stop", "arrival", "departure", "told")


def network_of(zip_file: Path, day: date) -> Network:
    feed, _ = accept(zip_file, FeedSource("t", "test"), ReadLimits(), day)
    return build([feed], NO_WALKING, feed.agencies[0].timezone)


def state_of(composer: Composer, body: bytes, now_s: int) -> LiveState:
    return composer.state(Sayings({"t": read_realtime(body)}), now_s)[0]


def published(composer: Composer, state: LiveState, now_s: int) -> bytes:
    return written_header(now_s) + written_entities(composer.index("t"), state.runs, state.alerts, now_s)


def told(runs: ChangedRuns) -> dict[tuple[int, int, str], object]:
    """By trip, day and name: state, headsign, and each call that is made; a stop that follows itself is one."""
    found = {}
    for run in range(len(runs)):
        calls, state = runs.calls_of(run), RunState(int(runs.state[run]))
        made = list[tuple[int, ...]]()
        for call in zip(*(getattr(runs, name)[calls].tolist() for name in SERVED), strict=True):
            if call[-1] & Told.SKIPPED or state in (RunState.CANCELLED, RunState.REMOVED):
                continue
            made[-1:] = [(call[0], made[-1][1], *call[2:])] if made and made[-1][0] == call[0] else [*made[-1:], call]
        found[int(runs.trip[run]), int(runs.day[run]), runs.id[run]] = state, runs.headsign[run], made
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_captured_feed_goes_out_clean_and_comes_back_equal(name: str) -> None:
    zip_file, updates, day, now_s = FILES[name]
    composer = Composer(network_of(reference_data(zip_file), day))
    state = state_of(composer, reference_data(updates).read_bytes(), now_s)
    body = published(composer, state, now_s)
    assert broken(body, Timetable.of(reference_data(zip_file)), now_s) == set()
    again = state_of(composer, body, now_s)
    assert len(state.runs) > 400
    assert told(again.runs) == told(state.runs)
