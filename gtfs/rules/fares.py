"""Prices: lines of the fare tables that are not understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from gtfs.fares.reading import fares
from gtfs.feed import Feed
from gtfs.notice import Severity
from gtfs.rules.registry import Place, at_rows, rule

ZONES = ("origin_id", "destination_id", "contains_id")


@rule(Severity.WARNING)
def fare_zone_without_stop(feed: Feed, today: date) -> Iterator[Place]:
    """A fare holds in a zone in which no stop lies: nobody ever pays it. Source: GTFS reference, fare_rules.txt."""
    zones, table = {"", *feed.tables["stops"]["zone_id"].values}, feed.tables["fare_rules"]
    for name in ZONES:
        column = table[name]
        nowhere = np.array([text not in zones for text in column.values], bool)[column.codes]
        yield from at_rows(table, nowhere, name, "the zone_id of no stop")


@rule(Severity.WARNING)
def fare_not_understood(feed: Feed, today: date) -> Iterator[Place]:
    """Something about prices cannot be read: no price of the feed is told as the whole. Source: Hent, docs/fares.md."""
    for doubt in fares(feed).doubts:
        yield Place(doubt.file, doubt.line, doubt.field, doubt.value, doubt.message)
