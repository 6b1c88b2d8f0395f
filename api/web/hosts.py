"""Under which names the service answers, and by which it calls itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from api.config import Config

WATCHERS = ("/health/", "/metrics")
"""Asked by a machine's address; their answers name no host."""


class MisdirectedRequest(HTTPException):
    """RFC 9110, 15.5.20."""

    code = 421
    description = "this service does not answer for that host"


def install_hosts(app: Flask, hosts: tuple[str, ...]) -> None:
    """Before anything else looks at a request. Every host is ours where none is named."""

    def refuse_other_hosts() -> None:
        if _named(request.host) not in hosts and not request.path.startswith(WATCHERS):
            raise MisdirectedRequest

    if hosts:
        app.before_request(refuse_other_hosts)


def shown_address(config: Config) -> str:
    """For an answer that only who asked may keep: by its public name, else by the one that it was asked by."""
    return config.public_address or request.host_url.rstrip("/")


def _named(host: str) -> str:
    """Without the port, in lower case; "" where it is none."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
    return f"[{name}]" if ":" in name else name
