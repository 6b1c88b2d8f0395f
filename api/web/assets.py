"""Styles, scripts and icons under an address that changes with them, so that browsers keep them; compression."""

from __future__ import annotations

import gzip
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

FOLDER = Path(__file__).parents[1] / "static"
KEPT = timedelta(days=365)
COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "text/calendar", "image/svg+xml"})
LEAST_BYTES, LEVEL = 1024, 6


@cache
def path() -> str:
    """Where the files are served; scripts that load each other by relative names stay under it."""
    files = sorted(FOLDER.iterdir())
    return f"/static/{sha256(b''.join(file.read_bytes() for file in files)).hexdigest()[:10]}"


def install(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = KEPT


def compressed(response: Response) -> Response:
    """Pages and files for who takes gzip. Not for who is signed in: the size of a page that holds a secret beside text
    of somebody else's choice could tell the secret (BREACH)."""
    if response.mimetype not in COMPRESSED or response.status_code != 200 or request.cookies:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers or request.range:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= LEAST_BYTES:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
