"""Transport on demand between a door and a stop: where one zone holds both, and how long the ride takes.

Its operator says how much longer than a car it takes: a factor and seconds on top, of what is usual (`mean_duration_*`)
and of what 19 rides of 20 keep to (`safe_duration_*`). Source: GTFS reference, trips.txt.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, isfinite

from mobility.network.place import TerritoryPlace
from mobility.routing.last_kilometre.context import Drive, TripEnd, WaysContext
from mobility.routing.last_kilometre.notice import is_too_late
from mobility.routing.last_kilometre.option import Option, Where, amount, claim, price, said


def on_demand(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """Where a vehicle is on its way then, can still be booked and holds the whole party."""
    nearby = setting.around.nearby
    for zone in nearby.holding(side.door, "on_demand"):
        seats = amount(zone, "capacity")
        if setting.is_closed(zone) or _is_too_late(setting, zone) or (seats is not None and seats < setting.party):
            continue
        if zone in nearby.holding(side.stop_point, "on_demand"):
            yield _option(setting, side, zone)


def _is_too_late(setting: WaysContext, zone: TerritoryPlace) -> bool:
    return is_too_late(said(zone).notice, setting.now_s, setting.at)


def _option(setting: WaysContext, side: TripEnd, zone: TerritoryPlace) -> Option:
    drive = setting.drive(side.start, side.goal)
    metres = drive.metres if drive else None
    usual_s, safe_s = _lasts_s(zone, drive)
    return Option(
        end=side.end,
        kind="on_demand",
        duration_s=usual_s,
        distance_m=None if metres is None else round(metres),
        estimated=drive is None or drive.estimated,
        local=claim(zone, "local"),
        step_free=claim(zone, "step_free"),
        price=price(zone),
        co2e_g=setting.co2e_g("ODM", metres),
        operator=zone.properties.get("operator", ""),
        place=Where.of(zone),
        contact=said(zone, setting.at.date()),
        spaces=zone.properties.get("capacity", ""),
        waits=True,
        safe_s=safe_s,
    )


def _lasts_s(zone: TerritoryPlace, drive: Drive | None) -> tuple[int | None, int | None]:
    """Usually, and at most in 19 rides of 20. Of a zone that says the first is longer, the second is not known."""
    usual_s, safe_s = (_seconds(zone, name, drive) for name in ("mean", "safe"))
    return usual_s, None if safe_s is not None and usual_s is not None and safe_s < usual_s else safe_s


def _seconds(zone: TerritoryPlace, name: str, drive: Drive | None) -> int | None:
    """None where the operator says nothing, or nothing that can be true."""
    factor, offset_s = amount(zone, f"{name}_duration_factor"), amount(zone, f"{name}_duration_offset")
    if drive is None or (factor is None and offset_s is None):
        return None
    seconds = (1.0 if factor is None else factor) * drive.seconds + (offset_s or 0.0)
    return ceil(seconds) if isfinite(seconds) and seconds > 0 and (factor is None or factor > 0) else None
