"""An answer of `plan` as lines for a terminal, in the territory's first language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from api.present.day_words import DayWords
from api.present.pieces import Json
from api.present.prose import about_every, clock_about, lasting, margin, own_way, own_way_end_s
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute
from mobility.ranking.codes import Code
from mobility.routing.itinerary import full_minute_s


class TerminalReader(NamedTuple):
    """Who sits at the terminal. days: their words, clock and day (a date of another year is told with the year)."""

    days: DayWords

    @property
    def said(self) -> Sentences:
        return self.days.said

    @property
    def zone(self) -> ZoneInfo:
        return self.days.zone

    def at(self, text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(self.zone)

    def there(self, text: str) -> datetime:
        """Where the trip ends: the full minute."""
        return datetime.fromtimestamp(full_minute_s(int(self.at(text).timestamp())), self.zone)

    def day(self, at: datetime) -> str:
        return f"{at:%d/%m}" if at.year == self.days.today.year else f"{at:%d/%m/%Y}"


def told(answer: Json, ends: tuple[str, str], reader: TerminalReader) -> Iterator[str]:
    """ends: what people call the origin and the destination."""
    yield f"{ends[0]} → {ends[1]}"
    if reason := answer["hent"].get("reason"):
        yield reason["sentence"]
        yield from (f"  {one['sentence']}" for one in reason["advice"])
    if cut := answer["hent"].get("cutShort"):
        yield cut["sentence"]
    if gone := answer["hent"]["lastDeparture"]:
        yield gone["sentence"]
    if not answer["hent"].get("reason"):  # whose sentence has them
        yield from (one["sentence"] for one in answer["hent"].get("cancelled", ()))
    best = [one for one in answer["direct"] if Code.BEST in one["hent"]["labels"]]
    yield from _direct(best, ends, reader)
    for number, entry in enumerate(answer["hent"]["entries"], start=1):
        yield ""
        yield from _itinerary(f"{number}.", answer["itineraries"][entry["lead"]], ends, reader)
        if len(entry["itineraries"]) > 1:
            yield f"   {entry['sentence']}"
    yield from _direct([one for one in answer["direct"] if one not in best], ends, reader)
    yield from _behind("↓", answer["hent"].get("notFirst", []), reader)
    yield from _behind("✗", answer["hent"].get("dropped", []), reader)
    yield ""
    sources, colon = reader.said["terminal"]["sources"], reader.said["frame"]["colon"]
    for source in answer["hent"]["sources"]:
        note = f" — {source['note']}" if source["note"] else ""
        yield f"{sources}{colon}{source['publisher'] or source['feed']}, {source['licence']}{note}"


def _direct(found: list[Json], ends: tuple[str, str], reader: TerminalReader) -> Iterator[str]:
    for itinerary in found:
        yield ""
        yield from _itinerary("–", itinerary, ends, reader)


def _behind(mark: str, told: list[Json], reader: TerminalReader) -> Iterator[str]:
    """What does not stand first, and what is not shown."""
    for one in told:
        lines = " + ".join(line["line"] for line in one["lines"])
        day = reader.day(reader.at(one["startTime"]))
        yield f"{mark} {day} {one['departure']} {lines}: {one['sentence']} [{one['code']}]"


def _itinerary(mark: str, itinerary: Json, ends: tuple[str, str], reader: TerminalReader) -> Iterator[str]:
    said, start, end = reader.said, reader.at(itinerary["startTime"]), reader.there(itinerary["endTime"])
    changes = said["terminal"]["changes"].format(changes=itinerary["transfers"])
    lasts = lasting(int(start.timestamp()), int(end.timestamp()), said)
    span = _span(start, end, _about(itinerary["legs"]), reader)
    yield f"{mark} {reader.day(start)} {span}  {', '.join(filter(None, (lasts, changes, _left(itinerary, reader))))}"
    yield from _worth(itinerary["hent"], said)
    yield from _legs(itinerary["legs"], ends, reader)


def _span(start: datetime, end: datetime, about: Sequence[bool], reader: TerminalReader) -> str:
    """`8:02 → 8:30`. about: of each leg; what is about then from the start is said so once."""
    other_day = "" if start.date() == end.date() else f"{reader.day(end)} "
    there = _clock(end, about[-1] and not about[0], reader.said)
    return f"{_clock(start, about[0], reader.said)} → {other_day}{there}"


def _legs(legs: Sequence[Json], ends: tuple[str, str], reader: TerminalReader) -> Iterator[str]:
    said, about = reader.said, _about(legs)
    for leg, then, is_about, was_about in zip(legs, (*legs[1:], None), about, (False, *about), strict=False):
        leaves, ends_at = (
            _clock(one, is_about, said) for one in (reader.at(leg["startTime"]), _ends_at(leg, then, reader))
        )
        if "margin" in leg["hent"] and (words := _margin(leg, was_about, said)):
            yield f"{'':10}{words}"
        yield f"   {leaves:>5}  {_leg(leg, ends, said)}  {ends_at}"
        yield from (f"{'':10}{words}" for words in _known_now(leg, reader))
        yield from (f"   ! {note}" for note in _beware(leg["hent"]))


def _headway_s(leg: Json) -> int:
    """Of a ride that no timetable promises to the minute; 0 of any other, and where its hour is known now."""
    return 0 if leg["realTime"] else leg["hent"].get("headway", 0)


def _about(legs: Sequence[Json]) -> list[bool]:
    """Of each leg whether its times are about then: those of a ride at a headway, and of the ways that follow."""
    found = list[bool]()
    for leg in legs:
        is_ride = "tripId" in leg or "offer" in leg["hent"]
        found.append(_headway_s(leg) > 0 if is_ride else bool(found) and found[-1])
    return found


def _clock(at: datetime, is_about: bool, said: Sentences) -> str:
    return clock_about(hour_and_minute(at), is_about, said)


def _margin(leg: Json, after_about: bool, said: Sentences) -> str:
    """None is promised before a ride at a headway, nor to the minute after one."""
    words = "" if _headway_s(leg) else margin(leg["hent"]["margin"], said)
    return said["text"]["margin_about"].format(margin=words) if words and after_about else words


def _left(itinerary: Json, reader: TerminalReader) -> str:
    """`parti il y a 12 min`, by when its first vehicle leaves: who has only to walk may set out at any time."""
    boarded = next((leg for leg in itinerary["legs"] if "tripId" in leg or "offer" in leg["hent"]), None)
    return reader.days.gone(int(reader.at(boarded["startTime"]).timestamp())) if boarded else ""


def _ends_at(leg: Json, then: Json | None, reader: TerminalReader) -> datetime:
    """then: the leg after, None of the last one."""
    if then is None:
        return reader.there(leg["endTime"])
    if "tripId" in leg:
        return reader.at(leg["endTime"])
    end, after = (int(reader.at(text).timestamp()) for text in (leg["endTime"], then["startTime"]))
    return datetime.fromtimestamp(own_way_end_s(end, after), reader.zone)


def _known_now(leg: Json, reader: TerminalReader) -> Iterator[str]:
    """What real time says of a ride, and what is left to who misses it."""
    ours, said = leg["hent"], reader.said["live"]
    if ours.get("startKnown"):
        start, planned = reader.at(leg["startTime"]), reader.at(leg["scheduledStartTime"])
        minutes = int(start.timestamp()) // 60 - int(planned.timestamp()) // 60
        words = said["late" if minutes > 0 else "early"].format(n=abs(minutes))
        yield f"{words} ({said['planned']} {hour_and_minute(planned)})" if minutes else said["on_time"]
    if "ifMissed" in ours:
        yield ours["ifMissed"]["sentence"]


def _beware(ours: Json) -> list[str]:
    """How sure a leg is, what is to be booked; of a ride in a driver's car also what it costs and how to ask for a
    seat, in one line."""
    if "offer" in ours:
        return [" ".join(ours["notes"])]
    return ours["notes"] if ours.get("extended") or "reservation" in ours else []


def _worth(notes: Json, said: Sentences) -> Iterator[str]:
    """Why the option is there, what it costs, what to beware of."""
    yield f"   {notes['reason']} {notes['ticket']['sentence']}"
    if "party" in notes["ticket"]:
        yield f"   {notes['ticket']['party']['sentence']}"
    for one in notes["ticket"]["rides"]:
        yield f"   {one['line']}{said['frame']['colon']}" + " ".join(one["sentence"].splitlines())
    for warning in notes["accessibility"]["warnings"]:
        yield f"   ! {warning['sentence']}"


def _leg(leg: Json, ends: tuple[str, str], said: Sentences) -> str:
    end = {"START": ends[0], "END": ends[1]}.get(leg["to"]["name"], leg["to"]["name"])
    mode = said["mode"].get(leg["mode"], leg["mode"].lower())
    if "offer" in leg["hent"]:
        return said["terminal"]["shared"].format(mode=mode, start=leg["from"]["name"], end=end)
    if "tripId" not in leg:
        way = own_way(leg["mode"], leg["duration"], leg["distance"], said)
        return said["terminal"]["walk"].format(way=way, end=end)
    name = leg.get("displayName") or leg.get("routeLongName") or ""
    towards = said["terminal"]["towards"].format(headsign=leg["headsign"]) if leg.get("headsign") else ""
    told = said["terminal"]["ride"].format(mode=mode, line=name, towards=towards, start=leg["from"]["name"], end=end)
    return ", ".join(filter(None, (told, about_every(_headway_s(leg), said))))
