"""For who advises at a counter: a ticket each time, a carnet or a pass for the trip at hand. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, frame, page
from api.pages.shared import trip_at_hand
from api.present.pieces import Json
from api.present.reasons import amount
from api.privacy.uses import uses
from api.service import Service
from mobility.errors import NotFound
from mobility.fares.comparison import FareOffer, MonthlyCost, compare
from mobility.fares.notes import is_named
from mobility.money import Amount
from mobility.privacy.register import TRIP

USUAL_TRIPS, MOST_TRIPS = 20, 200
SOLD = ("carnet", "pass")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    name: str
    count: int
    each: str
    total: str
    pays_from: int


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/trips/<name>/compare")
    @uses(TRIP)
    def compared(name: str) -> ResponseReturnValue:
        of = frame(service)
        text = request.args.get("trips", "")
        trips = min(max(int(text), 1), MOST_TRIPS) if text.isdecimal() and len(text) < 6 else USUAL_TRIPS
        try:
            told = trip_at_hand(of, name)
        except NotFound:
            return page("compared.html", of, 404, name=name, trips=trips, rows=None)
        return page("compared.html", of, name=name, trips=trips, rows=_rows(of, told, trips))


def _rows(of: Frame, told: Json, trips: int) -> list[ComparedRow]:
    """Of the operators whose carnets and passes are known; none where no price is known."""
    ticket = told["hent"]["ticket"]
    offers = [note for note in ticket["notes"] if note["kind"] in SOLD and note["price"]]
    found: list[ComparedRow] = []
    for agency in dict.fromkeys(note["agency"] for note in offers):
        single = _single(told, agency)
        if single is not None:
            sold = [_sold(note) for note in offers if note["agency"] == agency]
            found += [_row(of, one) for one in compare(single, sold, trips)]
    return found


def _single(told: Json, agency: str) -> Amount | None:
    """What the operator's rides of the trip cost by ticket."""
    legs, rides = told["legs"], told["hent"]["ticket"]["rides"]
    prices = [one["price"] for one in rides if is_named(agency, [legs[one["legIndex"]]["agencyId"]])]
    if not prices or None in prices:
        return None
    return Amount(sum(one["minor"] for one in prices), prices[0]["currency"])


def _sold(note: Json) -> FareOffer:
    return FareOffer(
        note["kind"], note["text"], Amount(note["price"]["minor"], note["price"]["currency"]), note["trips"]
    )


def _row(of: Frame, one: MonthlyCost) -> ComparedRow:
    name = one.sold.name or of.said["compared"]["ticket"]
    return ComparedRow(name, one.count, amount(one.sold.amount, of.said), amount(one.total, of.said), one.pays_from)
