"""A trip to keep, print or hand on: from its first stop to its last, so that nobody’s address stands in the link."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import segno
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from api.pages.calendar_file import ics
from api.pages.card import Card, card
from api.pages.cards import age_of
from api.pages.frame import Frame, frame, page
from api.pages.help import counter_near
from api.pages.legs import CardTelling
from api.pages.live_words import live_page
from api.pages.sketch import trip_sketch
from api.pages.who_travels import asked_in_address, who
from api.present.changes import lost_words, tight_words
from api.present.leg_groups import told_legs
from api.privacy.uses import uses
from api.service import Service, asked
from api.trips.kept import KeptTrip, kept_trip
from api.web.hosts import shown_address
from mobility.errors import InvalidQuery, NotFound
from mobility.privacy.register import TRIP
from mobility.ranking.options import Choice


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/trips/<name>")
    @uses(TRIP)
    def shared(name: str) -> ResponseReturnValue:
        of = frame(service)
        live = live_page(of)
        try:
            told = trip_at_hand(of, name)
        except NotFound:
            return page("shared.html", of, 404, card=None, sketch=None, qr="", name=name)
        linked = asked_in_address()
        found, lost = _card(of, told, told.choice), [lost_words(told.context, one) for one in told.lost]
        sketch = of.drawn(lambda drawn: trip_sketch(drawn, [found.legs]))
        return page(
            "shared.html",
            of,
            card=found,
            lost=[*lost, *(tight_words(one, of.said) for one in told.tight)],
            is_lost=bool(lost),
            instead=_card(of, told, told.instead) if told.instead else None,
            nothing_instead=_nothing_instead(of, told),
            age=age_of(live, told.choice.shown),
            sketch=sketch,
            qr=_qr(shown_address(service.config) + _with(request.path, linked)),
            name=name,
            who=who(of, asked()),
            linked=linked,
            help=counter_near(of, told.choice.shown[0].itinerary.rides[0].start.point),
            made=live.printed,
            shown_at=live.shown_at,
        )

    @bp.get("/trips/<name>/calendar.ics")
    @uses(TRIP)
    def calendar(name: str) -> Response:
        of = frame(service)
        told = trip_at_hand(of, name)
        text = ics([(name, _card(of, told, told.choice))], of.asking.now_s, of.said)
        return Response(text, mimetype="text/calendar", headers={"Content-Disposition": 'inline; filename="hent.ics"'})


def _card(of: Frame, told: KeptTrip, choice: Choice) -> Card:
    (option,) = choice.shown
    (rows,) = told_legs(told.context, [option.itinerary])
    return card(CardTelling(live_page(of), told.context), option, rows, choice)


def _nothing_instead(of: Frame, told: KeptTrip) -> str:
    (option,) = told.choice.shown
    day = of.days.day_of_service(option.itinerary.departure_s)
    return of.said["live"]["nothing_instead"].format(day=day)


def trip_at_hand(of: Frame, name: str) -> KeptTrip:
    """As it is today. Raises NotFound where the network in service has no such trip."""
    try:
        return kept_trip(of.service, of.asking, name, if_missed=True)
    except InvalidQuery:
        raise NotFound("itinerary", "name") from None


def _with(path: str, linked: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(linked)}" if linked else path


def _qr(url: str) -> str:
    return str(segno.make(url, error="m").svg_inline(scale=4, border=2, dark="#0b3043", light="#ffffff"))
