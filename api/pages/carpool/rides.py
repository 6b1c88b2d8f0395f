"""A ride that is asked for or agreed on, as a page tells it to one of its two sides. Reads the JSON of the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.pages.carpool.offers import price, seats
from api.present.carpool_rides import later_words, what_is_lost
from api.present.pieces import Json
from api.present.prose import clock, clock_of, epoch_s
from api.web.days import spoken_day, written
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute
from mobility.routing.itinerary import full_minute_s

OPEN = frozenset({"asked", "confirmed"})
DRIVER = "driver"
FULL = "full"
"""Of what cannot be asked for: no seat is left, or the driver does not pass there any more for who has one."""
WRITABLE = frozenset({*OPEN, "done"})


@dataclass(frozen=True, slots=True)
class RideCard:
    """id: of the booking, "" of what can only be asked for. companion: how the other side calls itself; phone: ""
    before both have agreed. later: why the driver leaves later than their offer says. freed: that others can ask for
    what was given up. may: verbs. state: what has become of it, in words."""

    id: str
    offer: str
    drives: bool
    status: str
    state: str
    companion: str
    phone: str
    day: str
    start: str
    end: str
    get_in: str
    get_out: str
    facts: tuple[str, ...]
    later: str
    freed: str
    may: tuple[str, ...]

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def writable(self) -> bool:
        return self.status in WRITABLE


@dataclass(frozen=True, slots=True)
class MessageCard:
    mine: bool
    alias: str
    text: str
    at: str


def booking_card(booking: Json, zone: ZoneInfo, said: Sentences, freed: str = "") -> RideCard:
    text, other, status = said["carpool_ride"], booking["with"], booking["status"]
    alias = " · ".join(part for part in (other["alias"], other["operator"]) if part) or text["somebody"]
    return _card(
        booking,
        zone,
        id=booking["id"],
        drives=booking["role"] == DRIVER,
        status=status,
        state=_state(booking, alias, said),
        companion=alias,
        phone=other["phone"],
        facts=(seats(booking["seats"], said), _seat_price(booking, said)),
        later=later_words(booking, alias, zone, said),
        freed=freed,
        may=tuple(booking["may"]),
    )


def ride_card(ride: Json, zone: ZoneInfo, said: Sentences) -> RideCard:
    """What can be asked for."""
    text = said["carpool_ride"]
    n_left = ride["seatsLeft"]
    state = text["none_left" if not n_left else "one_left" if n_left == 1 else "left"].format(n=n_left)
    later = said["carpool_offer"]["flexible"].format(minutes=ride["flexibleMinutes"])
    return _card(
        ride,
        zone,
        id="",
        drives=False,
        status="" if n_left else FULL,
        state=state,
        companion=ride["driver"] or text["somebody"],
        phone="",
        facts=(_seat_price(ride, said), *([later] if ride["flexibleMinutes"] else ())),
        later="",
        freed="",
        may=(),
    )


def message_card(message: Json, zone: ZoneInfo) -> MessageCard:
    at = datetime.fromisoformat(message["at"]).astimezone(zone)
    sent = f"{written(at.date(), 'd MMM')}, {hour_and_minute(at)}"
    return MessageCard(message["mine"], message["alias"], message["text"], sent)


def _card(told: Json, zone: ZoneInfo, **given: object) -> RideCard:
    return RideCard(
        offer=told["offer"],
        day=spoken_day(date.fromisoformat(told["date"])),
        start=clock_of(told["start"], zone),
        end=clock(full_minute_s(epoch_s(told["end"])), zone),
        get_in=told["pickup"]["name"],
        get_out=told["dropOff"]["name"],
        **given,  # type: ignore[arg-type]
    )


def _state(booking: Json, alias: str, said: Sentences) -> str:
    """Who cancelled is told, and what became of the offer, where it is known. A nickname stands as it was chosen."""
    key = f"{booking['role']}_{booking['status']}"
    if booking["endedBecause"]:
        key = f"{booking['role']}_cancelled_{booking['endedBecause']}"
    elif booking["status"] == "cancelled" and booking["endedBy"]:
        key = f"{key}_by_{booking['endedBy']}"
    told = said["carpool_ride"][key].format(alias=alias, lost=what_is_lost(booking, alias, said))
    is_chosen = any((booking["with"]["alias"], booking["with"]["operator"])) and told.startswith(alias)
    return told if is_chosen else told[:1].upper() + told[1:]


def _seat_price(told: Json, said: Sentences) -> str:
    return price(told["priceCents"] // told["seats"], said, "ride_seat")
