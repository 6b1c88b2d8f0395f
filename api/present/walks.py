"""Walks that are longer than the traveller asked for, as API and sentences tell them."""

from __future__ import annotations

from api.present.pieces import Json
from mobility.planning.long_walks import LongWalk


def walk_minutes(walk: LongWalk) -> int:
    """Nobody walks faster than is said."""
    return -(-walk.lasts_s // 60)


def farther_walks(to: LongWalk | None, after: LongWalk | None) -> list[Json]:
    """end: of the trip, at which the walk is. duration: seconds."""
    ends = ("access", to), ("egress", after)
    return [{"end": end, "stop": walk.stop, "duration": walk.lasts_s} for end, walk in ends if walk]
