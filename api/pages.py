"""The page: a form that posts to itself, so that no place stands in an address, and itineraries in words."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from api import travellers
from api.dialect import NEWEST
from api.language import request_language
from api.parse import plan as parse
from api.parse.plan import Asking
from api.parse.spots import point
from api.parse.values import Values
from api.present.answers import source_of
from api.present.data_use import data_use
from api.present.itineraries import told_legs
from api.present.legs import Telling
from api.present.options import in_words
from api.present.telling import clock, ending, lasting, leg_sentences
from api.sentences import Sentences, sentences
from api.service import Service
from mobility.errors import InvalidQuery, NotFound
from mobility.routing import planner
from mobility.routing.itinerary import Answer
from mobility.routing.options import Choice, choose

Told = dict[str, object]
MEMBERS = ("fromPlace", "toPlace", "time", "profile")


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
    told, fault = _answered(service, asking, form, said)
    page = render_template(
        "home.html",
        said=said["page"],
        language=said.language,
        territory=service.config.territory.name,
        form={"time": datetime.fromtimestamp(asking.now_s, zone).strftime("%Y-%m-%dT%H:%M")} | form,
        answer=told,
        fault=fault,
        profiles=[(name, said["profile"].get(name, name)) for name in travellers.names(service.config)],
        data_use=data_use(said),
        sources=[source_of(feed) for feed in asking.territory.network.feeds],
    )
    return make_response(page, 400 if fault else 200)


def _answered(service: Service, asking: Asking, form: dict[str, str], said: Sentences) -> tuple[Told | None, str]:
    if not form:
        return None, ""
    try:
        places = {name: _place(asking, form[name], name) for name in ("fromPlace", "toPlace")}
        usual = {"arriveBy": form["arriveBy"] or "false", "profile": form["profile"] or travellers.ADULT}
        values = Values(MultiDict({**form, **places, **usual}))
        telling = service.shelf.telling(asking.territory.network, parse.wishes(values, asking))
        found = planner.plan(asking.territory, parse.query(values, asking))
        choice = choose(asking.territory, found, service.rules, handful=True)
        return _told(telling, choice, form, said) | _reason(found, said), ""
    except InvalidQuery as error:
        return None, said["page"]["invalid"].format(reason=str(error))
    except NotFound as error:
        return None, said["page"]["unknown_place"].format(which=form.get(error.parameter, ""))


def _told(telling: Telling, choice: Choice, form: dict[str, str], said: Sentences) -> Told:
    shown = [*choice.shown, *choice.direct]
    itineraries = [option.itinerary for option in shown]
    rows = [
        {
            "start": clock(one.itinerary.departure_s, telling.zone),
            "end": ending(one.itinerary, telling.zone, said),
            "duration": lasting(one.itinerary.departure_s, one.itinerary.arrival_s, said),
            "legs": leg_sentences(telling, legs, said),
            "worth": in_words(one, choice, said),
        }
        for one, legs in zip(shown, told_legs(telling, itineraries), strict=True)
    ]
    title = said["page"]["found"].format(start=form["fromPlace"], end=form["toPlace"])
    return {"title": title, "rows": rows}


def _reason(found: Answer, said: Sentences) -> Told:
    return {"reason": said["reason"][found.reason] if found.reason else ""}


def _place(asking: Asking, text: str, name: str) -> str:
    """What was typed as the API names places: `lat,lon` or the id of a stop; else the first place of that name.

    Raises NotFound.
    """
    territory = asking.territory
    if not text or point(text, name) is not None or territory.network.stops.id.find(text) is not None:
        return text
    found = territory.places.search(text, 1) if territory.places else []
    if not found:
        raise NotFound("place", name)
    best = found[0]
    return best.id if best.stop >= 0 else f"{best.point.lat},{best.point.lon}"
