"""The calls of a run as JSON places with times."""

from __future__ import annotations

from api.present.clock import stamp
from api.present.pieces import Json, Pieces
from mobility.routing.itinerary import RideLeg

NOT_POSSIBLE = 1
TYPES = ("NORMAL", "NOT_ALLOWED", "NORMAL", "NORMAL")


def calls(pieces: Pieces, leg: RideLeg) -> list[Json]:
    """From boarding to alighting, both included; the last call of the trip has no departure, the first no arrival."""
    network, first = leg.network, int(leg.network.patterns.first_position[leg.pattern])
    positions = slice(first + leg.board, first + leg.alight + 1)
    times = slice(leg.first_call + leg.board, leg.first_call + leg.alight + 1)
    rows = zip(
        network.patterns.stop[positions].tolist(),
        network.calls.arrival[times].tolist(),
        network.calls.departure[times].tolist(),
        network.patterns.pickup[positions].tolist(),
        network.patterns.drop_off[positions].tolist(),
        strict=True,
    )
    start_s, place = leg.day_start_s, pieces.place
    found = []
    for stop, arrival_s, departure_s, pickup, drop_off in rows:
        arrival = stamp(start_s + arrival_s)
        departure = arrival if departure_s == arrival_s else stamp(start_s + departure_s)
        found.append(
            {
                **place(stop),
                "arrival": arrival,
                "departure": departure,
                "scheduledArrival": arrival,
                "scheduledDeparture": departure,
                "pickupType": TYPES[pickup],
                "dropoffType": TYPES[drop_off],
                "cancelled": False,
            }
        )
    return found


def starting(call: Json) -> Json:
    """The call as a beginning: what counts there is the departure."""
    del call["arrival"], call["scheduledArrival"]
    return call


def ending(call: Json) -> Json:
    del call["departure"], call["scheduledDeparture"]
    return call


def is_served(call: Json) -> bool:
    return "NORMAL" in (call["pickupType"], call["dropoffType"])


def joined(before: list[Json], after: list[Json]) -> list[Json]:
    """The calls of a vehicle that goes on as another trip; where both name the same stop it is one call."""
    last, first = before[-1], after[0]
    if last["stopId"] != first["stopId"]:
        return before + after
    both = last | {name: first[name] for name in ("departure", "scheduledDeparture", "pickupType")}
    return [*before[:-1], both, *after[1:]]
