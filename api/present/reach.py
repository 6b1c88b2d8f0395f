"""What can be reached, as JSON: schema Reachable of the MOTIS API."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.clock import stamp
from api.present.legs import spot
from api.present.pieces import Json, Pieces
from mobility.planning.reach import Reached
from mobility.routing.query import Query


def reachable(pieces: Pieces, query: Query, found: Sequence[Reached]) -> Json:
    """duration: whole minutes as MOTIS answers them (src/endpoints/one_to_all.cc), so that it goes with
    maxTravelTime; rounded up, as nobody is there sooner."""
    here, there = ("arrival", "departure") if query.arrive_by else ("departure", "arrival")
    return {
        "one": spot(pieces, query.origin) | {here: stamp(query.at_s)},
        "all": [
            {
                "place": pieces.place(one.stop) | {there: stamp(one.at_s)},
                "duration": -(-one.duration_s // 60),
                "k": one.rides,
            }
            for one in found
        ],
    }
