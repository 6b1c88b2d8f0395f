"""What is to be watched of real time: how old each source is, how much of a feed is matched, and when that is an alarm.

Read from what the writer tells (`live/sources.json`). A source is silent when what it said last is too old to be told;
a match rate has fallen when it is well below what it usually was, or below half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mobility.live.source_fault import SourceFault, from_json
from mobility.live.sources import ALERTS_LAST

FALLEN, LEAST_RATE, FEW_UPDATES = 0.2, 0.5, 10
"""By so much below the usual rate; below this rate in any case; of fewer updates no rate is told."""
USED_TO, USED_TO_ALARM = 0.02, 0.0005
"""By so much each file moves the usual rate: in half an hour, and in a day where it is an alarm."""


class LiveAlarm(StrEnum):
    SILENT = "silent"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """age_s: None where it was never heard. fault: why it says nothing new."""

    kinds: tuple[str, ...]
    age_s: int | None
    fault: SourceFault
    is_silent: bool


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """updates, matched: of its last file. usual: share that is matched as a rule, None not known yet."""

    feed: str
    sources: tuple[WatchedSource, ...]
    updates: int = 0
    matched: int = 0
    usual: float | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        return self.matched / self.updates if self.updates else None

    @property
    def alarms(self) -> tuple[LiveAlarm, ...]:
        found = [LiveAlarm.SILENT] if any(one.is_silent for one in self.sources) else []
        if has_fallen(self.updates, self.matched, self.usual):
            found.append(LiveAlarm.UNMATCHED)
        return tuple(found)


def watched(told: Mapping[str, Any], now_s: int) -> tuple[WatchedFeed, ...]:
    """told: as the writer wrote it; empty before it has."""
    sources, reports = told.get("sources", ()), {one["feed"]: one for one in told.get("feeds", ())}
    found = []
    for feed in dict.fromkeys(one["feed"] for one in sources):
        of_feed = tuple(_source(one, told.get("beganAt") or now_s, now_s) for one in sources if one["feed"] == feed)
        report = reports.get(feed, {})
        reasons = dict(report.get("reasons", {}))
        for one in sources:
            if one["feed"] == feed:
                reasons |= one.get("counts", {})
        numbers = report.get("updates", 0), report.get("matched", 0), report.get("usualRate")
        found.append(WatchedFeed(feed, of_feed, *numbers, reasons))
    return tuple(found)


def _source(said: Mapping[str, Any], began_s: int, now_s: int) -> WatchedSource:
    kinds, fault, made_s = tuple(said["kinds"]), from_json(said), said["madeAt"]
    last_s = said["staleS"] * (ALERTS_LAST if kinds == ("alerts",) else 1)
    # A file that is not there yet is no fault.
    since_s = made_s or (began_s if fault.text else now_s)
    return WatchedSource(kinds, max(0, now_s - made_s) if made_s else None, fault, now_s - since_s > last_s)


def has_fallen(updates: int, matched: int, usual: float | None) -> bool:
    if updates < FEW_UPDATES:
        return False
    rate = matched / updates
    return rate < LEAST_RATE or (usual is not None and rate < usual - FALLEN)


def usual_after(usual: float | None, updates: int, matched: int) -> float | None:
    """The usual rate after another file."""
    if updates < FEW_UPDATES:
        return usual
    rate = matched / updates
    if usual is None:
        return rate
    moved = USED_TO_ALARM if has_fallen(updates, matched, usual) else USED_TO
    return usual + moved * (rate - usual)


def alarms(feeds: Iterable[WatchedFeed]) -> frozenset[tuple[str, LiveAlarm]]:
    return frozenset((one.feed, alarm) for one in feeds for alarm in one.alarms)
