"""What makes the page an application of its own on a device: the manifest, and a worker for places without network."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, url_for

from api.pages.frame import href
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_kept
from api.web.language import request_language
from api.web.scripts import as_one
from api.web.sentences import sentences
from mobility.privacy.register import NOTHING

KEPT_S = 3600
SIZES = (192, 512)
SEA, SAND = "#0b4a6f", "#f8f4ec"
"""As in hent.css: the bar of the browser, and what is seen before the first page."""


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/manifest.webmanifest")
    @uses(NOTHING)
    def manifest() -> Response:
        language = request_language()
        said = sentences(language)
        may_be_kept(KEPT_S)
        answer = jsonify(
            id="/",
            name=f"Hent {service.config.territory.name}",
            short_name="Hent",
            description=said["coming_back"]["description"],
            lang=language,
            start_url=href("/"),
            scope="/",
            display="standalone",
            theme_color=SEA,
            background_color=SAND,
            icons=_icons(),
            shortcuts=[
                {"name": said["frame"][key], "url": href(path)} for key, path in (("trip", "/"), ("stops", "/stops"))
            ],
        )
        answer.mimetype = "application/manifest+json"
        return answer

    @bp.get("/worker.js")
    @uses(NOTHING)
    def worker() -> Response:
        """From the root, as it answers for every page; browsers ask for it anew by themselves."""
        answer = Response(as_one("worker"), mimetype="text/javascript")
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def _icons() -> list[dict[str, str]]:
    """The drawing itself, and pictures of it where drawings are not taken; those that a device may cut round."""
    drawing = {"src": url_for("static", filename="icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    pictures = [
        {
            "src": url_for("static", filename=f"icons/{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for purpose in ("any", "maskable")
        for size in SIZES
    ]
    return [drawing, *pictures]
