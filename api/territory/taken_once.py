"""One request, one network: whatever asks for the territory within a request is given the same, and the answer names
its version."""

from __future__ import annotations

from typing import Protocol

from flask import Flask, Response, has_request_context, request

from mobility.routing.territory import Territory

HEADER, TAKEN = "Hent-Network", "hent.territory"


class InService(Protocol):
    """Who knows the network in service."""

    def territory(self) -> Territory:
        """Taken once in a request. Raises NetworkUnavailable."""


class TakenOnce:
    def __init__(self, current: InService) -> None:
        self._current = current

    def territory(self) -> Territory:
        """Raises NetworkUnavailable."""
        if not has_request_context():
            return self._current.territory()
        if TAKEN not in request.environ:
            request.environ[TAKEN] = self._current.territory()
        found: Territory = request.environ[TAKEN]
        return found


def install(app: Flask) -> None:
    app.after_request(_named)
    app.teardown_request(_let_go)


def _named(response: Response) -> Response:
    """Answers that need no network name none."""
    if TAKEN in request.environ:
        response.headers[HEADER] = request.environ[TAKEN].network.version
    return response


def _let_go(_error: BaseException | None) -> None:
    """A request and its environ stand in a circle: what hangs on them would stay until the collector's turn, with all
    the versions that are over by then."""
    request.environ.pop(TAKEN, None)
