"""An answer as cards to choose from. Reads the JSON of the API: the page is its first client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from api.pages import boats, icons
from api.pages.form import Form
from api.pages.frame import Frame, spoken_day
from api.pages.help import counter, known_days, may_differ_tomorrow
from api.pages.leg_line import LegLine
from api.pages.legs import Json, legs
from api.pages.live_words import LivePage, live_page
from api.pages.strip import Segment, strip
from api.present.prose import lasting
from api.web.sentences import Sentences
from mobility.ranking.codes import Code
from mobility.ranking.labels import LABELS, SILENT
from mobility.routing.itinerary import EmptyReason

ACCESS, EGRESS = "access", "egress"
NO_ORDER = {*SILENT, Code.STEP_FREE}
STOPS = ("nearest_stop", "big_stop")
OWN_BIKE = "BIKE"
FactText = tuple[str, str]
"""Its picture and its words."""


@dataclass(frozen=True, slots=True)
class Card:
    """One option. starts_at, ends_at: as ISO 8601 with the offset. day: in words where it is not the day asked for.
    share: the identifier of the rides, "" where it cannot be told again: without a ride of the timetable, or with one
    in a driver's car. steps, cautions: where there are steps, and where nobody knows. ways: the last kilometre at both
    ends, as /api tells it. boats: of each boat, those after it. severe: news. last: of each ride that is the last of
    the day, what is left to who misses it. off: rides that are late or cancelled. departures: where several go this
    way, all of them, this one among them; times: the same as a line."""

    start: str
    end: str
    starts_at: str
    ends_at: str
    day: str
    duration: str
    labels: tuple[str, ...]
    reason: str
    sentence: str
    facts: tuple[FactText, ...]
    steps: tuple[str, ...]
    cautions: tuple[str, ...]
    legs: tuple[LegLine, ...]
    strip: tuple[Segment, ...]
    share: str
    estimated: bool
    ways: tuple[tuple[str, tuple[Json, ...]], ...]
    ticket: Json
    boats: tuple[str, ...]
    severe: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    off: str = ""
    times: str = ""
    departures: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """What stands under the form. reason: why there is nothing; period, advice: what to do then; tomorrow: whether
    another day may help; farther: a longer walk does. sorts: labels that sorting by changes something.
    direct_first: a way without a ride is the best. gone: that the last boat or bus of the day has left. cut_short: that
    not all was looked for. cancelled: rides that would have led there sooner. age: of what is known; made: when the
    answer was, for paper. help: a counter to call. link: with both places, once asked for."""

    title: str
    when: str
    shown: tuple[Card, ...]
    direct: tuple[Card, ...]
    reason: str
    period: str
    tomorrow: bool
    farther: bool
    advice: tuple[Json, ...]
    gone: str
    cut_short: str
    cancelled: tuple[str, ...]
    age: str
    made: str
    help: Json | None
    link: str
    centre: Json | None
    alternatives: tuple[Json, ...]
    earlier: str
    later: str
    sorts: tuple[str, ...]
    direct_first: bool


def cards(answer: Json, form: Form, of: Frame) -> Cards:
    asked = datetime.fromisoformat(form.moment)
    names, live = (form.start.text, form.end.text), live_page(of)
    departures, direct = (
        tuple(card(one, live, names, asked.date()) for one in answer[key]) for key in ("itineraries", "direct")
    )
    ours = answer["hent"]
    reason = ours.get("reason", {})
    return Cards(
        title=of.said["answer"]["title"].format(start=names[0], end=names[1]),
        when=_when(form, of),
        shown=tuple(_entry(one, departures) for one in ours["entries"]),
        direct=direct,
        reason=reason.get("sentence", ""),
        period=known_days(of, reason.get("code", "")),
        farther=reason.get("code", "") == EmptyReason.WALK_TOO_LONG,
        tomorrow=may_differ_tomorrow(reason.get("code", "")),
        advice=tuple(_advice(reason.get("advice", ()))),
        gone=(ours.get("lastDeparture") or {}).get("sentence", ""),
        cut_short=ours.get("cutShort", {}).get("sentence", ""),
        cancelled=tuple(one["sentence"] for one in ours.get("cancelled", ()) if not reason),
        age=age_of(live, answer["itineraries"]),
        made=live.printed,
        help=counter(of, form),
        link=form.link,
        centre=ours.get("townCentre"),
        alternatives=tuple(map(_pictured, ours.get("alternatives", ()))),
        earlier=answer["previousPageCursor"],
        later=answer["nextPageCursor"],
        sorts=_sorts(answer, form.sort),
        direct_first=not form.sort and _best_is_direct(answer),
    )


def _entry(told: Json, departures: Sequence[Card]) -> Card:
    lead, rows = departures[told["lead"]], told["itineraries"]
    if len(rows) == 1:
        return lead
    return replace(lead, times=told["sentence"], departures=tuple(departures[row] for row in rows))


def _sorts(answer: Json, asked: str) -> tuple[str, ...]:
    """Those that some option has, and what one sorts by now."""
    held = {label for one in answer["itineraries"] for label in one["hent"]["labels"]} | {Code.BEST, asked}
    return tuple(label for label in LABELS if label in held and label not in NO_ORDER)


def _best_is_direct(answer: Json) -> bool:
    return bool(answer["itineraries"]) and any(Code.BEST in one["hent"]["labels"] for one in answer["direct"])


def _off(found: Sequence[LegLine], said: Sentences) -> str:
    """`Bus 5 : 7 min de retard`, of each ride that is late or cancelled."""
    off = (leg for leg in found if leg.start.now.is_late or leg.start.now.is_struck)
    return " · ".join(f"{leg.line}{said['frame']['colon']}{leg.start.now.words}" for leg in off)


def age_of(live: LivePage, itineraries: Sequence[Json]) -> str:
    """How old what is known of their lines is, in words; "" where it is fresh."""
    find = live.of.asking.territory.network.lines.id.find
    lines = {find(leg.get("routeId", "")) for one in itineraries for leg in one["legs"]}
    return live.age(line for line in lines if line is not None)


def card(one: Json, live: LivePage, names: tuple[str, str], asked: date) -> Card:
    of, ours = live.of, one["hent"]
    said, zone = of.said, of.asking.territory.zone
    found = legs(one, live, names)
    starts_at, ends_at = (datetime.fromtimestamp(at_s, zone) for at_s in (found[0].start_s, found[-1].end_s))
    rides = any(leg.ride for leg in found)
    return Card(
        start=found[0].start.clock,
        end=found[-1].end.clock,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        day="" if starts_at.date() == asked else spoken_day(starts_at.date(), of.today),
        duration=lasting(found[0].start_s, found[-1].end_s, said),
        labels=tuple(said["label"].get(label, label) for label in ours.get("labels", ())),
        reason=ours.get("reason", ""),
        sentence=ours.get("sentence", ""),
        facts=tuple(_facts(one, rides, said)),
        steps=_warnings(ours, "no"),
        cautions=_warnings(ours, "unknown"),
        legs=found,
        strip=strip(found),
        share=one["id"] if rides else "",
        estimated=bool(ours.get("estimated")),
        ways=_ways(ours.get("lastKilometre", ())),
        ticket=ours.get("ticket", {}),
        boats=tuple(filter(None, (boats.later(of, leg) for leg in found))),
        severe=tuple(one.header for leg in found for one in leg.news if one.is_severe),
        last=tuple(f"{leg.line}{said['frame']['colon']}{leg.missed}" for leg in found if leg.is_last),
        off=_off(found, said),
    )


def _when(form: Form, of: Frame) -> str:
    at = datetime.fromisoformat(form.moment)
    text = of.said["answer"]["arriving" if form.when == "arrive" else "leaving"]
    return text.format(day=spoken_day(at.date(), of.today), clock=f"{at.hour}:{at.minute:02}")


def _advice(told: Sequence[Json]) -> Iterator[Json]:
    """With the name of the field that a stop could be put into, and the stop's page."""
    for one in told:
        stop = one.get("place", {}).get("id", "") if one["kind"] in STOPS else ""
        field = "from" if one.get("end") == ACCESS else "to"
        yield {**one, "stop": stop, "field": field, "href": f"/stops/{quote(stop, safe='')}"}


def _facts(one: Json, rides: bool, said: Sentences) -> Iterator[FactText]:
    """Changes, on foot, on one's own bike, paid, emitted."""
    ours, than = one["hent"], said["than"]
    if rides:
        changes = one["transfers"]
        count = than["changes"] if changes > 1 else than["one_change"] if changes else than["no_change"]
        yield "change", count.format(n=changes)
        if walked := ours.get("walk", 0):
            yield "walk", said["text"]["walk"].format(metres=walked)
        if cycled := sum(leg["distance"] for leg in one["legs"] if leg["mode"] == OWN_BIKE):
            yield "bike", said["text"]["bike"].format(metres=cycled)
    if ours.get("ticket"):
        yield "ticket", ours["ticket"]["sentence"].rstrip(".")
    if impact := ours.get("impact"):
        yield "leaf", _emitted(impact, said)


def _warnings(ours: Json, state: str) -> tuple[str, ...]:
    told = ours.get("accessibility", {}).get("warnings", ())
    return tuple(one["sentence"] for one in told if one["state"] == state)


def _emitted(impact: Any, said: Sentences) -> str:
    grams, car = impact["co2e_g"], impact.get("car", {}).get("co2e_g", "unknown")
    if isinstance(grams, str):
        return said["impact"]["unknown"].rstrip(".")
    if isinstance(car, str) or grams >= car:
        return said["impact"]["known"].format(grams=grams).rstrip(".")
    return said["answer"]["co2_less"].format(percent=round(100 * (car - grams) / car))


def _ways(options: Sequence[Json]) -> tuple[tuple[str, tuple[Json, ...]], ...]:
    """Without a walk of no metres: where one is already there, nothing is to be done."""
    told = [one for one in options if one.get("distance") != 0]
    sides = [(end, tuple(_pictured(one) for one in told if one["end"] == end)) for end in (ACCESS, EGRESS)]
    return tuple((end, ways) for end, ways in sides if ways)


def _pictured(one: Json) -> Json:
    return {**one, "icon": icons.of_way(one["kind"])}
