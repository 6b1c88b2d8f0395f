"""What an operator decides about rides in private cars as parts of a trip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mobility.carpool.overlay import Overlay


@dataclass(frozen=True, slots=True)
class CarpoolRules:
    """margin_s: least time between getting out of a car and the next vehicle. early_s: so long before the driver one is
    at the meeting point. nearer_m, nearer_share: how much nearer to the destination a ride brings, in metres and as a
    share of the whole way. most: itineraries with a carpool in an answer. looked_at: offers that are looked at closely.
    worth_s: by how much sooner the rest of the trip must begin for a meeting point that one rides to, when there is
    one that one walks to. most_rides: before the car.
    """

    margin_s: int = 600
    early_s: int = 300
    nearer_m: float = 1000.0
    nearer_share: float = 0.2
    most: int = 3
    looked_at: int = 16
    worth_s: int = 300
    most_rides: int = 2


@dataclass(frozen=True, slots=True)
class CarpoolSearch:
    """now: epoch seconds; drivers who have left take nobody."""

    overlay: Overlay
    now: Callable[[], int]
    rules: CarpoolRules = CarpoolRules()
