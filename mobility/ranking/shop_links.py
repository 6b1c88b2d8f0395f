"""The address in an operator's shop that leads to a ride: made here, opened by the person, fetched by nobody.

It tells the trip, its day and hours, and both stops; nothing of the person. Source: Google Transit ticketing extensions
(each value a JSON list), as MOTIS reads them.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import orjson

from mobility.network.feed_shop import NO_SHOP, FeedShop, LinkOf, ShopLink
from mobility.routing.itinerary import RideLeg

NOTHING_SOLD = FeedShop()
TELLS = ("trip", "from", "to")
"""What the address tells the shop, in the words of mobility/ranking/sales.py."""


def shop_link(leg: RideLeg) -> ShopLink:
    """NO_SHOP where its operator names none, or does not sell it there."""
    network = leg.network
    feed = int(network.lines.feed[leg.line])
    shop = network.shops[feed] if network.shops else NOTHING_SOLD
    if not shop.links:
        return NO_SHOP
    base = _base(shop, leg)
    trip, ends = _trip(shop, leg), (leg.stop_at(leg.board), leg.stop_at(leg.alight))
    if base == NO_SHOP or not trip or set(ends) & set(shop.unsold):
        return NO_SHOP
    told = urlencode({name: orjson.dumps([text]).decode() for name, text in _told(shop, leg, trip).items()})
    return ShopLink(*(_with(address, told) for address in (base.web, base.android, base.ios)))


def _base(shop: FeedShop, leg: RideLeg) -> ShopLink:
    """A line's own goes before its operator's."""
    agency = int(leg.network.lines.agency[leg.line])
    found = _link_of(shop.lines, leg.line), _link_of(shop.agencies, agency)
    return next((shop.links[link] for link in found if link >= 0), NO_SHOP)


def _link_of(links: tuple[LinkOf, ...], row: int) -> int:
    return next((one.link for one in links if one.row == row), -1)


def _trip(shop: FeedShop, leg: RideLeg) -> str:
    """What the shop calls it, as the feed does where nothing is said; "" where it is not sold."""
    trips = leg.network.trips
    id = trips.id[int(trips.id_row[leg.trip])]
    at = bisect_left(shop.trips, id, key=lambda one: one.trip)
    if at < len(shop.trips) and shop.trips[at].trip == id:
        return shop.trips[at].id
    return id.partition("_")[2]


def _told(shop: FeedShop, leg: RideLeg, trip: str) -> dict[str, str]:
    zone = ZoneInfo(leg.network.zones[int(leg.network.stops.zone[leg.stop_at(leg.board)])])
    times = [datetime.fromtimestamp(moment, zone).isoformat() for moment in (leg.departure_s, leg.arrival_s)]
    return {
        "service_date": f"{leg.service_day:%Y%m%d}",
        "ticketing_trip_id": trip,
        "from_ticketing_stop_time_id": _stop(shop, leg, leg.stop_at(leg.board)),
        "to_ticketing_stop_time_id": _stop(shop, leg, leg.stop_at(leg.alight)),
        "boarding_time": times[0],
        "arrival_time": times[1],
    }


def _stop(shop: FeedShop, leg: RideLeg, stop: int) -> str:
    agency = int(leg.network.lines.agency[leg.line])
    named = (one.id for one in shop.stops if (one.stop, one.agency) == (stop, agency))
    return next(named, leg.network.stops.id[stop].partition("_")[2])


def _with(address: str, told: str) -> str:
    """Beside what is asked there already, before a fragment (`#Intent;…`)."""
    if not address:
        return ""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, told)))))
