"""Asks every rule about a feed. What is found is a report; only what `BLOCKING` names makes a feed unusable."""

from collections import Counter
from datetime import date
from itertools import chain

from gtfs.canonical import NOTHING_FOUND, CanonicalFindings
from gtfs.feed import Feed
from gtfs.notice import Report, collect
from gtfs.omissions import LEFT_OUT
from gtfs.rules import RULES
from gtfs.same_finding import SeenFindings

BLOCKING = (
    "missing_required_file",
    "missing_calendar_and_calendar_date_files",
    "missing_required_column",
    "duplicate_key",
    "foreign_key_violation",
    "no_usable_trip",
)
"""Codes that refuse a feed. A table that cannot be read at all raises UnreadableFeed before any rule is asked."""

UNTROUBLED = frozenset({"invalid_input_files_in_subfolder", "unknown_column", "unknown_file"})
"""Canonical codes of what Hent has no trouble with, or knows better: it reads columns that they do not know yet."""


def validate(feed: Feed, today: date, canonical: CanonicalFindings = NOTHING_FOUND) -> Report:
    """The notices of reading, those of each rule, then the canonical ones that are not the same findings."""
    seen = SeenFindings.of(canonical)
    ours = chain(feed.notices, *(rule.notices(feed, today) for rule in RULES))
    notices, counts = collect(map(seen.noted, ours))
    more, more_counts = seen.others(canonical, UNTROUBLED)
    blocking = frozenset((*BLOCKING, *LEFT_OUT) if feed.around.strict else BLOCKING)
    all_counts = dict(Counter(counts) + more_counts)
    return Report(feed.source.id, feed.sha256, today, (*notices, *more), all_counts, blocking)
