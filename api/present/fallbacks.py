"""What is left to who misses a ride, as API, page, paper and terminal say it: the next possibility, the new arrival."""

from __future__ import annotations

from collections.abc import Sequence

from api.present import reservations
from api.present.clock import stamp
from api.present.day_words import DayWords
from api.present.pieces import Json
from api.present.prose import duration
from api.present.walks import farther_walks, next_ride, walk_between_words, walk_minutes
from api.web.sentences import Sentences
from mobility.clock import days_after, evening, local_date
from mobility.planning.fallbacks import Fallback
from mobility.planning.long_walks import LongWalks
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import full_minute_s

A_MINUTE_S = 60


def tell_fallbacks(itinerary: Json, found: Sequence[Fallback], days: DayWords) -> None:
    """Into each leg that a ride is boarded for, under `hent.ifMissed`. found: nothing for a trip with a driver, who
    says what else there is."""
    if not found:
        return
    boarded = [leg for leg in itinerary["legs"] if leg.get("interlineWithPreviousLeg") is False]
    for leg, one in zip(boarded, found, strict=True):
        leg["hent"]["ifMissed"] = fallback(one, days)


def fallback(found: Fallback, days: DayWords) -> Json:
    """next: null where one walks on, or nothing is left. later: seconds. walks: those longer than asked for."""
    known = found.arrival_s is not None
    return {
        "next": next_ride(found.first) if found.first else None,
        "arrival": stamp(found.arrival_s) if found.arrival_s is not None else None,
        "arrivalApproximate": known and found.arrives_about,
        "later": found.later_s if known else None,
        "last": found.is_last,
        "walks": farther_walks(found.walks),
        "reservation": reservations.told(found.booking, "", days.said) if found.booking else None,
        "sentence": fallback_sentence(found, days),
    }


def fallback_sentence(found: Fallback, days: DayWords) -> str:
    """With what is to be booked for it, and by when."""
    booking = reservations.told(found.booking, "", days.said)["sentence"] if found.booking else ""
    return " ".join(filter(None, (_way_sentence(found, days), booking)))


def _way_sentence(found: Fallback, days: DayWords) -> str:
    text, zone, missed_s = days.said["if_missed"], days.zone, found.missed.departure_s
    that_day = days.day_of_service(missed_s)
    if found.arrival_s is None:
        return text["nothing"].format(day=that_day, next_day=days.day(days_after(evening(missed_s, zone), 1)))
    there_s, about = full_minute_s(found.arrival_s), found.arrives_about
    end, later = days.at(there_s, about), _later(found, found.arrival_s, days.said)
    if found.first is None:
        return text["walk"].format(end=end, later=later)
    first, leaves_about = found.first, headway_s(found.first) > 0
    start = days.at(first.departure_s, leaves_about)
    elsewhere = first.start.name != found.missed.start.name
    line = text["from"].format(line=first.line_name, stop=first.start.name) if elsewhere else first.line_name
    if found.walks.every:
        to, after = _walks(found.walks, days)
        return text["farther"].format(
            to=to, line=first.line_name if to else line, start=start, after=after, end=end, later=later
        )
    if not found.is_last:
        return text["next"].format(line=line, start=start, end=end, later=later)
    if evening(first.departure_s, zone) == evening(missed_s, zone):
        return text["last_that_day"].format(line=line, day=that_day, start=start, end=days.coming(there_s, about=about))
    is_that_day = local_date(there_s, zone) == local_date(first.departure_s, zone)
    end = end if is_that_day else days.coming(there_s, about=about)
    return text["last"].format(
        line=line, day=that_day, start=days.coming(first.departure_s, about=leaves_about), end=end
    )


def _walks(walks: LongWalks, days: DayWords) -> tuple[str, str]:
    """Before the ride and after it, "" of none that is long."""
    text, (to, after, between) = days.said["if_missed"], walks
    on_the_way = text["walk_between"].format(**walk_between_words(between, days)) if between else ""
    at_the_end = text["walk_after"].format(stop=after.stop, minutes=walk_minutes(after)) if after else ""
    return (
        text["walk_to"].format(stop=to.stop, minutes=walk_minutes(to)) if to else "",
        on_the_way + at_the_end,
    )


def _later(found: Fallback, arrival_s: int, said: Sentences) -> str:
    """From the minute at which one is there with the ride to that without it, as both are shown."""
    about = found.arrives_about or headway_s(found.missed) > 0
    later_s = full_minute_s(arrival_s) - full_minute_s(arrival_s - found.later_s)
    if later_s < A_MINUTE_S:
        return said["if_missed"]["as_early"]
    later = said["if_missed"]["later"].format(duration=duration(later_s, said))
    return str(said["text"]["margin_about"].format(margin=later)) if about else later
