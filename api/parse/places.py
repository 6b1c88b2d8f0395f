"""The parameters of `geocode` and `reverse-geocode`."""

from __future__ import annotations

from api.config import Config
from api.parse.boards import box
from api.parse.modes import ridden
from api.parse.spots import corner, point
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery
from mobility.geo import Point
from mobility.network.modes import mode_bits
from mobility.places.match import ADDRESSES, KINDS, Wanted

STOPS = frozenset({"stop", "station"})
TYPES = {"STOP": STOPS, "PLACE": frozenset(KINDS) - STOPS - ADDRESSES, "ADDRESS": ADDRESSES}
NEARBY_M = 20_000.0


def text(values: Values) -> str:
    """What was typed so far, "" included. Raises InvalidQuery where it is not given."""
    return values.text("text") if values.given("text") else values.required("text")


def typed_point(typed: str) -> Point | None:
    """The position that the text is, if it is one."""
    try:
        return point(typed, "text")
    except InvalidQuery:
        return None


def wanted(values: Values) -> Wanted:
    modes = ridden(values, "mode")
    return Wanted(
        kinds=_kinds(values),
        modes=None if modes is None else mode_bits(modes),
        within_m=NEARBY_M,
        box=box(values) if values.text("min") or values.text("max") else None,
        near=corner(values, "place") if values.text("place") else None,
        bias=values.number("placeBias", 1, 0, 1000),
    )


def limit(values: Values, config: Config, default: int) -> int:
    most = config.limits.geocode_results
    return values.whole("numResults", min(default, most), 1, most)


def _kinds(values: Values) -> frozenset[str] | None:
    types = values.listed("type")
    if types is None:
        return None
    if set(types) - TYPES.keys():
        raise InvalidQuery("type", RequestFault.NONE_OF, known=", ".join(TYPES))
    return frozenset[str]().union(*(TYPES[one] for one in types))
