"""What each source last said, how old that is, and whether it is believed.

A body that cannot be read, that is older than the one before, or that lies in the future changes nothing. One that has
lost most of what it had may be half a file: it is held until the third such one, or until it has stood for as long.
What is too old is no longer told: the timetable is, and that nothing is known.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gtfs.errors import UnreadableRealtime
from gtfs.realtime.decode import read_realtime
from gtfs.realtime.records import RealtimeFeed
from mobility.live.fetch import Mark, fetch
from mobility.live.source import RealtimeSource, is_address
from mobility.live.source_fault import NO_FAULT, SourceFault, unfetched
from mobility.remote.errors import Unfetchable

LEFT_SHARE, FEW = 0.2, 10
"""A file with less than this share of what there was, where that was more than a few, may be half of it."""
AGREE = 3
FUTURE_S, OLDER_S = 600, 0
LONGEST_REST_S = 600.0
ALERTS_LAST = 12
"""So many times longer than trip updates alerts are told after their source has fallen silent: they have an end."""
FILE_LOOK_S = 0.005


@dataclass(frozen=True, slots=True)
class Heard:
    """What one place last said. believed_s: when it was made, by its own word or when it was fetched. confirmed_s: when
    the source last said that it still holds. asked_s: when it was last asked; fault: why it says nothing new. serial:
    how many bodies were believed. agreed: how many in a row say much less than the one told."""

    feed: RealtimeFeed = field(default_factory=RealtimeFeed)
    body: bytes = b""
    mark: Mark = field(default_factory=Mark)
    serial: int = 0
    believed_s: int = 0
    confirmed_s: int = 0
    asked_s: float = 0.0
    due_s: float = 0.0
    failures: int = 0
    fault: SourceFault = NO_FAULT
    agreed: int = 0
    held: RealtimeFeed | None = None
    held_body: bytes = b""
    counts: Mapping[str, int] = field(default_factory=dict)

    def counted(self, reason: str, fault: SourceFault | None = None) -> Heard:
        counts = {**self.counts, reason: self.counts.get(reason, 0) + 1}
        return replace(self, fault=fault or SourceFault(reason, reason), counts=counts)


def asked(source: RealtimeSource, place: str, heard: Heard, now_s: float) -> Heard:
    """After another look at the place, if it is time for one."""
    if now_s < heard.due_s:
        return heard
    every_s = source.every(source.places()[place])
    rest_s = every_s if is_address(place) else min(float(every_s), FILE_LOOK_S)
    spread = random.uniform(0.9, 1.1) if is_address(place) else 1  # noqa: S311
    heard = replace(heard, asked_s=now_s, due_s=now_s + rest_s * spread)
    try:
        found = fetch(place, heard.mark, source.hosts)
    except Unfetchable as error:
        rest_s = min(LONGEST_REST_S, every_s * 2.0 ** min(heard.failures + 1, 6))
        return replace(heard, failures=heard.failures + 1, due_s=now_s + rest_s * spread, fault=unfetched(error))
    heard = replace(heard, failures=0)
    if found is None:
        stands = is_address(place) and heard.held is None and heard.believed_s  # a file that lies there says nothing
        return _confirmed(heard, int(now_s)) if stands else _stood(heard, every_s, now_s)
    return taken_in(replace(heard, mark=found.mark), found.body, int(now_s))


def taken_in(heard: Heard, body: bytes, now_s: int) -> Heard:
    """After a new body."""
    if body == heard.body and heard.held is None:
        return _confirmed(heard, now_s)
    try:
        feed = read_realtime(body)
    except UnreadableRealtime as error:
        return heard.counted("unreadable", SourceFault("unreadable", error.code, error.values))
    made_s = feed.timestamp_s or now_s
    if made_s > now_s + FUTURE_S:
        return heard.counted("from_the_future")
    if feed.timestamp_s and heard.feed.timestamp_s and feed.timestamp_s < heard.feed.timestamp_s - OLDER_S:
        return heard.counted("older_than_before")
    if _has_lost(heard.feed, feed) and heard.agreed + 1 < AGREE:
        return replace(heard.counted("much_is_missing"), agreed=heard.agreed + 1, held=feed, held_body=body)
    return _believed(heard, feed, body, min(made_s, now_s))


def _confirmed(heard: Heard, now_s: int) -> Heard:
    """The source says the same: news hold on, and so does what bears no time of its own."""
    believed_s = heard.believed_s if heard.feed.timestamp_s else now_s
    return replace(heard, confirmed_s=now_s, believed_s=believed_s, fault=NO_FAULT)


def _believed(heard: Heard, feed: RealtimeFeed, body: bytes, made_s: int) -> Heard:
    told = replace(heard, feed=feed, body=body, believed_s=made_s, serial=heard.serial + 1)
    return replace(told, agreed=0, held=None, held_body=b"", fault=NO_FAULT)


def _stood(heard: Heard, every_s: int, now_s: float) -> Heard:
    """What is held and has stood as long as three looks would have taken is believed."""
    if heard.held is None or now_s < heard.believed_s + AGREE * every_s:
        return heard
    return _believed(heard, heard.held, heard.held_body, min(heard.held.timestamp_s or int(now_s), int(now_s)))


def _has_lost(before: RealtimeFeed, now: RealtimeFeed) -> bool:
    had, has = _size(before), _size(now)
    return had > 0 and (has == 0 or (had > FEW and has < LEFT_SHARE * had))


def _size(feed: RealtimeFeed) -> int:
    return len(feed.trip_updates) + len(feed.alerts) + len(feed.positions)


def said(source: RealtimeSource, heard: Mapping[str, Heard], now_s: int) -> RealtimeFeed:
    """Of all places of a source what is not too old, each kind from its place."""
    parts = {kind: heard[place].feed for place, kind in fresh(source, heard, now_s)}
    nothing = RealtimeFeed()
    updates, positions = parts.get("trip_updates", nothing), parts.get("positions", nothing)
    return RealtimeFeed(
        timestamp_s=updates.timestamp_s or positions.timestamp_s,
        trip_updates=updates.trip_updates,
        alerts=parts.get("alerts", nothing).alerts,
        positions=positions.positions,
        left_out={reason: count for part in parts.values() for reason, count in part.left_out.items()},
    )


def fresh(source: RealtimeSource, heard: Mapping[str, Heard], now_s: int) -> list[tuple[str, str]]:
    """The places and kinds that are not too old to be told."""
    found = []
    for place, kinds in source.places().items():
        one = heard.get(place)
        if one and one.believed_s:
            found += [(place, kind) for kind in kinds if now_s <= _last_s(source, kind, one)]
    return found


def _last_s(source: RealtimeSource, kind: str, one: Heard) -> int:
    if kind == "alerts":
        return max(one.believed_s, one.confirmed_s) + source.stale_s * ALERTS_LAST
    return one.believed_s + source.stale_s
