"""What is known of a feed, as the entities of a GTFS-Realtime feed for others: all sources in order, or the operator's
word alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gtfs.realtime.encode import written_entities as written
from gtfs.realtime.records import RealtimeFeed
from mobility.live.composed import Composer, Sayings
from mobility.live.raw import kept_messages
from mobility.live.timetable_index import TimetableIndex
from mobility.live.told_alerts import told_alerts
from mobility.live.told_runs import told_runs
from mobility.network.changed_runs import ChangedRuns
from mobility.network.live_alerts import LiveAlert


def written_entities(index: TimetableIndex, runs: ChangedRuns, alerts: Sequence[LiveAlert], known_s: int) -> bytes:
    """Runs and alerts are rows of the index's network. known_s: when the sources said so, epoch seconds."""
    updates, told = tuple(told_runs(index, runs, known_s)), tuple(told_alerts(index, alerts))
    return written(RealtimeFeed(trip_updates=updates, alerts=told))


def typed_state(composer: Composer, data: Path, now_s: int) -> tuple[ChangedRuns, Sequence[LiveAlert]]:
    """What operators have typed, as the writer last read it."""
    state, _ = composer.state(Sayings(messages=kept_messages(data)), now_s)
    return state.runs, state.alerts
