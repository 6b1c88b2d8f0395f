"""From a GTFS route_type, basic or extended, to the mode that travellers see (names of the MOTIS API)."""

from __future__ import annotations

from collections.abc import Iterable

MODES = (
    "BUS",
    "FERRY",
    "TRAM",
    "SUBWAY",
    "REGIONAL_RAIL",
    "COACH",
    "SUBURBAN",
    "HIGHSPEED_RAIL",
    "LONG_DISTANCE",
    "NIGHT_RAIL",
    "AIRPLANE",
    "FUNICULAR",
    "AERIAL_LIFT",
    "RIDE_SHARING",
    "ODM",
    "OTHER",
)

BOAT = "FERRY"
BOAT_MODE = MODES.index(BOAT)
"""As columns have it."""
FAR_TRAINS = frozenset({"HIGHSPEED_RAIL", "LONG_DISTANCE", "NIGHT_RAIL"})
TRAINS = FAR_TRAINS | {"REGIONAL_RAIL", "SUBURBAN"}
"""What leaves from a railway station; suburban trains are the lines of a town as much."""
RAIL = TRAINS | {"SUBWAY"}
"""What MOTIS calls so."""

# The ranges follow the extended route types of the GTFS reference; the first row that holds the type wins.
RANGES = (
    (0, 0, "TRAM"),
    (1, 1, "SUBWAY"),
    (2, 2, "REGIONAL_RAIL"),
    (3, 3, "BUS"),
    (4, 4, "FERRY"),
    (5, 5, "TRAM"),
    (6, 6, "AERIAL_LIFT"),
    (7, 7, "FUNICULAR"),
    (11, 11, "BUS"),
    (12, 12, "SUBURBAN"),
    (101, 101, "HIGHSPEED_RAIL"),
    (102, 103, "LONG_DISTANCE"),
    (105, 105, "NIGHT_RAIL"),
    (109, 109, "SUBURBAN"),
    (100, 117, "REGIONAL_RAIL"),
    (200, 209, "COACH"),
    (300, 399, "SUBURBAN"),
    (400, 404, "SUBWAY"),
    (405, 405, "OTHER"),
    (500, 699, "SUBWAY"),
    (715, 715, "ODM"),
    (700, 799, "BUS"),
    (800, 899, "BUS"),
    (900, 999, "TRAM"),
    (1000, 1099, "FERRY"),
    (1100, 1199, "AIRPLANE"),
    (1200, 1299, "FERRY"),
    (1300, 1399, "AERIAL_LIFT"),
    (1400, 1499, "FUNICULAR"),
    (1500, 1507, "ODM"),
    (1550, 1560, "RIDE_SHARING"),
)


def mode_bits(modes: Iterable[str]) -> int:
    """As Network.stops.modes has them."""
    return sum(1 << MODES.index(mode) for mode in modes)


def mode_row(route_type: int) -> int:
    """Row of MODES; unknown types are OTHER."""
    for low, high, mode in RANGES:
        if low <= route_type <= high:
            return MODES.index(mode)
    return MODES.index("OTHER")
