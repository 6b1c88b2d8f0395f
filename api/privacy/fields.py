"""A request shows its route the fields that the route has declared, and no others.

What the MOTIS API or a page does not know is not even looked at: newer clients send more, links get decorated.
Resources and forms of our own refuse it, so that nobody sends what nobody needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from urllib.parse import parse_qsl

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

from api.parse.value_faults import RequestFault
from api.privacy.uses import declared
from api.web.errors import BodyFault, InvalidBody
from mobility.errors import InvalidQuery
from mobility.privacy.data import LANGUAGE

EXTENSION = "declared-fields"
OURS, MOTIS = "/api/", "/api/v"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class DeclaredRequest(Request):
    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        known = declared_fields(self.endpoint)
        return ImmutableMultiDict((name, value) for name, value in self._sent() if name in known)

    def undeclared(self) -> list[str]:
        known = declared_fields(self.endpoint)
        return [name for name, _ in self._sent() if name not in known]

    def _sent(self) -> Iterable[tuple[str, str]]:
        return parse_qsl(self.query_string.decode(errors="replace"), keep_blank_values=True)


def install_fields(app: Flask) -> None:
    @cache
    def known(endpoint: str | None) -> frozenset[str]:
        return frozenset(LANGUAGE.members).union(*(one.members for one in declared(app, endpoint)))

    app.extensions[EXTENSION] = known
    app.request_class = DeclaredRequest
    app.before_request(refuse_undeclared)


def declared_fields(endpoint: str | None) -> frozenset[str]:
    """What a route may read of a query string or a form; the language of any."""
    known: Callable[[str | None], frozenset[str]] = current_app.extensions[EXTENSION]
    return known(endpoint)


def refuse_undeclared() -> None:
    """Raises InvalidQuery, InvalidBody. JSON bodies are refused by their models (api/parse/bodies)."""
    sent = request._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(sent, DeclaredRequest) or sent.url_rule is None:
        return
    if sent.path.startswith(OURS) and not sent.path.startswith(MOTIS) and (others := sent.undeclared()):
        raise InvalidQuery(others[0], RequestFault.NO_PARAMETER)
    if sent.mimetype in FORMS and not sent.path.startswith(OURS):
        known = declared_fields(sent.endpoint)
        if others := [name for name in sent.form if name not in known]:
            raise InvalidBody(BodyFault.of(name, RequestFault.NO_FIELD) for name in others)
