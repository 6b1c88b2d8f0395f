"""The territory in service: the network in DIR opened for questions, and opened anew when another is published."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from api.config import Config
from mobility.network.current import Current, network_folder
from mobility.network.network import Network
from mobility.network.streets import StraightLine
from mobility.places.storage import opened_places
from mobility.routing.days import Days
from mobility.routing.territory import Bounds, Territory

DAYS = "days"


class Following:
    """Safe between threads. A request that holds the territory of before goes on with it."""

    def __init__(self, data: Path, config: Config) -> None:
        self._data = data
        self._bounds = Bounds(config.search.widest_window_s, config.search.most_results)
        self._current = Current(data)
        self._lock = Lock()
        self._seen: Territory | None = None

    def territory(self) -> Territory:
        """Raises NetworkUnavailable where no network was published yet."""
        network, seen = self._current.network(), self._seen
        return seen if seen is not None and seen.network is network else self._follow(network)

    def _follow(self, network: Network) -> Territory:
        with self._lock:
            if self._seen is None or self._seen.network is not network:
                self._seen = self._opened(network)
            return self._seen

    def _opened(self, network: Network) -> Territory:
        folder = network_folder(self._data, network.version)
        places = opened_places(folder, network)
        return Territory(network, StraightLine(network), Days(network, folder / DAYS), places, self._bounds)
