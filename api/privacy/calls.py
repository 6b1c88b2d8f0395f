"""How many requests with personal data one neighbour may send in a minute (mobility/privacy/fair_use.py)."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from flask import Flask, request

from api.privacy.uses import declared
from mobility.carpool.limits import neighbourhood
from mobility.privacy.fair_use import FairUse
from mobility.privacy.register import FAIR_USE


def install_fair_use(app: Flask, most: int, now: Callable[[], int]) -> None:
    """most: 0 for as many as they like."""
    if not most:
        return
    known = FairUse(most)

    @app.before_request
    def count() -> None:
        """Raises TooMany. This machine itself is not counted: it is a proxy, or who watches over the service."""
        where = neighbourhood(request.remote_addr or "")
        if where and FAIR_USE in declared(app, request.endpoint) and not ip_address(where.split("/")[0]).is_loopback:
            known.count(where, now())
