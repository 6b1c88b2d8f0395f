"""The token that a request bears. The API looks at no cookie."""

from __future__ import annotations

from flask import request

SCHEME = "bearer "


def bearer_token() -> str:
    """ "" without one."""
    given = request.headers.get("Authorization", "")
    return given[len(SCHEME) :].strip() if given.lower().startswith(SCHEME) else ""
