"""Fields of the form of a round trip, and what is wrong with them: how many travel, and when they return."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flask import request

from api.pages import form as forms
from api.pages.form import CLOCK, FEWEST, MOST_PEOPLE, Form
from api.pages.frame import Frame
from api.parse.traveller import COUNTS, traveller
from api.parse.value_faults import RequestFault
from mobility.errors import InvalidQuery

BACK, ONE_NUMBER = "backMoment", "passengers"
REFUSED = (*COUNTS, BACK)
EVENING_H, LATE_H, STAY = 17, 15, timedelta(hours=2)
"""Back at five where nothing is said, two hours after one is there where that is later."""


def typed(name: str) -> str:
    """ "" where nothing is: then one returns in the evening."""
    return request.form.get(name, "").strip()[: forms.LONGEST_TEXT]


def wrong_fields(of: Frame, form: Form) -> dict[str, str]:
    """What is wrong with when they return, whatever leads there."""
    said, back = of.said["round_trip"], forms.wall_clock(typed(BACK))
    faults = {}
    if typed(BACK) and back is None:
        faults[BACK] = of.said["form"]["unknown_moment"]
    elif back is not None and form.when != "arrive" and back < datetime.fromisoformat(form.moment):
        faults[BACK] = said["before_out"]
    return faults


def recounted(of: Frame, form: Form) -> Form:
    """A question that a browser kept from before adults and children were asked for has one number of people."""
    people = typed(ONE_NUMBER)
    if form.counts or not people or form.unknown_who:
        return form
    usual = traveller(form.values(of.language), of.asking.config).party
    return form if people == str(usual) else replace(form, counts={COUNTS[0]: people})


def refused(field: str) -> InvalidQuery:
    """To a program. field: of REFUSED."""
    if field in COUNTS:
        return InvalidQuery(field, RequestFault.NO_WHOLE_NUMBER_FROM, least=FEWEST[field], most=MOST_PEOPLE)
    return InvalidQuery(field, RequestFault.NOT_AFTER_ARRIVAL)


def back_form(form: Form, there: datetime | None) -> Form:
    """From when one wants to return. there: when one arrives, None where that is not known."""
    at = forms.wall_clock(typed(BACK)) or back_unsaid(there or datetime.fromisoformat(form.moment))
    return replace(form, start=form.end, end=form.start, when="leave", moment=at.strftime(CLOCK), unreadable=False)


def back_unsaid(there: datetime) -> datetime:
    return there.replace(hour=EVENING_H, minute=0) if there.hour < LATE_H else there + STAY
