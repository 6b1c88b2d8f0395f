"""From an error to application/problem+json (RFC 9457): the one place that knows both. See docs/problems.md."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from traceback import extract_tb

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from api.covoiturage import errors as covoiturage
from api.privacy.notices import with_notice
from api.web.errors import MEDIA_TYPE, UNREADABLE, InvalidBody, NotMadeYet
from api.web.language import request_language
from api.web.refusals import ToldRefusal, refusal
from api.web.sentences import sentences, spoken
from gtfs.errors import RejectedFeed, UnreadableFeed
from mobility.errors import (
    AccountIncomplete,
    AlreadyAsked,
    FolderUnavailable,
    InTwoCars,
    InvalidConfig,
    InvalidQuery,
    LinkNotValid,
    LoadCancelled,
    LoadTooLarge,
    MailUnavailable,
    NetworkUnavailable,
    NotAllowed,
    NotFound,
    NothingAfter,
    NothingBefore,
    NotSignedIn,
    OfferFull,
    OfferPaused,
    PriceTooHigh,
    SkippedHour,
    StorageUnavailable,
    TokenNeeded,
    TooMany,
    WrongState,
)
from mobility.feeds.outcome import HeldBack, NotAnswered

LOG = logging.getLogger("hent.api")
COME_AGAIN = (429, 503)
"""Statuses that say after how many seconds to come again."""
RETRY_S = 30


@dataclass(frozen=True, slots=True)
class Kind:
    """fields: attributes of the error that the problem shows; all of them are safe to show."""

    name: str
    status: int
    fields: tuple[str, ...] = ()


PROBLEMS: Mapping[type[Exception], Kind] = {
    InvalidQuery: Kind("invalid-query", 400, ("parameter", "reason")),
    SkippedHour: Kind("skipped-hour", 400, ("parameter", "instead")),
    InvalidBody: Kind("invalid-body", 400, ("errors",)),
    NotFound: Kind("not-found", 404, ("kind", "parameter")),
    NetworkUnavailable: Kind("network-unavailable", 503),
    NotSignedIn: Kind("not-signed-in", 401),
    TokenNeeded: Kind("token-needed", 401),
    LinkNotValid: Kind("link-not-valid", 403),
    AccountIncomplete: Kind("account-incomplete", 409, ("missing",)),
    PriceTooHigh: Kind("price-too-high", 409, ("most_cents",)),
    TooMany: Kind("too-many-requests", 429, ("retry_after_s",)),
    NotAllowed: Kind("not-allowed", 403, ("least",)),
    MailUnavailable: Kind("mail-unavailable", 503),
    NotMadeYet: Kind("not-made-yet", 503, ("retry_after_s",)),
    WrongState: Kind("wrong-state", 409, ("kind", "state")),
    OfferFull: Kind("offer-full", 409),
    OfferPaused: Kind("offer-paused", 409),
    AlreadyAsked: Kind("already-asked", 409, ("booking",)),
    InTwoCars: Kind("in-two-cars", 409, ("date",)),
    UnreadableFeed: Kind("unreadable-feed", 422, ("code", "values", "reason", "file", "line", "column", "value")),
    RejectedFeed: Kind("rejected-feed", 422),
    NotAnswered: Kind("not-answered", 409, ("queries",)),
    HeldBack: Kind("held-back", 409, ("feeds", "reasons", "versions")),
    NothingBefore: Kind("nothing-before", 409),
    NothingAfter: Kind("nothing-after", 409),
    LoadTooLarge: Kind("load-too-large", 422, ("what", "most")),
    LoadCancelled: Kind("load-cancelled", 409),
    FolderUnavailable: Kind("folder-unavailable", 503, ("code", "values", "reason")),
    StorageUnavailable: Kind("storage-unavailable", 503),
    InvalidConfig: Kind("invalid-config", 500, ("key", "code", "values", "reason")),
}

HTTP_PROBLEMS: Mapping[int, Kind] = {
    403: Kind("form-not-valid", 403),
    404: Kind("no-such-page", 404),
    405: Kind("method-not-allowed", 405),
    408: Kind("request-timeout", 408),
    413: Kind("body-too-large", 413),
    414: Kind("address-too-long", 414),
    415: Kind("unsupported-media-type", 415),
    421: Kind("misdirected-request", 421),
    431: Kind("headers-too-large", 431),
}
BAD_REQUEST = Kind("bad-request", 400)
INTERNAL_ERROR = Kind("internal-error", 500)


def kinds() -> list[Kind]:
    return [*PROBLEMS.values(), *HTTP_PROBLEMS.values(), BAD_REQUEST, INTERNAL_ERROR]


def fields_of(error: Exception) -> dict[str, object]:
    """An error outside a request, as the members that its problem would have."""
    kind = kind_of(error)
    detail = str(error) if kind is not INTERNAL_ERROR else type(error).__name__
    return {"type": f"/problems/{kind.name}", "detail": detail} | {name: getattr(error, name) for name in kind.fields}


def problem_of(status: int, language: str) -> dict[str, object]:
    """Of a request that cannot be read, about which nothing else is known."""
    kind = _http_kind(status)
    title = sentences(language)["problem"][kind.name]
    return {"type": f"/problems/{kind.name}", "title": title, "status": status, "detail": title}


def is_refusal(error: Exception) -> bool:
    """Whether what was asked cannot be done; else something is wrong with the machine, or with Hent."""
    return kind_of(error).status < 500


def install(app: Flask) -> None:
    app.extensions[UNREADABLE] = partial(problem_of, language=spoken((), app.config["LANGUAGES"]))
    for error in PROBLEMS:
        app.register_error_handler(error, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unexpected)


def kind_of(error: Exception) -> Kind:
    if isinstance(error, HTTPException):
        return _http_kind(error.code or 500)
    return next((kind for known, kind in PROBLEMS.items() if isinstance(error, known)), INTERNAL_ERROR)


def _http_kind(code: int) -> Kind:
    return HTTP_PROBLEMS.get(code) or (Kind(BAD_REQUEST.name, code) if code < 500 else INTERNAL_ERROR)


def _of_ours(error: Exception) -> Response:
    kind = kind_of(error)
    fields = {field: getattr(error, field) for field in kind.fields}
    told = refusal(error, kind.name, fields, request_language())
    if covoiturage.concerns(request.path):
        response = covoiturage.shaped(kind.status, told.detail, getattr(error, "kind", None))
    else:
        response = _problem(kind, told)
    if kind.status in COME_AGAIN:
        response.headers["Retry-After"] = str(getattr(error, "retry_after_s", RETRY_S))
    if kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _of_http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return Response(status=code, headers=dict(error.get_headers()))
    kind = _http_kind(code)
    response = _bare(kind)
    allow = dict(error.get_headers()).get("Allow")
    if allow:
        response.headers["Allow"] = allow
    return response


def _unexpected(error: Exception) -> Response:
    # The message of an unknown error may repeat what was asked, so only its kind and place are logged.
    where = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(extract_tb(error.__traceback__))
    )
    LOG.error("unexpected fault", extra={"fault": type(error).__name__, "where": where})
    return _bare(INTERNAL_ERROR)


def _bare(kind: Kind) -> Response:
    """Of which nothing more is known."""
    language = request_language()
    if covoiturage.concerns(request.path):
        return covoiturage.shaped(kind.status, sentences(language)["problem"][kind.name])
    return _problem(kind, ToldRefusal(language, "", {}))


def _problem(kind: Kind, told: ToldRefusal) -> Response:
    title = sentences(told.language)["problem"][kind.name]
    body = {"type": f"/problems/{kind.name}", "title": title, "status": kind.status}
    body |= {"detail": told.detail or title, "instance": request.path, **told.fields}
    if request.path.startswith("/api/v"):
        body["error"] = body["detail"]
    return Response(orjson.dumps(with_notice(body)), kind.status, mimetype=MEDIA_TYPE)
