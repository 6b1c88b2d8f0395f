"""Asks every rule about a feed. What is found is a report; only what `BLOCKING` names makes a feed unusable."""

from collections import Counter
from datetime import date
from itertools import chain

from gtfs.canonical import NOTHING_FOUND, CanonicalFindings
from gtfs.feed import Feed
from gtfs.load import FOUND
from gtfs.notice import Report, collect
from gtfs.omissions import LEFT_OUT
from gtfs.rules import RULES

BLOCKING = (
    "missing_required_file",
    "missing_calendar_and_calendar_date_files",
    "missing_required_column",
    "duplicate_key",
    "foreign_key_violation",
    "no_usable_trip",
)
"""Codes that refuse a feed. A table that cannot be read at all raises UnreadableFeed before any rule is asked."""

LEFT_TO_OURS = frozenset({"invalid_input_files_in_subfolder", "station_with_parent_station", "stop_without_stop_time"})
"""Canonical codes that a rule of ours with another name covers, or that Hent has no trouble with."""


def validate(feed: Feed, today: date, canonical: CanonicalFindings = NOTHING_FOUND) -> Report:
    """The notices of reading, those of each rule, then the canonical ones that no rule of ours looks for."""
    ours = {rule.code for rule in RULES} | set(FOUND) | LEFT_TO_OURS
    theirs = [notice for notice in canonical.notices if notice.code not in ours]
    notices, counts = collect(chain(feed.notices, *(rule.notices(feed, today) for rule in RULES), theirs))
    counts = Counter(counts) | Counter({code: count for code, count in canonical.counts if code not in ours})
    blocking = frozenset((*BLOCKING, *LEFT_OUT) if feed.around.strict else BLOCKING)
    return Report(feed.source.id, feed.sha256, today, notices, dict(counts), blocking)
