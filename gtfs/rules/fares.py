"""Prices: lines of the fare tables that are not understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gtfs.fares.reading import fares
from gtfs.feed import Feed
from gtfs.notice import Severity
from gtfs.rules.registry import Place, rule


@rule(Severity.WARNING)
def fare_not_understood(feed: Feed, today: date) -> Iterator[Place]:
    """Something about prices cannot be read: no price of the feed is told as the whole. Source: Hent, docs/fares.md."""
    for doubt in fares(feed).doubts:
        yield Place(doubt.file, doubt.line, doubt.field, doubt.value, doubt.message)
