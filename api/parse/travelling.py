"""How a traveller moves, read alike by every query: speeds, walks, changes, rides."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from api.config import Config
from api.dialect import Dialect
from api.parse.modes import named
from api.parse.values import Values
from mobility.errors import InvalidQuery
from mobility.routing.query import Change, Query, Walking

LONGEST_CHANGE_S = 24 * 3600


def with_rides(asked: Query, values: Values, dialect: Dialect) -> Query:
    """maxTransfers: one ride more than transfers; before version 3 the number of rides itself."""
    if not values.text("maxTransfers"):
        return asked
    most = values.whole("maxTransfers", 0) + (not dialect.counts_rides_as_transfers)
    return replace(asked, most_rides=min(most, asked.most_rides)) if most else replace(asked, modes=frozenset())


def walking(values: Values, config: Config) -> Walking:
    """Without WALK among its modes an end has no way on foot: only the very stop asked for is boarded there."""
    usual = config.walking
    usual_mps = usual.wheelchair_mps if profile(values) == "WHEELCHAIR" else usual.speed_mps
    speed_mps = values.number("pedestrianSpeed", usual_mps, 0.2, 5)
    access_s = values.whole("maxPreTransitTime", usual.access_s, 0, usual.longest_s)
    egress_s = values.whole("maxPostTransitTime", usual.access_s, 0, usual.longest_s)
    if values.text("radius"):
        access_s = egress_s = min(ceil(values.number("radius", 0, 0, 1e9) / speed_mps), usual.longest_s)
    return Walking(
        speed_mps=speed_mps,
        access_s=access_s if "WALK" in named(values, "preTransitModes", ["WALK"]) else 0,
        egress_s=egress_s if "WALK" in named(values, "postTransitModes", ["WALK"]) else 0,
        direct_s=values.whole("maxDirectTime", usual.direct_s, 0, usual.longest_s),
        cycling_mps=values.number("cyclingSpeed", usual.cycling_mps, 0.5, 15),
    )


def change(values: Values) -> Change:
    return Change(
        minimum_s=min(60 * values.whole("minTransferTime", 0), LONGEST_CHANGE_S),
        additional_s=min(60 * values.whole("additionalTransferTime", 0), LONGEST_CHANGE_S),
        factor=values.number("transferTimeFactor", 1.0, 1.0, 100.0),
    )


def profile(values: Values) -> str:
    profile = values.text("pedestrianProfile") or "FOOT"
    if profile not in {"FOOT", "WHEELCHAIR"}:
        raise InvalidQuery("pedestrianProfile", "is FOOT or WHEELCHAIR")
    return profile
