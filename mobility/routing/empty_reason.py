"""Why an answer is empty, by codes that every language has a sentence for."""

from __future__ import annotations

from enum import StrEnum


class EmptyReason(StrEnum):
    """Why there is no itinerary; docs/problems.md explains each to people."""

    ALREADY_THERE = "already_there"
    OUTSIDE_SERVICE_PERIOD = "outside_service_period"
    NO_SERVICE_ON_DAY = "no_service_on_day"
    ORIGIN_ON_WATER = "origin_on_water"
    DESTINATION_ON_WATER = "destination_on_water"
    ORIGIN_OUTSIDE_TERRITORY = "origin_outside_territory"
    DESTINATION_OUTSIDE_TERRITORY = "destination_outside_territory"
    NO_STOP_NEAR_ORIGIN = "no_stop_near_origin"
    NO_STOP_NEAR_DESTINATION = "no_stop_near_destination"
    NOBODY_GETS_IN = "nobody_gets_in"
    NOBODY_GETS_OUT = "nobody_gets_out"
    ONLY_WITH_STEPS = "only_with_steps"
    ONLY_WITHOUT_BIKE = "only_without_bike"
    WALK_TOO_LONG = "walk_too_long"
    WALK_BETWEEN_TOO_LONG = "walk_between_too_long"
    LONGER_THAN_ASKED = "longer_than_asked"
    BOOKING_CLOSED = "booking_closed"
    ON_DEMAND_NOT_THEN = "on_demand_not_then"
    ON_DEMAND_TOO_LATE = "on_demand_too_late"
    ONLY_BY_OTHER_MODES = "only_by_other_modes"
    CANCELLED = "cancelled"
    OUT_OF_TIME = "out_of_time"
    NOTHING_IN_WINDOW = "nothing_in_window"
    WALKING_IS_BETTER = "walking_is_better"
