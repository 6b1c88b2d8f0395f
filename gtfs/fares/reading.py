"""What a feed says about prices: version 2 of the fare tables where it has leg rules, else version 1; never both.

Source: GTFS reference, fare_attributes.txt, "Versions".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gtfs.fares import version_1, version_2
from gtfs.fares.cells import unread_columns
from gtfs.fares.records import NO_FARES, Doubt, Fares
from gtfs.feed import Feed
from gtfs.omissions import LEFT_OUT
from gtfs.schema import TABLES

RULE_TABLES = {
    1: ("fare_rules", "fare_attributes"),
    2: ("fare_leg_rules", "fare_leg_join_rules", "fare_transfer_rules", "fare_products", "timeframes"),
}
ABOUT_PRICES = {
    *(table for tables in RULE_TABLES.values() for table in tables),
    *("areas", "stop_areas", "networks", "route_networks", "rider_categories", "fare_media"),
}


def fares(feed: Feed) -> Fares:
    """What cannot be read is left out and is a doubt: then no price of the feed is sure to be the whole."""
    version = version_of(feed)
    if not version:
        return NO_FARES
    read = version_2.fares(feed) if version == 2 else version_1.fares(feed)
    doubts = (*read.doubts, *_left_out(feed), *_unread(feed, version))
    return replace(read, version=version, doubts=doubts)


def version_of(feed: Feed) -> int:
    if len(feed.tables["fare_leg_rules"]):
        return 2
    return 1 if len(feed.tables["fare_attributes"]) else 0


def _left_out(feed: Feed) -> Iterator[Doubt]:
    """Rows and tables about prices that could not be used (gtfs/omissions.py)."""
    for one in feed.notices:
        if one.code in LEFT_OUT and one.file.removesuffix(".txt") in ABOUT_PRICES:
            yield Doubt(one.file, one.line, one.field, one.value, f"left out: {one.message}")


def _unread(feed: Feed, version: int) -> Iterator[Doubt]:
    """Tables and columns about prices that the format does not know, or does not know yet."""
    for file in sorted(feed.files):
        if file.startswith("fare_") and file.endswith(".txt") and file.removesuffix(".txt") not in TABLES:
            yield Doubt(file, 0, message="a table that may change prices")
    for name in RULE_TABLES[version]:
        for column in unread_columns(feed.tables[name]):
            yield Doubt(f"{name}.txt", 1, column, message="a column that may change prices")
