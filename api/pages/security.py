"""/.well-known/security.txt (RFC 9116): where to report a hole."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from api.privacy.uses import uses
from api.service import Service
from mobility.clock import instant
from mobility.privacy.register import NOTHING

GOOD_FOR = timedelta(days=180)
"""The file is written anew for whoever asks, from a config that somebody keeps up to date."""


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/.well-known/security.txt")
    @uses(NOTHING)
    def security() -> Response:
        config = service.config
        if config.security.contact is None:
            raise NotFound
        expires = (instant(service.now()) + GOOD_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines = [
            f"Contact: {config.security.contact}",
            f"Expires: {expires}",
            f"Preferred-Languages: {', '.join(config.territory.languages)}",
        ]
        if config.open_data.url:
            lines.append(f"Canonical: {config.open_data.url.rstrip('/')}/.well-known/security.txt")
        return Response("\n".join(lines) + "\n", mimetype="text/plain")
