"""What every page of carpooling has: the places to go to within it, and the key that its forms carry."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, href, page
from api.pages.session import Visitor
from api.problems import kind_of
from mobility.errors import MobilityError

SIGNED_OUT = (("about", "/carpool"), ("publish", "/carpool/publish"), ("sign_in", "/carpool/sign-in"))
SIGNED_IN = (
    ("mine", "/carpool/mine"),
    ("publish", "/carpool/publish"),
    ("account", "/carpool/account"),
    ("about", "/carpool"),
)


def carpool_page(
    template: str, of: Frame, who: Visitor | None, error: MobilityError | None = None, **given: object
) -> ResponseReturnValue:
    """who: None where nobody is signed in. error: why the form did not do what it was sent for."""
    tabs = [(name, href(path), path == request.path) for name, path in (SIGNED_IN if who else SIGNED_OUT)]
    status = kind_of(error).status if error else 200
    return page(template, of, status, who=who, key=who.key if who else "", tabs=tabs, **given)
