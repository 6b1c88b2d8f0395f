"""The pages for people: every view posts what is personal, and each page is whole without JavaScript."""

from __future__ import annotations

import re

from flask import Blueprint, Flask
from flask_babel import Babel, format_decimal
from jinja2 import StrictUndefined
from markupsafe import Markup

from api.pages import (
    about,
    compared,
    counters,
    data_use,
    disruptions,
    fault,
    ground_routes,
    lines,
    manifest,
    moments,
    network_geojson,
    offline,
    programs,
    robots,
    round_trip,
    security,
    shared,
    statements,
    stops,
    suggest,
    trip,
)
from api.pages.glance import glance
from api.pages.open_now import closed_now
from api.pages.told_tickets import told_once
from api.pages.unbroken import unbroken
from api.present.distances import distance
from api.present.opening_hours import spoken_hours
from api.service import Service
from api.web.days import iso_written, written, written_moment
from api.web.language import request_language
from api.web.plain_words import plain
from api.web.quoted import quoted
from api.web.sentences import sentences
from api.web.sizes import written_size

BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")
VIEWS = (
    trip,
    suggest,
    moments,
    stops,
    lines,
    network_geojson,
    disruptions,
    shared,
    compared,
    counters,
    about,
    statements,
    ground_routes,
    data_use,
    robots,
    manifest,
    offline,
    programs,
    round_trip,
    security,
)


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("pages", __name__)
    for view in VIEWS:
        view.add(bp, service)
    return bp


def tight(markup: str) -> Markup:
    """Without the lines and the indentation of a template between two tags, which a long list has thousands of."""
    return Markup(BETWEEN_TAGS.sub("\n", markup))  # noqa: S704 - what a template has escaped already


def install(app: Flask, service: Service) -> None:
    """Dates and numbers as the reader's language writes them; a text that no catalogue has is a fault, not a gap."""
    Babel(
        app,
        locale_selector=lambda: sentences(request_language()).locale,
        default_timezone=service.config.territory.timezone,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(
        day=lambda day: written(day, "d MMM yyyy"),
        iso_day=iso_written,
        moment=written_moment,
        number=format_decimal,
        plain=plain,
        quoted=quoted,
        size=written_size,
        told_once=told_once,
        tight=tight,
        unbroken=unbroken,
    )
    app.jinja_env.filters["closed_now"] = closed_now(service)
    app.jinja_env.filters["spoken_hours"] = lambda hours: spoken_hours(hours, sentences(request_language()))
    app.jinja_env.filters["glance"] = lambda card: glance(card, sentences(request_language()))
    app.jinja_env.filters["distance"] = lambda metres: distance(metres, sentences(request_language()))
    fault.install(app, service)
