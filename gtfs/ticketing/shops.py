"""The tables that say where operators sell, by addresses that lead to the ride at hand.

A line that names a link sells by it, else its operator does. A trip or a stop may be said to be not sold there. Source:
Google Transit ticketing extensions (agency, routes, trips, stop_times, ticketing_deep_links.txt,
ticketing_identifiers.txt); as MOTIS does, a call that is not sold says so of its stop.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import numpy as np

from gtfs.feed import Feed
from gtfs.ticketing.deep_links import NO_TICKETING, DeepLink, SoldStop, SoldTrip, Ticketing
from gtfs.values import integers, rows_of

WEB = ("https", "http")
APPS = (*WEB, "intent", "android-app")
"""What an address may begin with: whatever else there is could run in the reader's browser."""


def ticketing(feed: Feed) -> Ticketing:
    links = feed.tables["ticketing_deep_links"]
    if not len(links):
        return NO_TICKETING
    columns = (links[name].texts() for name in ("web_url", "android_intent_uri", "ios_universal_link_url"))
    of_agency, of_route = (
        tuple(rows_of(links["ticketing_deep_link_id"], feed.tables[name]["ticketing_deep_link_id"]).tolist())
        for name in ("agency", "routes")
    )
    return Ticketing(
        links=tuple(
            DeepLink(_safe(web, WEB), _safe(android, APPS), _safe(ios, WEB))
            for web, android, ios in zip(*columns, strict=True)
        ),
        of_agency=of_agency,
        of_route=of_route,
        stops=_stops(feed),
        trips=_trips(feed),
        unsold=_unsold(feed),
    )


def _safe(address: str, schemes: tuple[str, ...]) -> str:
    try:
        return address if urlsplit(address).scheme.lower() in schemes else ""
    except ValueError:
        return ""


def _stops(feed: Feed) -> tuple[SoldStop, ...]:
    """A feed of one operator need not name it."""
    table = feed.tables["ticketing_identifiers"]
    stop = rows_of(feed.keys("stops"), table["stop_id"]).tolist()
    agency = rows_of(feed.keys("agency"), table["agency_id"]).tolist()
    named = zip(stop, agency, table["ticketing_stop_id"].texts().tolist(), strict=True)
    return tuple(SoldStop(row, max(of, 0), id) for row, of, id in named if row >= 0 and id)


def _trips(feed: Feed) -> tuple[SoldTrip, ...]:
    table = feed.tables["trips"]
    unsold = (integers(table["ticketing_type"], "0-1", 0) == 1).tolist()
    named = zip(table["trip_id"].texts().tolist(), table["ticketing_trip_id"].texts().tolist(), unsold, strict=True)
    return tuple(SoldTrip(trip, "" if off else id) for trip, id, off in named if off or (id and id != trip))


def _unsold(feed: Feed) -> tuple[int, ...]:
    table = feed.tables["stop_times"]
    off = np.flatnonzero(integers(table["ticketing_type"], "0-1", 0) == 1)
    rows = rows_of(feed.keys("stops"), table["stop_id"].take(off))
    return tuple(np.unique(rows[rows >= 0]).tolist())
