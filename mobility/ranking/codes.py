"""Every code that says what an option is good for, or why what was found is not shown: each stands here, once.

A test asks of each for its sentence in all languages, its heading in docs/ranking.md and its entry in `/api/ranking`.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """First the labels, in the order in which options are looked at; then the losses, in the order of the chain."""

    BEST = "best"
    FASTEST = "fastest"
    FEWEST_CHANGES = "fewest_changes"
    LEAST_WALKING = "least_walking"
    LOWEST_EMISSIONS = "lowest_emissions"
    CHEAPEST = "cheapest"
    STEP_FREE = "step_free"
    BY_BOAT = "by_boat"
    WITH_CARPOOL = "with_carpool"
    LONG_WAIT = "long_wait"
    OVERNIGHT = "overnight"
    ALTERNATIVE = "alternative"

    BOOKING_CLOSED = "booking_closed"
    RIDES_IN_A_CIRCLE = "rides_in_a_circle"
    DOMINATED = "dominated"
    TWIN = "twin"
    LONGER_THAN_ASKED = "longer_than_asked"
    WALKING_IS_AS_FAST = "walking_is_as_fast"
    CYCLING_IS_AS_FAST = "cycling_is_as_fast"
    VEHICLE_GAINS_LITTLE = "vehicle_gains_little"
    ANOTHER_PAGE = "another_page"
    SAME_DRIVER = "same_driver"
    OUTSIDE_WINDOW = "outside_window"
    DRIVER_NOT_MET = "driver_not_met"
    ENOUGH_CARPOOLS = "enough_carpools"
    HAS_LEFT = "has_left"
    SAME_RIDE = "same_ride"
    ANOTHER_TIME = "another_time"
    HOPELESSLY_LONG = "hopelessly_long"
    SIMILAR_RIDES = "similar_rides"
    FAR_LONGER = "far_longer"
    NOTHING_GAINED = "nothing_gained"
    OUTDONE = "outdone"
    ENOUGH_OPTIONS = "enough_options"

    # As a word: an answer asks for labels hundreds of times, and the hash of an enum is made in Python.
    __hash__ = str.__hash__
