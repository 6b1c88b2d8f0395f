"""What is different in an itinerary that somebody kept, ride by ride."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from api.present.cancelled import cancelled_words
from api.present.legs import AnswerContext
from api.present.now import reason_of
from api.present.pieces import Json
from api.present.prose import clock
from api.web.sentences import Sentences, sentences
from mobility.planning.refresh import Replacement
from mobility.planning.rescue import LostRide
from mobility.routing.runs import TightChange


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


def tight_changes(found: Sequence[TightChange], said: Sentences) -> list[Json]:
    """missing: so many seconds too few for who walks so. The trip exists all the same: who hurries may make it."""
    return [
        {
            "stop": one.ride.start.name,
            "missing": one.missing_s,
            "sentence": tight_words(one, said),
        }
        for one in found
    ]


def tight_words(one: TightChange, said: Sentences) -> str:
    text, minutes = said["changes"]["tight"], -(-one.missing_s // 60)
    return text.format(line=one.ride.line_name, stop=one.ride.start.name, minutes=minutes)


def lost_rides_told(context: AnswerContext, lost: Sequence[LostRide], legs: Sequence[Json]) -> list[Json]:
    """leg: its number. missing: so many seconds too late one is there; null where it is cancelled."""
    boarded = [number for number, leg in enumerate(legs) if leg.get("interlineWithPreviousLeg") is False]
    return [
        {
            "leg": boarded[one.boarded],
            "line": one.ride.line_name,
            "stop": one.ride.start.name,
            "cancelled": one.is_cancelled,
            "missing": one.missing_s or None,
            "sentence": lost_words(context, one),
        }
        for one in lost
    ]


def lost_words(context: AnswerContext, one: LostRide) -> str:
    said, ride = sentences(context.wishes.language), one.ride
    if one.is_cancelled:
        return cancelled_words(context, ride, reason_of(context.live, ride) if context.live else "")
    start, minutes = clock(ride.departure_s, context.zone), -(-one.missing_s // 60)
    return said["changes"]["missed"].format(line=ride.line_name, stop=ride.start.name, start=start, minutes=minutes)


def lost_doors(modes: tuple[str, str], said: Sentences) -> Json | None:
    """What an itinerary that is looked up by its name has lost, None where nothing. access, egress: modes. No place of
    a traveller stands in a name, so the ways to the doors cannot be told again."""
    access, egress = modes
    if not (access or egress):
        return None
    which = "both_doors" if access and egress else "first_door" if access else "last_door"
    return {"access": access or None, "egress": egress or None, "sentence": said["changes"][which]}


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
