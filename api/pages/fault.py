"""What went wrong, for people: the problem that a program would get, as a page, with a way on."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict

from api.pages.frame import rendered, wants_page
from api.pages.telephone import NOBODY, Telephones, WhoAnswers
from api.present.prose import duration
from api.service import Service
from api.web.errors import MEDIA_TYPE
from api.web.language import request_language
from api.web.sentences import Sentences, sentences

FOR_PROGRAMS = ("/api/", "/covoiturage/", "/problems")
QUESTIONS = ("/", "/stops", "/lines", "/round-trip")
"""Pages whose forms change nothing: they may be sent again as they were."""
MISSING, TOO_MANY = 404, 429
LONG_S = 90
"""From then on a wait is told in minutes."""


@dataclass(frozen=True, slots=True)
class WayOn:
    """advice: what to do now, "" where only another page helps. again: the address to ask once more, "" for none.
    typed: what a form held, to be sent again; None where there was no form. call: a counter that answers the telephone;
    NOBODY where none is known, or nobody need be called."""

    advice: str
    again: str
    typed: list[tuple[str, str]] | None
    call: WhoAnswers = NOBODY


def install(app: Flask, service: Service) -> None:
    telephones = Telephones(service)

    @app.after_request
    def as_page(response: Response) -> Response:
        if response.mimetype != MEDIA_TYPE or request.path.startswith(FOR_PROGRAMS) or not wants_page():
            return response
        problem, said = orjson.loads(response.get_data()), sentences(request_language())
        problem["title"] = said["problem"][problem["type"].rpartition("/")[2]]
        way_on = _way_on(response, telephones, said)
        response.set_data(rendered("problem.html", service, said, problem=problem, way_on=way_on, sources=(), names=()))
        response.mimetype = "text/html"
        return response


def _way_on(response: Response, telephones: Telephones, said: Sentences) -> WayOn:
    words, status = said["problem_page"], response.status_code
    if status == TOO_MANY:
        wait = _wait(int(response.headers.get("Retry-After", "60")), said)
        return WayOn(words["too_many"].format(wait=wait), *_again(), telephones.to_call())
    if status >= 500:
        return WayOn(words["ours"], *_again(), telephones.to_call())
    return WayOn(words["missing"] if status == MISSING else "", "", None)


def _wait(seconds: int, said: Sentences) -> str:
    return duration(seconds, said) if seconds > LONG_S else said["problem_page"]["seconds"].format(n=seconds)


def _again() -> tuple[str, list[tuple[str, str]] | None]:
    """On this host, whatever the path begins with."""
    address = "/" + request.full_path.lstrip("/").rstrip("?")
    if request.method == "GET":
        return address, None
    if request.path not in QUESTIONS:
        return "", None
    typed: MultiDict[str, str] = request.form
    return address, list(typed.items(multi=True))
