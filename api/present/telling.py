"""An itinerary as one sentence, for people: times as the clocks of the territory show them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from api.sentences import Sentences
from mobility.routing.itinerary import Itinerary, RideLeg, WalkLeg


def sentence(itinerary: Itinerary, said: Sentences, zone: ZoneInfo) -> str:
    text = said["text"]
    return text["itinerary"].format(
        start=clock(itinerary.departure_s, zone),
        end=clock(itinerary.arrival_s, zone),
        duration=duration(itinerary.duration_s, said),
        legs=text["then"].join(leg_sentence(leg, said, zone) for leg in itinerary.legs),
    )


def leg_sentence(leg: RideLeg | WalkLeg, said: Sentences, zone: ZoneInfo) -> str:
    text = said["text"]
    if isinstance(leg, WalkLeg):
        return text["bike" if leg.mode == "BIKE" else "walk"].format(metres=leg.distance_m)
    mode = said["mode"].get(leg.mode, leg.mode)
    return text["ride"].format(mode=mode, line=leg.line_name, start=clock(leg.departure_s, zone), stop=leg.end.name)


def duration(seconds: int, said: Sentences) -> str:
    minutes = -(-seconds // 60)
    hours, rest = divmod(minutes, 60)
    if hours:
        return said["text"]["hours"].format(hours=hours, minutes=rest)
    return said["text"]["minutes"].format(minutes=minutes)


def clock(epoch_s: int, zone: ZoneInfo) -> str:
    at = datetime.fromtimestamp(epoch_s, zone)
    return f"{at.hour}:{at.minute:02}"
