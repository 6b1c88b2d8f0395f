"""What browsers and robots look for at the root of a host unasked: /robots.txt (RFC 9309) and /favicon.ico."""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory

from api.privacy.uses import uses
from api.service import Service
from api.web.assets import FOLDER
from mobility.clock import DAY_S
from mobility.privacy.register import NOTHING

PERSONAL = ("/carpool/", "/trips/", "/suggest", "/api/", "/covoiturage/", "/operateurs")
"""Rides and trips of somebody, what programs ask, what operators do. `/carpool` itself tells everybody how it works."""
ENDLESS, LANGUAGES, BOTH = "/*?", "/*?lang=", "/*?lang=*&"
"""Any query may hold places or one of endless days; a language alone leads to the same page. The longest rule holds."""


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/robots.txt")
    @uses(NOTHING)
    def robots() -> Response:
        barred = [f"Disallow: {path}" for path in (*PERSONAL, ENDLESS, BOTH)]
        lines = ["User-agent: *", f"Allow: {LANGUAGES}", *barred]
        return _kept(Response("\n".join(lines) + "\n", mimetype="text/plain"))

    @bp.get("/favicon.ico")
    @uses(NOTHING)
    def favicon() -> Response:
        """Pages link to the icon themselves; this is for who looks without having read one."""
        return _kept(send_from_directory(FOLDER, "icon.svg", mimetype="image/svg+xml"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={DAY_S}"
    return response
