"""Counts trips that people look for, by commune and hour (mobility/statistics)."""

from __future__ import annotations

import logging
from threading import Thread

import numpy as np
from flask import request

from mobility.carpool.limits import neighbourhood
from mobility.errors import StorageUnavailable
from mobility.geo import METRES_A_DEGREE, Point
from mobility.network.network import Network
from mobility.routing.query import Query
from mobility.statistics.counts import CountedEnd, HourlyCounts
from mobility.statistics.store import add_counts
from mobility.storage.store import Store

LOG = logging.getLogger("hent.statistics")
FARTHEST_M = 10_000
THREAD = "statistics"


class Communes:
    """Their middles, by which a place is said to be in the nearest one; None where that is far away."""

    def __init__(self, network: Network) -> None:
        known = [place for place in network.places if place.kind == "commune"]
        self.network = network
        self.ids = [place.id for place in known]
        self._lat = np.array([place.lat for place in known])
        self._lon = np.array([place.lon for place in known])

    def of(self, point: Point) -> str | None:
        if not self.ids:
            return None
        away = np.hypot(self._lat - point.lat, (self._lon - point.lon) * np.cos(np.radians(point.lat)))
        nearest = int(away.argmin())
        return self.ids[nearest] if away[nearest] * METRES_A_DEGREE <= FARTHEST_M else None


class Counting:
    def __init__(self, store: Store) -> None:
        self._store, self._counts = store, HourlyCounts()
        self._communes: Communes | None = None

    def note(self, network: Network, query: Query, now: int) -> None:
        """A trip that was asked for in this request."""
        known = self._known(network)
        if self._counts.begins_hour(now):
            Thread(target=self._keep, args=(known.ids, now), name=THREAD, daemon=True).start()
        asker = neighbourhood(request.remote_addr or "")
        for end, spot in ((CountedEnd.FROM, query.origin), (CountedEnd.TO, query.destination)):
            if commune := known.of(spot.point):
                self._counts.count(commune, end, asker, now)

    def _keep(self, communes: list[str], now: int) -> None:
        """What can be kept of the hour before; where the database is away, that hour is lost."""
        taken = self._counts.take(communes, now)
        try:
            with self._store.writing() as connection:
                add_counts(connection, taken)
        except StorageUnavailable:
            LOG.warning("an hour of statistics is lost", extra={"count": len(taken)})

    def _known(self, network: Network) -> Communes:
        known = self._communes
        if known is None or known.network.version != network.version:
            self._communes = known = Communes(network)
        return known
