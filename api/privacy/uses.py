"""How a route says what it does with personal data: `@uses(TRIP)` above its function. None says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from mobility.privacy.register import FAIR_USE, NOTHING, Processing

MARK = "processings"
View = TypeVar("View", bound=Callable[..., Any])


class UndeclaredUse(Exception):
    """A mistake in the code: the service does not start."""

    def __init__(self, route: str) -> None:
        super().__init__(
            f"{route} does not say what it does with personal data: write @uses(...) under its route, with values of"
            " mobility/privacy/register.py, what the request is for in front; @uses(NOTHING) where it takes none"
            " (docs/privacy.md)"
        )


def uses(*processings: Processing) -> Callable[[View], View]:
    """Of the view below; what the request is for stands in front."""
    assert processings, "name at least NOTHING"

    def declare(view: View) -> View:
        setattr(view, MARK, processings)
        return view

    return declare


def install_declarations(app: Flask) -> None:
    """Raises UndeclaredUse, unless every route of the app declares what it does."""
    for endpoint in {"static", "styles", "scripts"} & app.view_functions.keys():  # the trips alone have none of them
        uses(NOTHING)(app.view_functions[endpoint])
    for rule in app.url_map.iter_rules():
        if not declared(app, rule.endpoint):
            raise UndeclaredUse(f"{rule.rule} ({rule.endpoint})")


def declared(app: Flask, endpoint: str | None) -> tuple[Processing, ...]:
    """What a route does, in front what it is for; () where there is no such route."""
    found: tuple[Processing, ...] = getattr(app.view_functions.get(endpoint or ""), MARK, ())
    return found if found in ((), (NOTHING,)) else (*found, FAIR_USE)
