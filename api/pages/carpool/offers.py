"""An offer as a page tells it, in words. Reads the JSON of the API: the page is a client of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import get_locale

from api.pages.carpool.offer_form import ALONG
from api.parse.carpool import WEEKDAYS
from api.present.amounts import amount
from api.present.carpool_legs import in_euros
from api.present.pieces import Json
from api.web.days import spoken_day, written
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute

BLURRED = "blurred"
A_ROW = 3
"""Of days: from then on the first and the last are told."""


@dataclass(frozen=True, slots=True)
class Halt:
    """Where people get in or out; clock: about when. is_end: where the driver is in any case."""

    clock: str
    name: str
    id: str = ""
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class OfferCard:
    """start, end: places as they are kept. when, facts: sentences. most: that a seat may cost. nobody: no two places
    of it are meeting points, so that nobody can get in and out."""

    id: str
    status: str
    start: str
    end: str
    when: str
    facts: tuple[str, ...]
    halts: tuple[Halt, ...]
    most: str
    is_free: bool
    weekly: bool
    blurred: bool

    @property
    def nobody(self) -> bool:
        return len(self.halts) < 2


def offer_card(offer: Json, said: Sentences) -> OfferCard:
    ends = offer["from"], offer["to"]
    return OfferCard(
        id=offer["id"],
        status=offer["status"],
        start=place_name(ends[0], said),
        end=place_name(ends[1], said),
        when=when(offer, said),
        facts=tuple(_facts(offer, said)),
        halts=tuple(
            Halt(
                _later(offer["departure"], one["after"]),
                one["name"],
                one["id"],
                one["id"] in {end["id"] for end in ends},
            )
            for one in offer["waypoints"]
        ),
        most=amount(in_euros(offer["mostPriceCents"]), said),
        is_free=not offer["priceCents"],
        weekly=offer["weekly"] is not None,
        blurred=any(end["kind"] == BLURRED for end in ends),
    )


def place_name(place: Json, said: Sentences) -> str:
    text = said["carpool_offer"]
    if place["kind"] != BLURRED:
        return str(place["name"])
    return text["blurred"].format(name=place["name"]) if place["name"] else text["blurred_nowhere"]


def when(offer: Json, said: Sentences) -> str:
    """`mardi 24 novembre à 8:00`, `lundi, mercredi à 8:00, hors vacances scolaires, jusqu’au 26 mai 2027`."""
    text, clock = said["carpool_offer"], short_clock(offer["departure"])
    if offer["date"]:
        return text["once"].format(day=spoken_day(date.fromisoformat(offer["date"])), clock=clock)
    weekly = offer["weekly"]
    days = _days([WEEKDAYS.index(day) for day in weekly["weekdays"]], text)
    last = written(date.fromisoformat(weekly["lastDay"]), "d MMMM yyyy")
    parts = [text["weekly"].format(days=days, clock=clock), text[f"school_{weekly['school']}"]]
    return ", ".join(part for part in (*parts, text["until"].format(day=last)) if part)


def _days(weekdays: list[int], text: Mapping[str, str]) -> str:
    """`du lundi au vendredi`, `mardi, jeudi`; weekdays: 0 = Monday, in order."""
    names = [get_locale().days["format"]["wide"][day] for day in weekdays]
    if len(weekdays) >= A_ROW and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return text["days_from_to"].format(first=names[0], last=names[-1])
    return ", ".join(names)


def short_clock(clock: str) -> str:
    """`08:05` as 8:05, as everywhere on the pages."""
    return clock.removeprefix("0")


def price(cents: int, said: Sentences, of: str = "per_seat") -> str:
    """of: `per_seat` for the whole way, `ride_seat` for the part that somebody rides."""
    text = said["carpool_offer"]
    return text[of].format(amount=amount(in_euros(cents), said)) if cents else text["free"]


def seats(number: int, said: Sentences) -> str:
    return said["carpool_offer"]["one_seat" if number == 1 else "seats"].format(n=number)


def _facts(offer: Json, said: Sentences) -> Iterator[str]:
    text = said["carpool_offer"]
    yield seats(offer["seats"], said)
    yield price(offer["priceCents"], said)
    if offer["flexibleMinutes"]:
        yield text["flexible"].format(minutes=offer["flexibleMinutes"])
    yield text["detour"].format(minutes=offer["longestDetourMinutes"])
    along = [text[f"along_{name}"] for name in ALONG if offer["accessibility"][name]]
    if along:
        yield ", ".join(along)


def _later(clock: str, after_s: int) -> str:
    start = datetime.strptime(clock, "%H:%M")  # noqa: DTZ007
    at = start + timedelta(seconds=after_s)
    return hour_and_minute(at)
