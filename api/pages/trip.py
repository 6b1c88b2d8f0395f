"""The search and its answer. What is asked is posted, so that no place stands in an address that is sent; only the
browser that asked keeps it, for who goes back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages import form as forms
from api.pages.cards import Cards, cards
from api.pages.disruptions import severe
from api.pages.form import Form
from api.pages.form_faults import faults_of
from api.pages.frame import Frame, frame, page
from api.pages.sketch import Sketch, network_sketch, trip_sketch
from api.pages.who_travels import asked_of_links, count_words, people_counted, profile_choices, who
from api.privacy.uses import uses
from api.service import Service
from api.trips.plan import AnsweredTrip, answered
from api.web.headers import may_be_gone_back_to
from api.web.hosts import shown_address
from mobility.errors import InvalidQuery, MobilityError, NotFound, SkippedHour
from mobility.privacy.register import STATISTICS, TRIP

FIELDS = {"fromPlace": "from", "toPlace": "to", "time": "moment"}
"""Of parameters, where the form calls them otherwise."""


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/")
    @uses(TRIP, STATISTICS)
    def search() -> ResponseReturnValue:
        of = frame(service)
        if {"from", "to"} <= set(request.args):
            return _answer(of, forms.read(of, request.args))
        return _page(of, forms.empty(of, request.args))

    @bp.post("/")
    @uses(TRIP, STATISTICS)
    def answer() -> ResponseReturnValue:
        may_be_gone_back_to()
        of = frame(service)
        form = forms.read(of, request.form)
        return _page(of, form) if "swap" in request.form else _answer(of, form)


def _answer(of: Frame, form: Form) -> ResponseReturnValue:
    trip, faults = searched(of, form)
    return _page(of, form, cards(trip, form, of) if trip else None, faults)


def _page(
    of: Frame, form: Form, found: Cards | None = None, faults: Mapping[str, str] = MappingProxyType({})
) -> ResponseReturnValue:
    return page(
        "trip.html",
        of,
        400 if faults else 200,
        form=form if found else form.settled,
        profiles=profile_choices(of),
        people=people_counted(of, form),
        count_words=count_words(of),
        who=who(of, form.values(of.language)) if found else "",
        linked=asked_of_links(of, form.values(of.language)) if found else {},
        fewest=forms.FEWEST,
        most_people=forms.MOST_PEOPLE,
        answer=found,
        faults=faults,
        sketch=_sketch(of, found),
        severe=[] if found else severe(of),
        zone=of.asking.territory.zone.key,
        now_s=of.asking.now_s,
        address=shown_address(of.service.config),
    )


def _sketch(of: Frame, found: Cards | None) -> Sketch | None:
    options = [one.legs for one in (*found.shown, *found.direct)] if found else []
    return of.drawn(lambda drawn: trip_sketch(drawn, options)) if options else of.drawn(network_sketch)


def searched(of: Frame, form: Form, **asked: str) -> tuple[AnsweredTrip | None, dict[str, str]]:
    """What the form asks for, or why it cannot be answered: by field, "form" for none of them. asked: further
    parameters of a trip query."""
    if faults := faults_of(form, of):
        return None, faults
    try:
        return answered(of.service, form.values(of.language, **asked), of.asking), {}
    except (InvalidQuery, SkippedHour, NotFound) as error:
        field = FIELDS.get(error.parameter, "form")
        return None, {field: _sentence(error, form, of)}


def _sentence(error: MobilityError, form: Form, of: Frame) -> str:
    said = of.said["form"]
    if isinstance(error, SkippedHour):
        return said["skipped_hour"].format(day=of.days.day(error.day))
    if isinstance(error, NotFound):
        return said["unknown_place"].format(text=(form.start if error.parameter == "fromPlace" else form.end).quoted)
    return said["invalid"]
