"""The pages for people: every view posts what is personal, and each page is whole without JavaScript."""

from __future__ import annotations

from flask import Blueprint, Flask
from flask_babel import Babel

from api.language import request_language
from api.pages import about, lines, shared, stops, suggest, trip
from api.service import Service

VIEWS = (trip, suggest, stops, lines, shared, about)


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("pages", __name__)
    for view in VIEWS:
        view.add(bp, service)
    return bp


def install(app: Flask, timezone: str) -> None:
    """Dates and numbers as the reader's language writes them."""
    Babel(app, locale_selector=request_language, default_timezone=timezone)
