"""Which picture of api/static/icons.svg stands for a vehicle, a place, a way at the ends of a trip."""

from __future__ import annotations

from mobility.network.modes import MODES as VEHICLES

MODES = {
    "WALK": "walk", "BIKE": "bike", "RENTAL": "bike", "FERRY": "boat", "TRAM": "tram", "SUBWAY": "tram",
    "CAR": "car", "CAR_PARKING": "car", "CAR_DROPOFF": "car", "RIDE_SHARING": "carpool", "ODM": "call", "FLEX": "call",
    "REGIONAL_RAIL": "train", "SUBURBAN": "train", "LONG_DISTANCE": "train", "HIGHSPEED_RAIL": "train",
    "NIGHT_RAIL": "train", "REGIONAL_FAST_RAIL": "train",
}  # fmt: skip
PLACES = {
    "stop": "bus", "station": "bus", "commune": "town", "town_centre": "town", "carpool_point": "carpool",
    "taxi_rank": "taxi", "car_park": "car", "bike_station": "bike", "bike_shelter": "bike", "third_place": "desk",
    "railway_station": "train", "bus_station": "bus", "harbour": "boat",
}  # fmt: skip
WAYS = {
    "walk": "walk", "step_free_walk": "wheelchair", "bike": "bike", "own_bike": "bike", "shared_vehicle": "bike",
    "on_demand": "call", "carpool": "carpool", "taxi": "taxi", "park_and_ride": "car", "driven": "car",
    "own_car": "car",
}  # fmt: skip


OF_STOPS = ("train", "boat", "tram")
"""What a stop is known for, however many buses call there, too."""


def of_mode(mode: str) -> str:
    return MODES.get(mode, "bus")


def of_stop(modes: int) -> str:
    """modes: bits as in Network.stops.modes."""
    held = {of_mode(mode) for row, mode in enumerate(VEHICLES) if modes >> row & 1}
    return next((one for one in OF_STOPS if one in held), "bus")


def of_place(kind: str) -> str:
    return PLACES.get(kind, "pin")


def of_way(kind: str) -> str:
    """Of a way, or of a place that makes it needless."""
    return WAYS.get(kind) or of_place(kind)
