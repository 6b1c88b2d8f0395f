"""Styles, scripts and icons under an address that changes with them, so that browsers keep them; compression."""

from __future__ import annotations

import gzip
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

from api.web.scripts import as_one

FOLDER = Path(__file__).parents[1] / "static"
KEPT = timedelta(days=365)
STYLES = ("base", "frame", "form", "answer", "map", "boards", "reading", "coming_back", "wide", "print")
"""The files of styles/, in the order in which they go before each other; browsers fetch them as one, hent.css."""
SCRIPTS = ("hent", "opened_map")
"""That pages ask for; what they import comes with them."""
TEXTS = frozenset({"text/html", "text/css", "text/javascript", "text/calendar", "image/svg+xml"})
DATA = frozenset({"application/json", "application/geo+json", "application/ld+json", "text/csv", "text/turtle"})
COMPRESSED = TEXTS | DATA
LEAST_BYTES, MOST_BYTES = 1024, 32 * 2**20
LEVEL, QUICK_LEVEL = 6, 1
"""An answer is compressed while somebody waits for it: quickly rather than well."""


@cache
def path() -> str:
    """Where the files are served; scripts that load each other by relative names stay under it. What is made of several
    counts as it is served, so that a browser keeps none of it from before a change of how it is made."""
    files = sorted(file for file in FOLDER.rglob("*") if file.is_file())
    made = "".join((stylesheet(), *map(as_one, SCRIPTS))).encode()
    return f"/static/{sha256(b''.join((*(file.read_bytes() for file in files), made))).hexdigest()[:10]}"


@cache
def stylesheet() -> str:
    return "".join((FOLDER / "styles" / f"{name}.css").read_text("utf-8") for name in STYLES)


def install(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = KEPT

    @app.get(f"{path()}/hent.css")
    def styles() -> Response:
        return _kept(Response(stylesheet(), mimetype="text/css"))

    @app.get(f"{path()}/<any({', '.join(SCRIPTS)}):name>.js")
    def scripts(name: str) -> Response:
        return _kept(Response(as_one(name), mimetype="text/javascript"))


def _kept(answer: Response) -> Response:
    answer.cache_control.public, answer.cache_control.max_age = True, int(KEPT.total_seconds())
    return answer


def compressed(response: Response) -> Response:
    """Pages, files and answers for who takes gzip. Not for who is signed in: the size of a page that holds a secret
    beside text of somebody else's choice could tell the secret (BREACH)."""
    is_signed_in = "Cookie" in request.headers or "Authorization" in request.headers
    if response.mimetype not in COMPRESSED or response.status_code != 200 or is_signed_in:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers or request.range:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if LEAST_BYTES <= len(body) <= MOST_BYTES:
        response.set_data(gzip.compress(body, QUICK_LEVEL if response.mimetype in DATA else LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)
    return response
