"""The legs of an itinerary as a page shows them. Reads the JSON of the API: the page is its first client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from api.pages import icons
from api.pages.colour import shades
from api.pages.leg_line import LegLine, StopLine
from api.pages.leg_live import end_now, leg_news
from api.pages.live_words import LivePage
from api.present.prose import clock, duration, margin
from api.web.sentences import Sentences
from mobility.routing.itinerary import full_minute_s

Json = Mapping[str, Any]
WAYS = frozenset({"WALK", "BIKE", "CAR", "CAR_PARKING", "CAR_DROPOFF", "RENTAL", "ODM", "FLEX", "RIDE_SHARING"})
"""Legs that are no ride on a line of the timetable."""
A_CHANGE_S = 60
SEAT = ("offer", "date", "pickup", "dropOff")
LONGEST_QUAY = 3


def legs(itinerary: Json, live: LivePage, names: tuple[str, str]) -> tuple[LegLine, ...]:
    """names: of the two places as the traveller typed them."""
    found: list[LegLine] = []
    of, told_before = live.of, set[str]()
    zone = of.asking.territory.zone
    told: Sequence[Json] = itinerary["legs"]
    for number, one in enumerate(told):
        ends = names[0] if number == 0 else "", names[1] if number == len(told) - 1 else ""
        before_s = found[-1].end_s if found else _epoch(one["startTime"])
        news = leg_news(of, one, told_before)
        found.append(replace(_leg(one, live, (*ends, before_s)), news=news))
    if found:
        there = replace(found[-1].end, clock=clock(full_minute_s(found[-1].end_s), zone))
        found[-1] = replace(found[-1], end=there)
    return tuple(found)


def _leg(one: Json, live: LivePage, about: tuple[str, str, int]) -> LegLine:
    zone, said, missed = live.of.asking.territory.zone, live.of.said, one.get("hent", {}).get("ifMissed", {})
    start_name, end_name, before_s = about
    start_s, end_s, ride = _epoch(one["startTime"]), _epoch(one["endTime"]), one["mode"] not in WAYS
    fill, ink = shades(str(one.get("routeColor", "")))
    waited_s = start_s - before_s
    return LegLine(
        mode=one["mode"],
        icon=icons.of_mode(one["mode"]),
        start_s=start_s,
        end_s=end_s,
        start=replace(_stop(one["from"], start_s, zone, start_name), now=end_now(live, one, "start")),
        end=replace(_stop(one["to"], end_s, zone, end_name), now=end_now(live, one, "end")),
        line=one.get("displayName") or one.get("routeShortName") or one.get("routeLongName", "") if ride else "",
        headsign=one.get("headsign", "") if ride else "",
        text=_text(one, said),
        lasting=duration(one["duration"], said),
        wait=_wait(one, waited_s, said),
        between=tuple(_stop(stop, _epoch(stop["departure"]), zone) for stop in one.get("intermediateStops") or ()),
        steps=tuple(step["hent"]["text"] for step in one.get("steps") or () if "hent" in step),
        operator=one.get("agencyName", ""),
        ride=ride,
        fill=fill,
        ink=ink,
        points=one.get("legGeometry", {}).get("points", ""),
        notes=tuple(note for note in one.get("hent", {}).get("notes", ()) if isinstance(note, str)),
        seat=_seat(one.get("hent", {})),
        missed=missed.get("sentence", ""),
        is_last=missed.get("last", False),
    )


def _wait(one: Json, waited_s: int, said: Sentences) -> str:
    """Before a ride after another one: how late that may be."""
    if "margin" in one.get("hent", {}):
        return margin(one["hent"]["margin"], said)
    return said["answer"]["wait"].format(minutes=duration(waited_s, said)) if waited_s >= A_CHANGE_S else ""


def _seat(ours: Json) -> Json | None:
    return {name: ours[name] for name in SEAT} if "offer" in ours else None


def _text(one: Json, said: Sentences) -> str:
    mode = said["mode"].get(one["mode"], said["mode"]["OTHER"])
    if one["mode"] in ("WALK", "BIKE", "CAR"):
        return said["text"][one["mode"].lower()].format(metres=round(one.get("distance", 0)))
    return mode


def _stop(place: Json, at_s: int, zone: ZoneInfo, called: str = "") -> StopLine:
    stop = place.get("stopId", "")
    name = called if called and not stop else place["name"]
    quay = place.get("track", "")
    href = f"/stops/{quote(stop, safe='')}" if stop else ""
    return StopLine(clock(at_s, zone), name, href, quay if len(quay) <= LONGEST_QUAY else "")


def _epoch(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp())
