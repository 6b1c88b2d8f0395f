"""What the writer tells of its sources: for /health, operators, and the age that travellers are told.

DIR/live/sources.json   ages, faults and counts by place, and what was matched by feed
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mobility.live.source import RealtimeSource
from mobility.live.sources import Heard
from mobility.live.watch import LiveAlarm, alarms, watched
from mobility.network.files import write_whole
from mobility.network.live_files import SOURCES, live_folder

LOG = logging.getLogger("hent.live")
STATUS_EVERY_S = 10.0


@dataclass
class SourceStatus:
    data: Path
    sources: Sequence[RealtimeSource]
    _due_s: float = 0.0
    _began_s: int = 0
    _alarms: frozenset[tuple[str, LiveAlarm]] = frozenset()

    def is_due(self, now_s: float) -> bool:
        return now_s >= self._due_s

    def write(self, heard: Mapping[str, Heard], feeds: Sequence[Mapping[str, Any]], now_s: int) -> None:
        """heard: by place. feeds: how much of each was matched. Raises OSError."""
        self._began_s = self._began_s or now_s
        told = {
            "writtenAt": now_s,
            "beganAt": self._began_s,
            "sources": [
                _status(source, place, heard.get(place, Heard()))
                for source in self.sources
                for place in source.places()
            ],
            "feeds": feeds,
        }
        self._alarm(told, now_s)
        live_folder(self.data).mkdir(parents=True, exist_ok=True)
        write_whole(live_folder(self.data) / SOURCES, orjson.dumps(told), settled=False)
        self._due_s = now_s + STATUS_EVERY_S

    def _alarm(self, told: Mapping[str, Any], now_s: int) -> None:
        """A line when an alarm begins, and one when it is over."""
        found = alarms(watched(told, now_s))
        for feed, alarm in sorted(found - self._alarms):
            LOG.warning("real time needs somebody", extra={"feed": feed, "fault": str(alarm)})
        for feed, alarm in sorted(self._alarms - found):
            LOG.warning("real time is well again", extra={"feed": feed, "fault": str(alarm)})
        self._alarms = found


def _status(source: RealtimeSource, place: str, one: Heard) -> dict[str, object]:
    return {
        "feed": source.feed,
        "kinds": list(source.places()[place]),
        "madeAt": one.believed_s or None,
        "askedAt": int(one.asked_s) or None,
        **one.fault.to_json(),
        "counts": dict(one.counts),
        "staleS": source.stale_s,
    }
