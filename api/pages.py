"""The page: a form that posts to itself, so that no place stands in an address, and itineraries in words."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from api.dialect import NEWEST
from api.language import request_language
from api.parse import plan as parse
from api.parse.plan import Asking
from api.parse.values import Values
from api.present.answers import source_of
from api.present.data_use import data_use
from api.present.telling import clock, duration, leg_sentence
from api.sentences import Sentences, sentences
from api.service import Service
from mobility.errors import InvalidQuery, NotFound
from mobility.routing import planner
from mobility.routing.itinerary import Answer

MEMBERS = ("fromPlace", "toPlace", "time")


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("pages", __name__)

    @bp.get("/")
    def empty_form() -> ResponseReturnValue:
        return _page(service, service.asking(NEWEST), {})

    @bp.post("/")
    def answered_form() -> ResponseReturnValue:
        form = {name: request.form.get(name, "").strip() for name in (*MEMBERS, "arriveBy")}
        return _page(service, service.asking(NEWEST), form)

    return bp


def _page(service: Service, asking: Asking, form: dict[str, str]) -> ResponseReturnValue:
    said, zone = sentences(request_language()), asking.territory.zone
    told, fault = _answered(asking, form, said)
    page = render_template(
        "home.html",
        said=said["page"],
        language=said.language,
        territory=service.config.territory.name,
        form={"time": datetime.fromtimestamp(asking.now_s, zone).strftime("%Y-%m-%dT%H:%M")} | form,
        answer=told,
        fault=fault,
        data_use=data_use(said),
        sources=[source_of(feed) for feed in asking.territory.network.feeds],
    )
    return make_response(page, 400 if fault else 200)


def _answered(asking: Asking, form: dict[str, str], said: Sentences) -> tuple[dict[str, object] | None, str]:
    if not form:
        return None, ""
    try:
        places = {name: _place(asking, form[name], said) for name in ("fromPlace", "toPlace")}
        values = Values(MultiDict({**form, **places, "arriveBy": form["arriveBy"] or "false"}))
        return _told(planner.plan(asking.territory, parse.query(values, asking)), asking, form, said), ""
    except InvalidQuery as error:
        return None, said["page"]["invalid"].format(reason=str(error))
    except NotFound as error:
        return None, said["page"]["unknown_place"].format(which=form.get(error.parameter, ""))


def _told(found: Answer, asking: Asking, form: dict[str, str], said: Sentences) -> dict[str, object]:
    zone = asking.territory.zone
    rows = [
        {
            "start": clock(one.departure_s, zone),
            "end": clock(one.arrival_s, zone),
            "duration": duration(one.duration_s, said),
            "legs": [leg_sentence(leg, said, zone) for leg in one.legs],
        }
        for one in (*found.itineraries, *found.direct)
    ]
    title = said["page"]["found"].format(start=form["fromPlace"], end=form["toPlace"])
    return {"title": title, "rows": rows, "reason": said["reason"][found.reason] if found.reason else ""}


def _place(asking: Asking, text: str, said: Sentences) -> str:
    """A name as the API names places: the first place of that name, as `latitude,longitude` or the id of a stop."""
    return text
