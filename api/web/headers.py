"""The headers of every answer: what a browser may do with a page of ours, and which pages may call the API."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, after_this_request, request

from api.web.language import request_language

CONTENT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Everything comes from this host, nothing stands inline, nobody frames a page."""
POWERS = ("camera", "microphone", "payment", "usb", "browsing-topics", "interest-cohort")
"""What no page of ours ever asks a browser for; where one is, only when a person presses the button for it."""
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in CONTENT.items()),
    "Permissions-Policy": ", ".join(["geolocation=(self)", *(f"{name}=()" for name in POWERS)]),
}
TLS_ONLY = "max-age=31536000"
"""Strict-Transport-Security: a year."""


def install_headers(app: Flask, cors: tuple[str, ...]) -> None:
    app.after_request(_headers(cors))


def leave_unknown_ranges() -> None:
    """A range in units that are not ours is as good as none (RFC 9110, 14.2): the whole is answered."""
    if not request.headers.get("Range", "bytes=").strip().lower().startswith("bytes="):
        request.environ.pop("HTTP_RANGE")


def may_be_kept(seconds: int, is_forever: bool = False) -> None:
    """Browsers and proxies may give this very answer again: it holds nobody's place, and nothing that is untrue so
    much later. is_forever: under this address nothing else will ever be."""

    @after_this_request
    def kept(response: Response) -> Response:
        response.headers["Cache-Control"] = f"public, max-age={seconds}{', immutable' if is_forever else ''}"
        return response


def revalidated(response: Response) -> Response:
    """Named by what is in it: who has it already is told so (304)."""
    response.add_etag()
    response.make_conditional(request)
    return response


def may_be_gone_back_to() -> None:
    """The browser that asked, and nobody between, may show this answer again when its user goes back: what a form was
    answered with cannot be fetched by its address. Where it is `no-store`, Back is an error page of the browser."""

    @after_this_request
    def kept(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-cache"
        return response


def _headers(cors: tuple[str, ...]) -> Callable[[Response], Response]:
    def add(response: Response) -> Response:
        response.headers.extend(SECURITY)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = TLS_ONLY
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Language", request_language())
        response.vary.add("Accept-Language")
        _allow_other_origins(cors, response)
        return response

    return add


def _allow_other_origins(allowed: tuple[str, ...], response: Response) -> None:
    """The API is open: pages of the origins in the config may call it. It never looks at a cookie."""
    origin = request.headers.get("Origin")
    if not origin or not ({"*", origin} & set(allowed)):
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
    response.vary.add("Origin")
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PATCH, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = "86400"
