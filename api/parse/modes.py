"""Modes as clients name them, groups and former names included."""

from __future__ import annotations

from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery
from mobility.network.modes import MODES, RAIL

FORMER = {
    "METRO": "SUBURBAN",
    "AREAL_LIFT": "AERIAL_LIFT",
    "REGIONAL_FAST_RAIL": "REGIONAL_RAIL",
    "CABLE_CAR": "TRAM",
}
GROUPS = {"TRANSIT": frozenset(MODES), "RAIL": RAIL}
STREET = frozenset({"WALK", "BIKE", "RENTAL", "CAR", "HGV", "CAR_PARKING", "CAR_DROPOFF", "FLEX", "BIKE_SHARING"})
DEBUG = frozenset({"DEBUG_BUS_ROUTE", "DEBUG_RAILWAY_ROUTE", "DEBUG_FERRY_ROUTE"})
EVERY = STREET | DEBUG | FORMER.keys() | GROUPS.keys() | frozenset(MODES)
"""Every name that may be sent."""


def ridden(values: Values, name: str) -> frozenset[str] | None:
    """The modes that may be ridden: None for all (or not given), empty for none. Ways on streets are no rides."""
    found: set[str] = set()
    for mode in named(values, name, ["TRANSIT"]):
        found |= GROUPS.get(mode, {mode} & set(MODES))
    return None if found == set(MODES) else frozenset(found)


def named(values: Values, name: str, default: list[str]) -> list[str]:
    """The modes in today's names. Raises InvalidQuery for one that does not exist."""
    listed = values.listed(name)
    modes = default if listed is None else listed
    if not EVERY.issuperset(modes):
        raise InvalidQuery(name, RequestFault.NO_MODE)
    return [FORMER.get(mode, mode) for mode in modes]
