"""What somebody who writes a program wants first: three calls to try, and where all else is described."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
import orjson
from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.pages.frame import frame, page
from api.privacy.uses import uses
from api.service import Service
from mobility.network.network import Network
from mobility.privacy.register import NOTHING

DEPARTURES = 5


@dataclass(frozen=True, slots=True)
class ExampleCall:
    """name: of its sentence in the catalogues. path: with its query."""

    name: str
    path: str


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/api", strict_slashes=False)
    @uses(NOTHING)
    def programs() -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        return page(
            "programs.html",
            of,
            calls=_examples(network),
            body=_body(network),
            address=service.config.address,
            per_minute=service.config.limits.requests_per_minute,
            licence=service.config.open_data.licence,
        )


def _ends(network: Network) -> tuple[int, int] | None:
    """Stops that this very network leads between: the ends of the pattern that most trips follow. None where nothing
    runs."""
    if not len(network.trips.pattern):
        return None
    pattern = int(np.bincount(network.trips.pattern).argmax())
    first, end = network.patterns.first_position[pattern : pattern + 2].tolist()
    return int(network.patterns.stop[first]), int(network.patterns.stop[end - 1])


def _body(network: Network) -> str:
    """Of POST /api/trips, "" where nothing runs."""
    ends, ids = _ends(network), network.stops.id
    return "" if ends is None else orjson.dumps({"fromPlace": ids[ends[0]], "toPlace": ids[ends[1]]}).decode()


def _examples(network: Network) -> list[ExampleCall]:
    ends, ids = _ends(network), network.stops.id
    if ends is None:
        return []
    (start, destination), name = ends, network.stops.name[ends[1]]
    return [
        ExampleCall("plan", f"/api/v6/plan?{urlencode({'fromPlace': ids[start], 'toPlace': ids[destination]})}"),
        ExampleCall("stoptimes", f"/api/v6/stoptimes?{urlencode({'stopId': ids[start], 'n': DEPARTURES})}"),
        ExampleCall("geocode", f"/api/v1/geocode?{urlencode({'text': name})}"),
    ]
