"""On-demand zones of feeds as places of the territory, with how and when they are called for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from gtfs.snapshot import BookingRule, FeedSnapshot, RideTime
from mobility.network.place import TerritoryPlace


def zones_on_demand(feeds: Sequence[FeedSnapshot]) -> Iterator[TerritoryPlace]:
    for feed in feeds:
        for zone in feed.zones:
            route = feed.routes[zone.route]
            agency = feed.agencies[route.agency] if route.agency < len(feed.agencies) else None
            middle = shapely.from_wkt(zone.area).representative_point()
            known = {
                "operator": agency.name if agency else "",
                "opening_hours": zone.hours,
                "url": zone.booking.url or route.url,
                "phone": zone.booking.phone or (agency.phone if agency else ""),
                "booking": zone.booking.message,
                "notice": notice(zone.booking),
                **_times("mean", zone.usual),
                **_times("safe", zone.safe),
            }
            yield TerritoryPlace(
                kind="on_demand",
                id=f"{feed.source.id}_{route.id}_{zone.id}",
                name=route.short_name or route.long_name or (agency.name if agency else feed.source.id),
                lat=middle.y,
                lon=middle.x,
                properties={name: text for name, text in known.items() if text},
                area=zone.area,
            )


def _times(name: str, time: RideTime) -> dict[str, str]:
    told = {f"{name}_duration_factor": time.factor, f"{name}_duration_offset": time.offset_s}
    return {key: f"{value:g}" for key, value in told.items() if value is not None}


def notice(booking: BookingRule) -> str:
    """`30`: minutes ahead; `1d 17:00`: so many days ahead, until then; "" not known."""
    if booking.last_day is not None:
        until = "" if booking.last_s is None else f" {booking.last_s // 3600:02}:{booking.last_s // 60 % 60:02}"
        return f"{booking.last_day}d{until}"
    return "" if booking.notice_min is None else f"{booking.notice_min}"
