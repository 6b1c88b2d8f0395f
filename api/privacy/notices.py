"""The notice of each answer: in its JSON under `hent.dataUse`, and as a link in its header (RFC 6903)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import orjson
from flask import Flask, Response, current_app, request

from api.present import data_use as present
from api.present.pieces import Json
from api.privacy.uses import declared
from api.privacy.words import wording
from api.service import Service
from api.web.language import request_language
from mobility.privacy.notice import MORE, DataUseNotice, Responsible, notice
from mobility.privacy.register import FAIR_USE, NOTHING, STATISTICS, Basis, Recipient

EXTENSION = "data-use"
TellUses = Callable[[str | None, str], DataUseNotice]
"""By endpoint and language: a processing is slow to compare."""


def responsible(service: Service) -> Responsible:
    """As the config sets the service up."""
    config = service.config
    said = config.data_use
    absent = {
        Recipient.MAIL: config.mail is None,
        Recipient.CONCERNED: config.mail is None,
        Recipient.WAYS: config.streets.valhalla is None,
        Recipient.OPERATORS: config.covoiturage.operator is None,
    }
    there = frozenset(who for who in Recipient if not absent.get(who))
    done = {FAIR_USE.id: config.limits.requests_per_minute > 0, STATISTICS.id: service.counting is not None}
    off = frozenset(id for id, is_done in done.items() if not is_done)
    return Responsible(said.controller, said.contact, Basis(said.basis), there, off, said.more or MORE)


def install_notices(app: Flask, service: Service) -> None:
    here = responsible(service)

    @lru_cache(maxsize=1024)
    def told(endpoint: str | None, language: str) -> DataUseNotice:
        return notice(declared(app, endpoint), wording(language), here)

    app.extensions[EXTENSION] = told
    app.after_request(_linked)
    app.jinja_env.globals["data_use_of"] = notice_of


def notice_of(endpoint: str | None) -> DataUseNotice:
    """What the route of that endpoint does with the data of who asks, in the language of this request."""
    told: TellUses = current_app.extensions[EXTENSION]
    return told(endpoint, request_language())


def with_notice(answer: Json) -> Json:
    """The answer to this request, with its notice; as it is where no personal data were used."""
    found = notice_of(request.endpoint)
    if found.processings == (NOTHING.id,):
        return answer
    ours = {**answer.get("hent", {}), "dataUse": _written(found)}
    return {**answer, "hent": ours}


@lru_cache(maxsize=256)
def _written(found: DataUseNotice) -> orjson.Fragment:
    """As JSON: many answers have the same notice."""
    return orjson.Fragment(orjson.dumps(present.notice(found)))


def _linked(response: Response) -> Response:
    """Answers of the API name the licences of their data first: the page of MOTIS shows whichever link comes first."""
    found = notice_of(request.endpoint)
    if request.path.startswith("/api/v"):
        response.headers.add("Link", '</data/>; rel="license"')
    response.headers.add("Link", f'<{found.more}#{found.processings[0]}>; rel="privacy-policy"')
    return response
