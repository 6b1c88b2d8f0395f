"""A ride in a driver's car as JSON: a Leg of the MOTIS API, and what one must know to ask for a seat."""

from __future__ import annotations

from api.present.amounts import amount
from api.present.legs import AnswerContext, geometry, own
from api.present.pieces import Json
from api.present.polyline import encode
from api.web.sentences import Sentences, sentences
from mobility.carpool.offer import MeetingPoint
from mobility.money import Amount
from mobility.routing.itinerary import CarpoolLeg

ASK = "/api/carpool/bookings"
"""Where a seat is asked for; in the body also `seats` and a `message`."""


def carpool(context: AnswerContext, leg: CarpoolLeg) -> Json:
    """With every member of a run that clients read without asking whether it is there (docs/api.md)."""
    course, precision = leg.course, context.precision
    return {
        **own(context.pieces, leg),
        **_as_a_run(leg, sentences(context.wishes.language)["last_kilometre"]["carpool"]),
        "legGeometry": geometry(encode(course, precision), precision, len(course)),
        "hent": _ours(leg, sentences(context.wishes.language)),
    }


def _as_a_run(leg: CarpoolLeg, called: str) -> Json:
    """A drive is no run of the timetable: its tripId leads nowhere, and nothing lies between pickup and drop-off."""
    return {
        "tripId": f"{leg.day:%Y%m%d}_00:00_carpool-{leg.offer.id}",
        "displayName": called,
        "routeShortName": called,
        "routeLongName": called,
        "headsign": leg.end.name,
        "agencyName": called,
        "agencyId": "",
        "agencyUrl": "",
        "intermediateStops": [],
        "cancelled": False,
        "interlineWithPreviousLeg": False,
    }


def _ours(leg: CarpoolLeg, said: Sentences) -> Json:
    comfort = leg.offer.comfort
    seat = seat_of(leg)
    return {
        "estimated": leg.estimated,
        **seat,
        "ask": {"method": "POST", "path": ASK, "body": seat},
        "meetingPoints": [_named(leg.get_in), _named(leg.get_out)],
        "seatsLeft": leg.seats_left,
        "price": {"minor": leg.price_cents, "currency": in_euros(0).currency},
        "uncertainMinutes": leg.uncertain_s // 60,
        "languages": list(leg.offer.languages),
        "wheelchair": comfort.wheelchair,
        "luggage": comfort.luggage,
        "bike": comfort.bike,
        "pets": comfort.pets,
        "childSeat": comfort.child_seat,
        "notes": notes(leg, said),
    }


def seat_of(leg: CarpoolLeg) -> Json:
    """What a seat is asked for with (RideRequest): the driver is asked for the time that the passenger reads."""
    return {
        "offer": leg.offer.id,
        "date": leg.day.isoformat(),
        "pickup": leg.get_in.id,
        "dropOff": leg.get_out.id,
        "wait": leg.waits_s,
    }


def in_euros(cents: int) -> Amount:
    """What drivers ask for: the rule of cost sharing is that of the French code des transports."""
    return Amount(cents, "EUR")


def _named(point: MeetingPoint) -> Json:
    return {"id": point.id, "name": point.name, "kind": point.kind.value}


def notes(leg: CarpoolLeg, said: Sentences) -> list[str]:
    """How sure it is, when one is there, what it costs, and how one gets a seat."""
    text, minutes, own_s = said["carpool_leg"], leg.uncertain_s // 60, leg.waits_s - leg.late_s
    free, price = not leg.price_cents, amount(in_euros(leg.price_cents), said)
    return [
        text["flexible" if minutes else "uncertain"].format(minutes=minutes),
        *((text["waits"].format(minutes=-(-own_s // 60)),) if own_s > 0 else ()),
        *((text["early"].format(minutes=leg.early_s // 60),) if leg.early_s >= 60 else ()),
        text["one_seat" if leg.seats_left == 1 else "seats"].format(n=leg.seats_left),
        text["free" if free else "price"].format(amount=price),
        text["ask"],
    ]
