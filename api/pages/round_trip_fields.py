"""Fields of the form of a round trip, and what is wrong with them: how many travel, and when they return."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flask import request

from api.pages import form as forms
from api.pages.form import CLOCK, MOST_PEOPLE, Form
from api.pages.form_faults import wrong_counts
from api.pages.frame import Frame
from api.parse.traveller import traveller
from api.parse.value_faults import RequestFault
from mobility.errors import InvalidQuery

PEOPLE, BACK = "passengers", "backMoment"
REFUSED = (PEOPLE, BACK)
EVENING_H, LATE_H, STAY = 17, 15, timedelta(hours=2)
"""Back at five where nothing is said, two hours after one is there where that is later."""


def typed(name: str) -> str:
    """ "" where nothing is: then the profile says how many, and the evening when one returns."""
    return request.form.get(name, "").strip()[: forms.LONGEST_TEXT]


def wrong_fields(of: Frame, form: Form) -> dict[str, str]:
    """What is wrong with how many travel, and with when they return, whatever leads there."""
    said, people, back = of.said["round_trip"], typed(PEOPLE), forms.wall_clock(typed(BACK))
    faults = {}
    if people and people not in map(str, range(1, MOST_PEOPLE + 1)):
        faults[PEOPLE] = said["wrong_people"].format(most=MOST_PEOPLE)
    if typed(BACK) and back is None:
        faults[BACK] = of.said["form"]["unknown_moment"]
    elif back is not None and form.when != "arrive" and back < datetime.fromisoformat(form.moment):
        faults[BACK] = said["before_out"]
    return faults


def recounted(of: Frame, form: Form) -> Form:
    """Adults and children of the search before stay counted until another number of people is typed."""
    if not form.counts or not typed(PEOPLE) or wrong_counts(form, of.said["form"]):
        return form
    people = traveller(form.values(of.language), of.asking.config).party
    return form if typed(PEOPLE) == str(people) else replace(form, counts={})


def refused(field: str) -> InvalidQuery:
    """To a program. field: of REFUSED."""
    if field == PEOPLE:
        return InvalidQuery(field, RequestFault.NO_WHOLE_NUMBER_FROM_ONE, most=MOST_PEOPLE)
    return InvalidQuery(field, RequestFault.NOT_AFTER_ARRIVAL)


def back_form(form: Form, there: datetime | None) -> Form:
    """From when one wants to return. there: when one arrives, None where that is not known."""
    at = forms.wall_clock(typed(BACK)) or back_unsaid(there or datetime.fromisoformat(form.moment))
    return replace(form, start=form.end, end=form.start, when="leave", moment=at.strftime(CLOCK), unreadable=False)


def back_unsaid(there: datetime) -> datetime:
    return there.replace(hour=EVENING_H, minute=0) if there.hour < LATE_H else there + STAY


def party() -> dict[str, str]:
    return {PEOPLE: typed(PEOPLE)} if typed(PEOPLE) else {}
