"""An answer as cards to choose from. Reads the JSON of the API: the page is its first client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.pages.form import Form
from api.pages.frame import spoken_day
from api.pages.legs import Json, Leg, legs
from api.pages.strip import Segment, strip
from api.present.telling import duration
from api.sentences import Sentences

ACCESS, EGRESS = "access", "egress"
LOWEST = "lowest_emissions"


@dataclass(frozen=True, slots=True)
class Card:
    """One option. day: in words where it is not the day asked for. share: the identifier of the rides, "" of a way
    without any. ways: the last kilometre at both ends, as /api tells it."""

    start: str
    end: str
    day: str
    duration: str
    labels: tuple[str, ...]
    reason: str
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    legs: tuple[Leg, ...]
    strip: tuple[Segment, ...]
    share: str
    estimated: bool
    ways: tuple[tuple[str, tuple[Json, ...]], ...]
    ticket: Json

    @property
    def icons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(leg.icon for leg in self.legs))


@dataclass(frozen=True, slots=True)
class Cards:
    """What stands under the form. reason: why there is nothing, in words; advice: what to do then. gone: that the last
    boat or bus of the day has left."""

    title: str
    when: str
    shown: tuple[Card, ...]
    direct: tuple[Card, ...]
    reason: str
    advice: tuple[str, ...]
    centre: Json | None
    alternatives: tuple[Json, ...]
    earlier: str
    later: str
    gone: str = ""


def cards(answer: Json, form: Form, zone: ZoneInfo, said: Sentences) -> Cards:
    asked = datetime.fromisoformat(form.moment).date() if form.moment else date.min
    names = form.start.text, form.end.text
    told = [[card(one, zone, said, names, asked) for one in answer[key]] for key in ("itineraries", "direct")]
    ours = answer["hent"]
    return Cards(
        title=said["answer"]["title"].format(start=names[0], end=names[1]),
        when=_when(form, said),
        shown=tuple(told[0]),
        direct=tuple(told[1]),
        reason=ours.get("reason", {}).get("sentence", ""),
        advice=tuple(_advice(ours)),
        centre=ours.get("townCentre"),
        alternatives=tuple(ours.get("alternatives", ())),
        earlier=answer["previousPageCursor"],
        later=answer["nextPageCursor"],
        gone=(ours.get("lastDeparture") or {}).get("sentence", ""),
    )


def card(one: Json, zone: ZoneInfo, said: Sentences, names: tuple[str, str], asked: date) -> Card:
    ours, found = one["hent"], legs(one, zone, said, names)
    on_day = datetime.fromtimestamp(found[0].start_s, zone).date()
    rides = any(leg.ride for leg in found)
    return Card(
        start=found[0].start.clock,
        end=found[-1].end.clock,
        day="" if on_day == asked else spoken_day(on_day),
        duration=duration(one["duration"] // 60 * 60, said),
        labels=tuple(said["label"].get(label, label) for label in ours.get("labels", ())),
        reason=ours.get("reason", ""),
        facts=tuple(_facts(ours, rides, said)),
        cautions=tuple(caution["sentence"] for caution in ours.get("accessibility", {}).get("warnings", ())),
        legs=found,
        strip=strip(found),
        share=one["id"] if rides else "",
        estimated=bool(ours.get("estimated")),
        ways=_ways(ours.get("lastKilometre", ())),
        ticket=ours.get("ticket", {}),
    )


def _when(form: Form, said: Sentences) -> str:
    at = datetime.fromisoformat(form.moment)
    text = said["answer"]["arriving" if form.when == "arrive" else "leaving"]
    return text.format(day=spoken_day(at.date()), clock=f"{at.hour}:{at.minute:02}")


def _facts(ours: Json, rides: bool, said: Sentences) -> list[str]:
    """On foot, paid, emitted."""
    walked = ours.get("walk", 0)
    facts = [said["text"]["walk"].format(metres=walked)] if walked and rides else []
    if ours.get("ticket"):
        facts.append(ours["ticket"]["sentence"].rstrip("."))
    return [*facts, *_emitted(ours.get("impact"), said)]


def _emitted(impact: Any, said: Sentences) -> list[str]:
    if not impact:
        return []
    grams, car = impact["co2e_g"], impact.get("car", {}).get("co2e_g", "unknown")
    if isinstance(grams, str):
        return [said["impact"]["unknown"].rstrip(".")]
    if isinstance(car, str) or grams >= car:
        return [said["impact"]["known"].format(grams=grams).rstrip(".")]
    return [said["answer"]["co2_less"].format(percent=round(100 * (car - grams) / car))]


def _ways(options: Sequence[Json]) -> tuple[tuple[str, tuple[Json, ...]], ...]:
    sides = [(end, tuple(one for one in options if one["end"] == end)) for end in (ACCESS, EGRESS)]
    return tuple((end, ways) for end, ways in sides if ways)


def _advice(ours: Json) -> list[str]:
    """What the answer advises where nothing was found."""
    told = ours.get("reason", {}).get("advice", ())
    return [one["sentence"] if isinstance(one, dict) else str(one) for one in told]
