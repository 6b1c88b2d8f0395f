"""Bodies beyond `limits.body_kib`: only some views take them, and read them while they arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

LONG = "hent.long_body"
"""In the environment of a request whose body is longer than most may be."""
TAKES = "takes_long_bodies"
View = TypeVar("View", bound=Callable[..., object])


def takes_long_bodies(view: View) -> View:
    """Stands under the route, like `uses`."""
    setattr(view, TAKES, True)
    return view


def install_bodies(app: Flask) -> None:
    app.before_request(_refuse_what_has_no_end)


def _refuse_what_has_no_end() -> None:
    """Werkzeug refuses a length that is too large, and cuts off a body that does not say its length."""
    if LONG in request.environ and request.content_length is None:
        view = current_app.view_functions.get(request.endpoint or "")
        if not getattr(view, TAKES, False):
            raise RequestEntityTooLarge
