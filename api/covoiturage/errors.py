"""Errors in the shape of the standard: one member `error`, and no status that it does not document."""

from __future__ import annotations

import orjson
from flask import Response, request

PATH = "/covoiturage/v1"
MISSING = {"offer": "journey", "meeting point": "journey", "account": "user", "booking": "booking", "user": "user"}
DOCUMENTED = {400, 401, 404, 405, 409, 429, 500}


def concerns(path: str) -> bool:
    return path == PATH or path.startswith(PATH + "/")


def shaped(status: int, error: str, thing: object = None) -> Response:
    """thing: the kind of thing that was not found."""
    if status == 404 and thing:
        error = f"missing_{MISSING.get(str(thing), 'journey')}"
    known = _documented(status)
    response = Response(orjson.dumps({"error": error}), known, mimetype="application/json")
    if known == 401:
        response.headers["WWW-Authenticate"] = 'ApiKey realm="covoiturage", header="X-API-Key"'
    return response


def _documented(status: int) -> int:
    """Only PATCH knows conflicts; only what names a thing that may be gone knows 404."""
    if status in {404, 409} and request.url_rule and request.method == "POST":
        return 404 if status == 404 and request.url_rule.rule.endswith("/messages") else 400
    if status in DOCUMENTED:
        return status
    return 400 if status < 500 else 500
