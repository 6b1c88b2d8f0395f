"""What somebody who writes a program wants first: three calls to try, and where all else is described."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
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
            address=service.config.address,
            per_minute=service.config.limits.requests_per_minute,
            licence=service.config.open_data.licence,
        )


def _examples(network: Network) -> list[ExampleCall]:
    """Paths that this very network answers: between the ends of the pattern that most trips follow. None where nothing
    runs."""
    if not len(network.trips.pattern):
        return []
    pattern = int(np.bincount(network.trips.pattern).argmax())
    first, end = network.patterns.first_position[pattern : pattern + 2].tolist()
    start, destination = (int(network.patterns.stop[at]) for at in (first, end - 1))
    ids, name = network.stops.id, network.stops.name[destination]
    return [
        ExampleCall("plan", f"/api/v6/plan?{urlencode({'fromPlace': ids[start], 'toPlace': ids[destination]})}"),
        ExampleCall("stoptimes", f"/api/v6/stoptimes?{urlencode({'stopId': ids[start], 'n': DEPARTURES})}"),
        ExampleCall("geocode", f"/api/v1/geocode?{urlencode({'text': name})}"),
    ]
