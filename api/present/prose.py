"""An itinerary as one sentence, for people: times as the clocks of the territory show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from api.present.distances import distance
from api.present.legs import AnswerContext, Own, ToldRideLeg
from api.present.rows import DEPARTURE_S, STOP, ToldRide
from api.present.runs import display_name
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute, local_date
from mobility.network.modes import MODES
from mobility.routing.headways import arrives_about, leaves_about
from mobility.routing.itinerary import MINUTE_S, CarpoolLeg, Itinerary, WalkLeg, full_minute_s


def sentence(context: AnswerContext, found: Itinerary, legs: Sequence[Own | ToldRideLeg], said: Sentences) -> str:
    text, zone = said["text"], context.zone
    return text[_times_of(found)].format(
        start=clock(found.departure_s, zone),
        end=ending(found, zone, said),
        duration=lasting(found.departure_s, found.arrival_s, said),
        legs=text["then"].join(leg_sentences(context, legs, said)),
    )


def _times_of(found: Itinerary) -> str:
    """As the catalogues call the sentence."""
    if leaves_about(found):
        return "itinerary_about"
    return "itinerary_there_about" if arrives_about(found) else "itinerary"


def ending(found: Itinerary, zone: ZoneInfo, said: Sentences) -> str:
    """The clock at the end, and the day where it is not that of the start."""
    text, end = said["text"], clock(found.told_arrival_s, zone)
    days = (local_date(found.told_arrival_s, zone) - local_date(found.departure_s, zone)).days
    return text[("on_the_day", "next_day", "days_later")[min(days, 2)]].format(clock=end, days=days)


def leg_sentences(context: AnswerContext, legs: Sequence[Own | ToldRideLeg], said: Sentences) -> list[str]:
    return [_leg(context, leg, said) for leg in legs]


def _leg(context: AnswerContext, leg: Own | ToldRideLeg, said: Sentences) -> str:
    if isinstance(leg, WalkLeg):
        return own_way(leg.mode, leg.arrival_s - leg.departure_s, leg.distance_m, said)
    if isinstance(leg, CarpoolLeg):
        start = clock(leg.departure_s, context.zone)
        return said["text"]["carpool"].format(start=start, meeting=leg.get_in.name, stop=leg.get_out.name)
    return _ride(context, leg[1], said)


def own_way(mode: str, lasting_s: int, metres: int, said: Sentences) -> str:
    """`2 min à pied (130 m)`: people count in minutes. mode: WALK, BIKE, CAR."""
    return _own_way(mode.lower(), duration(own_way_s(lasting_s, metres), said), distance(metres, said), said)


@lru_cache(maxsize=1024)
def _own_way(mode: str, lasts: str, far: str, said: Sentences) -> str:
    """An answer tells the same few ways again and again."""
    return str(said["text"][mode].format(duration=lasts, distance=far))


def own_way_s(lasting_s: int, metres: float) -> int:
    """As it is told anywhere: in full minutes, rounded up; of a way that one has to go one at the least."""
    return max(full_minute_s(lasting_s), MINUTE_S if metres else 0)


def _ride(context: AnswerContext, row: ToldRide, said: Sentences) -> str:
    pieces, first, last = context.pieces, row.calls[0], row.calls[-1]
    mode = said["mode"][MODES[pieces.network.lines.mode[row.line]]]
    name, stop = display_name(pieces, row), pieces.place(last[STOP])["name"]
    told = {"mode": mode, "line": name, "start": clock(first[DEPARTURE_S], context.zone), "stop": stop}
    every = about_every(row.headway_s, said)
    return said["text"]["ride_about" if every else "ride"].format(every=every, **told)


def about_every(headway_s: int, said: Sentences) -> str:
    """`toutes les 8 min environ`, of a run at a headway: its timetable promises no minute. "" of one that has times."""
    return str(said["text"]["about_every"].format(duration=duration(headway_s, said))) if headway_s else ""


def clock_about(told: str, is_about: bool, said: Sentences) -> str:
    """`vers 8:14` of the clock of a run at a headway."""
    return str(said["text"]["about"].format(clock=told)) if is_about else told


def lasting(from_s: int, to_s: int, said: Sentences) -> str:
    """As people count from one clock to the other: neither shows seconds, see `Itinerary.told_arrival_s`."""
    return duration(full_minute_s(to_s) - from_s // 60 * 60, said)


def own_way_end_s(end_s: int, then_s: int) -> int:
    """By which minute one is there: the full one, as at the end of a trip, never after what follows leaves."""
    return min(full_minute_s(end_s), max(end_s, then_s))


def margin(left_s: int, said: Sentences) -> str:
    """What a change leaves over: so late the vehicle before may be; or by how much it has become too late."""
    if left_s < 0:
        return said["text"]["lacking"].format(minutes=duration(-left_s, said))
    if left_s < 60:
        return said["text"]["no_margin"]
    return said["text"]["margin"].format(minutes=duration(left_s // 60 * 60, said))


def duration(seconds: int, said: Sentences) -> str:
    return _minutes(-(-seconds // MINUTE_S), said)


@lru_cache(maxsize=1024)
def _minutes(minutes: int, said: Sentences) -> str:
    hours, rest = divmod(minutes, 60)
    text = said["text"]
    return text["hours"].format(hours=hours, minutes=rest) if hours else text["minutes"].format(minutes=rest)


def clock(epoch_s: int, zone: ZoneInfo) -> str:
    return _clock(epoch_s // MINUTE_S, zone)


def clock_of(stamp: str, zone: ZoneInfo) -> str:
    """Of a moment as answers write it."""
    return clock(epoch_s(stamp), zone)


def epoch_s(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp())


@lru_cache(maxsize=4096)
def _clock(minute: int, zone: ZoneInfo) -> str:
    """Of minutes since the epoch: an answer tells the same ones again and again."""
    return hour_and_minute(datetime.fromtimestamp(minute * MINUTE_S, zone))


def listed(told: Sequence[str], last: str) -> str:
    """`A, B et C`. last: what stands before the last one, with its spaces."""
    return last.join((", ".join(told[:-1]), told[-1])) if len(told) > 1 else "".join(told)
