"""What went wrong, for people: the problem that a program would get, as a page."""

from __future__ import annotations

import orjson
from flask import Flask, Response, request

from api.pages.frame import rendered, wants_page
from api.service import Service
from api.web.errors import MEDIA_TYPE
from api.web.language import request_language
from api.web.sentences import sentences

FOR_PROGRAMS = ("/api/", "/covoiturage/", "/problems")


def install(app: Flask, service: Service) -> None:
    @app.after_request
    def as_page(response: Response) -> Response:
        if response.mimetype != MEDIA_TYPE or request.path.startswith(FOR_PROGRAMS) or not wants_page():
            return response
        problem = orjson.loads(response.get_data())
        text = rendered("problem.html", service, sentences(request_language()), problem=problem, sources=())
        response.set_data(text)
        response.mimetype = "text/html"
        return response
