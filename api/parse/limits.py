"""What a query for trips may ask for at the most. Clients of MOTIS ask for more, as a server of it gives what it has:
so does this one, and says so in `hent.limited`. What is too much anywhere else is refused."""

from __future__ import annotations

from collections.abc import Collection

from api.parse.context import Asking
from api.parse.traveller import FARTHEST_M, traveller, walking_mps
from api.parse.values import Values

LONGEST_TRAVEL_MINUTES = 30 * 24 * 60
MOST_ALTERNATIVES = 10
AT_THE_ENDS = frozenset({"maxPreTransitTime", "maxPostTransitTime", "maxDirectTime", "radius"})
OF_REACH = AT_THE_ENDS | {"maxTransfers"}
OF_KEPT = AT_THE_ENDS | {"numLegAlternatives"}
"""Names that each resource reads; `plan` reads all."""


def limited(values: Values, asking: Asking, read: Collection[str] | None = None) -> tuple[str, ...]:
    """Names of the parameters that asked for more than the server gives; they got the most there is."""
    most = _most(asking)
    if values.text("radius"):
        speed_mps = walking_mps(values, traveller(values, asking.config))
        most["radius"] = asking.config.walking.longest_s * speed_mps
    names = most.keys() if read is None else most.keys() & read
    return tuple(name for name, limit in most.items() if name in names and _asked(values, name) > limit)


def _most(asking: Asking) -> dict[str, float]:
    search, longest_s = asking.config.search, asking.config.walking.longest_s
    return {
        "searchWindow": search.longest_window_s,
        "numItineraries": search.most_results,
        "maxItineraries": search.most_results,
        "maxTransfers": search.most_rides - (not asking.dialect.counts_rides_as_transfers),
        "numLegAlternatives": MOST_ALTERNATIVES,
        "maxPreTransitTime": longest_s,
        "maxPostTransitTime": longest_s,
        "maxDirectTime": longest_s,
    }


def _asked(values: Values, name: str) -> float:
    return values.number(name, 0, 0, FARTHEST_M) if name == "radius" else values.whole(name, 0)
