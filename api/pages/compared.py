"""For who advises at a counter: a ticket each time, a carnet or a pass for the trip at hand. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, frame, page
from api.pages.shared import trip_at_hand
from api.pages.who_travels import asked_in_address
from api.present.amounts import amount
from api.privacy.uses import uses
from api.service import Service
from mobility.errors import NotFound
from mobility.fares.comparison import FareOffer, MonthlyCost, compare
from mobility.fares.notes import FareNote
from mobility.money import Amount
from mobility.privacy.register import TRIP
from mobility.ranking.options import Choice

USUAL_TRIPS, MOST_TRIPS = 20, 200
SOLD = ("carnet", "pass")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    name: str
    count: int
    each: str
    total: str
    pays: str


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/trips/<name>/compare")
    @uses(TRIP)
    def compared(name: str) -> ResponseReturnValue:
        of = frame(service)
        typed = request.args.get("trips", "").strip()
        show = partial(page, "compared.html", of, name=name, trips=typed or USUAL_TRIPS, linked=asked_in_address())
        if typed and typed not in map(str, range(1, MOST_TRIPS + 1)):
            fault = of.said["compared"]["wrong_trips"].format(most=MOST_TRIPS)
            return show(status=400, rows=None, faults={"trips": fault})
        try:
            told = trip_at_hand(of, name)
        except NotFound:
            return show(status=404, rows=None, faults={})
        return show(rows=_rows(of, told.choice, int(typed or USUAL_TRIPS)), faults={})


def _rows(of: Frame, choice: Choice, trips: int) -> list[ComparedRow]:
    """Of the operators, or of their fares, whose carnets and passes are known; none where no price is known."""
    (option,), desk = choice.shown, choice.desk
    offers = [one for one in desk.notes(option.itinerary) if one.kind in SOLD and one.amount]
    found: list[ComparedRow] = []
    for what in dict.fromkeys(map(_valid_on, offers)):
        alike = [one for one in offers if _valid_on(one) == what]
        single = _single(choice, alike[0])
        if single is not None:
            sold = [_sold(one, of.language) for one in alike]
            found += [_row(of, one) for one in compare(single, sold, trips)]
    return found


def _valid_on(note: FareNote) -> tuple[str, str, str]:
    return note.agency, note.network, note.line


def _single(choice: Choice, note: FareNote) -> Amount | None:
    """What the rides that the note is of cost by ticket, where all of it is known, in one currency."""
    (option,), desk = choice.shown, choice.desk
    sold = zip(desk.rides(option.itinerary, option.ticket), option.itinerary.rides, strict=True)
    own = [one.amount for one, leg in sold if desk.is_of(note, leg)]
    prices = [paid for paid in own if paid is not None]
    if not prices or len(prices) < len(own):
        return None
    return prices[0]._replace(minor=sum(paid.minor for paid in prices))


def _sold(note: FareNote, language: str) -> FareOffer:
    assert note.amount is not None
    return FareOffer(note.kind, note.text(language), note.amount, note.trips)


def _row(of: Frame, one: MonthlyCost) -> ComparedRow:
    name = one.sold.name or of.said["compared"]["ticket"]
    each, total = amount(one.sold.amount, of.said), amount(one.total, of.said)
    return ComparedRow(name, one.count, each, total, _pays(of, one))


def _pays(of: Frame, one: MonthlyCost) -> str:
    """From how many trips it is cheaper than what; "" of the ticket itself."""
    if not one.pays_from:
        return ""
    said = of.said["compared"]["pays_from_both" if one.beats_carnet_from else "pays_from"]
    return str(said.format(trips=one.pays_from, carnet=one.beats_carnet_from))
