"""What is different in an itinerary that somebody kept, ride by ride."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from api.present.pieces import Json
from api.present.telling import clock
from api.web.sentences import Sentences
from mobility.planning.refresh import Replacement


def changes(rides: Sequence[Replacement], zone: ZoneInfo, said: Sentences) -> list[Json]:
    """Only of rides with a change. leg: its number in what was kept; departure, arrival: so many seconds later."""
    return [
        {
            "leg": ride.kept.number,
            "departure": ride.departure_s - ride.kept.departure_s,
            "arrival": ride.arrival_s - ride.kept.arrival_s,
            "sameTrip": ride.is_same_trip,
            "sentence": " ".join(_sentences(ride, zone, said)),
        }
        for ride in rides
        if ride.has_changed
    ]


def _sentences(ride: Replacement, zone: ZoneInfo, said: Sentences) -> Iterator[str]:
    text, kept = said["changes"], ride.kept
    times = kept.departure_s, kept.arrival_s, ride.departure_s, ride.arrival_s
    before_start, before_end, start, end = (clock(at_s, zone) for at_s in times)
    if (before_start, before_end) != (start, end):
        yield text["times"].format(
            line=ride.legs[0].line_name, start=start, end=end, before_start=before_start, before_end=before_end
        )
    if not ride.is_same_trip:
        yield text["other_trip"].format(line=ride.legs[0].line_name)
