"""Asks every rule about a feed. What is found is a report; only what `BLOCKING` names makes a feed unusable."""

from datetime import date
from itertools import chain

from gtfs.feed import Feed
from gtfs.notice import Report, collect
from gtfs.rules import RULES

BLOCKING = (
    "missing_required_table",
    "missing_required_column",
    "duplicate_key",
    "dangling_reference",
    "no_usable_trip",
)
"""Codes that refuse a feed. A table that cannot be read at all raises UnreadableFeed before any rule is asked."""


def validate(feed: Feed, today: date) -> Report:
    """The notices of reading, then those of each rule."""
    found = chain(feed.notices, *(rule.notices(feed, today) for rule in RULES))
    notices, counts = collect(found)
    return Report(feed.source.id, feed.sha256, today, notices, counts, frozenset(BLOCKING))
