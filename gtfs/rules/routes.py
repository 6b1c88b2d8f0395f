"""Agencies and routes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.blanks import COLOR
from gtfs.colour import contrast
from gtfs.feed import Feed
from gtfs.notice import Severity
from gtfs.rules.registry import Place, at_rows, rule
from gtfs.schema import TABLES
from gtfs.table import Column, Table
from gtfs.values import MISSING, integers
from gtfs.zones import is_timezone

BASIC_TYPES = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 11, 12})
EXTENDED_TYPES = range(100, 1703)
"""100 railway to 1702 horse-drawn carriage; the format of the extended list leaves gaps for later use."""
CURRENCY = re.compile(r"[A-Z]{3}")
LEAST_CONTRAST = 3.0
"""WCAG 2.2, 1.4.3: contrast of large text."""


def _not(allowed: Callable[[str], object], column: Column) -> NDArray[np.bool_]:
    return np.array([text != "" and not allowed(text) for text in column.values], bool)[column.codes]


def _of_kind(feed: Feed, kind: str, allowed: Callable[[str], object]) -> Iterator[Place]:
    for name, schema in TABLES.items():
        for field in schema.fields.values():
            if field.kind == kind and field.name in feed.tables[name]:
                table = feed.tables[name]
                yield from at_rows(table, _not(allowed, table[field.name]), field.name)


@rule(Severity.ERROR)
def invalid_timezone(feed: Feed, today: date) -> Iterator[Place]:
    """No time zone of this name; another agency's holds, else the territory's. Source: GTFS reference, Timezone."""
    yield from _of_kind(feed, "timezone", is_timezone)


@rule(Severity.WARNING)
def inconsistent_agency_timezone(feed: Feed, today: date) -> Iterator[Place]:
    """Agencies of one feed must share a time zone. Source: GTFS reference, agency_timezone."""
    table = feed.tables["agency"]
    zones = table["agency_timezone"]
    yield from at_rows(table, zones.codes != zones.codes[:1], "agency_timezone")


@rule(Severity.WARNING)
def invalid_currency(feed: Feed, today: date) -> Iterator[Place]:
    """A currency is three capital letters. Source: GTFS reference, Currency code (ISO 4217)."""
    yield from _of_kind(feed, "currency", CURRENCY.fullmatch)


@rule(Severity.WARNING)
def route_color_contrast(feed: Feed, today: date) -> Iterator[Place]:
    """Text and ground of a route contrast less than 3 : 1. Source: canonical validator, route_color_contrast."""
    table = feed.tables["routes"]
    pairs = zip(table["route_color"].texts(), table["route_text_color"].texts(), strict=True)
    wrong = [
        bool(COLOR.fullmatch(ground) and COLOR.fullmatch(text)) and contrast(ground, text) < LEAST_CONTRAST
        for ground, text in pairs
    ]
    yield from at_rows(table, np.array(wrong, bool), "route_text_color")


@rule(Severity.WARNING)
def unknown_route_type(feed: Feed, today: date) -> Iterator[Place]:
    """Neither a basic nor an extended route type; it is kept as it is. Source: GTFS reference, route_type."""
    table = feed.tables["routes"]
    column = table["route_type"]
    known = [int(kind) in BASIC_TYPES or int(kind) in EXTENDED_TYPES or kind == MISSING for kind in _kinds(column)]
    yield from at_rows(table, ~np.array(known, bool)[column.codes], "route_type")


def _kinds(column: Column) -> NDArray[np.int32]:
    return integers(Column(np.arange(len(column.values), dtype=np.int32), column.values), "whole")


@rule(Severity.ERROR)
def route_both_short_and_long_name_missing(feed: Feed, today: date) -> Iterator[Place]:
    """Neither a short nor a long name. Source: canonical validator, route_both_short_and_long_name_missing."""
    table = feed.tables["routes"]
    yield from at_rows(table, table["route_short_name"].blank() & table["route_long_name"].blank(), "route_id")


@rule(Severity.INFO)
def route_long_name_contains_short_name(feed: Feed, today: date) -> Iterator[Place]:
    """The long name says nothing more. Source: canonical validator, route_long_name_contains_short_name."""
    table = feed.tables["routes"]
    short, long = table["route_short_name"].texts(), table["route_long_name"].texts()
    yield from at_rows(table, np.asarray((short == long) & (short != ""), bool), "route_long_name")


@rule(Severity.WARNING)
def duplicate_route_name(feed: Feed, today: date) -> Iterator[Place]:
    """Two routes of an agency and type have the same names. Source: canonical validator, duplicate_route_name."""
    table = feed.tables["routes"]
    names = "agency_id", "route_type", "route_short_name", "route_long_name"
    yield from at_rows(table, _seen_before(table, names), "route_id")


def _seen_before(table: Table, names: tuple[str, ...]) -> NDArray[np.bool_]:
    seen: set[tuple[str, ...]] = set()
    again = []
    for row in zip(*(table[name].texts() for name in names), strict=True):
        again.append(row in seen)
        seen.add(row)
    return np.array(again, bool)


@rule(Severity.ERROR)
def missing_required_agency_id(feed: Feed, today: date) -> Iterator[Place]:
    """With several agencies each route names its own; the first is taken. Source: GTFS reference, routes.agency_id."""
    if len(feed.tables["agency"]) > 1:
        table = feed.tables["routes"]
        yield from at_rows(table, table["agency_id"].blank(), "route_id")


@rule(Severity.INFO)
def unused_route(feed: Feed, today: date) -> Iterator[Place]:
    """A route without a trip. Source: canonical validator, route_without_trips."""
    table = feed.tables["routes"]
    yield from at_rows(
        table, _not(set(feed.tables["trips"]["route_id"].values).__contains__, table["route_id"]), "route_id"
    )
