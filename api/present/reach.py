"""What can be reached, as JSON: schema Reachable of the MOTIS API."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.clock import stamp
from api.present.legs import spot
from api.present.pieces import Json, Pieces
from mobility.planning.reach import Reached
from mobility.routing.query import Query


def reachable(pieces: Pieces, query: Query, found: Sequence[Reached]) -> Json:
    event = "departure" if query.arrive_by else "arrival"
    return {
        "one": spot(pieces, query.origin),
        "all": [
            {"place": pieces.place(one.stop) | {event: stamp(one.at_s)}, "duration": one.duration_s, "k": one.rides}
            for one in found
        ],
    }
