"""agency.txt, stops.txt and routes.txt as records."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gtfs.feed import Feed
from gtfs.snapshot import Agency, Route, Stop
from gtfs.table import Table
from gtfs.values import floats, integers, rows_of
from gtfs.zones import is_timezone

MISCELLANEOUS = 1700
"""Extended route type for a route whose own type cannot be read."""
NEAR_ORIGIN = 1.0
"""Degrees: a stop this near to 0, 0 has no real position (nobody lives there)."""


def agencies(feed: Feed) -> tuple[Agency, ...]:
    """An agency with a time zone that does not exist gets that of the first agency that has one, else none: then
    that of the territory holds."""
    table = feed.tables["agency"]
    zones = [text for text in table["agency_timezone"].texts() if is_timezone(text)]
    names = "agency_id agency_name agency_url agency_timezone agency_lang agency_phone agency_fare_url"
    return tuple(
        Agency(
            id=id,
            name=name,
            url=url,
            timezone=zone if is_timezone(zone) else next(iter(zones), ""),
            lang=lang,
            phone=phone,
            fare_url=fare_url,
        )
        for id, name, url, zone, lang, phone, fare_url in _texts(table, *names.split())
    )


def stops(feed: Feed) -> tuple[Stop, ...]:
    """A stop without a name or with unknown wheelchair access takes that of its station."""
    table = feed.tables["stops"]
    parent = rows_of(feed.keys("stops"), table["parent_station"])
    lat, lon = _positions(table)
    name, wheelchair = table["stop_name"].texts().copy(), integers(table["wheelchair_boarding"], "0-2", 0)
    inherits = parent >= 0
    wheelchair = np.where(inherits & (wheelchair == 0), wheelchair[parent], wheelchair) if len(parent) else wheelchair
    unnamed = np.flatnonzero(inherits & (name == ""))
    name[unnamed] = name[parent[unnamed]]
    kind = integers(table["location_type"], "0-4", 0)
    numbers = zip(name, lat.tolist(), lon.tolist(), kind.tolist(), parent.tolist(), wheelchair.tolist(), strict=True)
    texts = _texts(table, "stop_id", "stop_code", "stop_desc", "platform_code", "zone_id", "stop_timezone")
    return tuple(
        Stop(
            id=id,
            name=name,
            lat=lat,
            lon=lon,
            code=code,
            description=description,
            platform_code=platform,
            location_type=kind,
            parent=parent,
            wheelchair=access,
            zone=zone,
            timezone=timezone if is_timezone(timezone) else "",
        )
        for (id, code, description, platform, zone, timezone), (name, lat, lon, kind, parent, access) in zip(
            texts, numbers, strict=True
        )
    )


def _positions(table: Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude of each stop, NaN where there is none that can be meant."""
    lat, lon = floats(table["stop_lat"], "latitude"), floats(table["stop_lon"], "longitude")
    nowhere = (np.abs(lat) <= NEAR_ORIGIN) & (np.abs(lon) <= NEAR_ORIGIN)
    lat[nowhere | np.isnan(lon)] = lon[nowhere | np.isnan(lat)] = np.nan
    return lat, lon


def routes(feed: Feed) -> tuple[Route, ...]:
    """A route without an agency belongs to the first one (the only one, in most feeds)."""
    table = feed.tables["routes"]
    agency = np.maximum(rows_of(feed.keys("agency"), table["agency_id"]), 0).tolist()
    kind = integers(table["route_type"], "whole", MISCELLANEOUS).tolist()
    order = integers(table["route_sort_order"], "whole", 0).tolist()
    names = "route_id route_short_name route_long_name route_color route_text_color route_url route_desc"
    return tuple(
        Route(
            id=id,
            agency=agency,
            short_name=short,
            long_name=long,
            type=kind,
            color=color,
            text_color=text_color,
            url=url,
            description=description,
            sort_order=order,
        )
        for (id, short, long, color, text_color, url, description), agency, kind, order in zip(
            _texts(table, *names.split()), agency, kind, order, strict=True
        )
    )


def _texts(table: Table, *names: str) -> Iterator[tuple[str, ...]]:
    return zip(*(table[name].texts() for name in names), strict=True)
