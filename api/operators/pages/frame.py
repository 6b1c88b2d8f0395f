"""What every page for operators has: its parts as tabs, who is signed in, the key of forms. It needs no network, as one
may be loaded here for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import make_response, request
from flask.typing import ResponseReturnValue

from api.operators.pages.session import ROOT, OperatorVisitor
from api.pages.frame import href, rendered
from api.service import Service
from api.web.language import request_language
from api.web.sentences import Sentences, sentences
from mobility.operators.tokens import Role

PARTS = (
    ("feeds", ROOT, Role.READ),
    ("messages", f"{ROOT}/messages", Role.READ),
    ("remarks", f"{ROOT}/remarks", Role.READ),
    ("jobs", f"{ROOT}/jobs", Role.READ),
    ("log", f"{ROOT}/log", Role.ADMIN),
)
"""Of the page: key of its name, address, who may look. Others add theirs here."""


@dataclass(frozen=True, slots=True)
class OperatorFrame:
    """who: None where nobody is signed in."""

    service: Service
    said: Sentences
    who: OperatorVisitor | None = None


def operator_frame(service: Service, who: OperatorVisitor | None) -> OperatorFrame:
    return OperatorFrame(service, sentences(request_language()), who)


def operator_page(template: str, of: OperatorFrame, status: int = 200, **given: object) -> ResponseReturnValue:
    who, part = of.who, request.path.removeprefix(ROOT).strip("/").partition("/")[0] or PARTS[0][0]
    parts = [(name, href(path), name == part) for name, path, least in PARTS if who and who.may(least)]
    known = {"who": who, "key": who.key if who else "", "may": who.operator.role if who else 0, "roles": Role}
    response = make_response(
        rendered(f"operators/{template}.html", of.service, of.said, sources=(), parts=parts, **known, **given), status
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
