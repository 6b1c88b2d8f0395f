"""The territory in service: the network in DIR opened for questions, and opened anew when another is published."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from threading import Lock

from api.config import Config
from api.surroundings import followed_rentals, last_kilometre_rules
from mobility.feeds.publish import days_of
from mobility.network.current import Current, network_folder
from mobility.network.network import FeedVersion, Network
from mobility.network.streets import StraightLine, StreetRouter
from mobility.places.storage import opened_places
from mobility.routing.territory import Bounds, Territory
from mobility.streets.graph import Streets
from mobility.streets.on_valhalla import OnValhalla
from mobility.streets.router import OnStreets
from mobility.streets.storage import CurrentStreets
from mobility.streets.valhalla import ValhallaServer

DEMO_URL = "demo:"
"""How the address of the embedded feed begins, by which it is known later."""
DEMO_AGE = timedelta(weeks=12)
"""The embedded feed spans 55 weeks from two weeks before it was built; past this age it is built anew."""


def is_expiring(feed: FeedVersion, today: date) -> bool:
    """Whether it is the embedded feed, and old."""
    return feed.url.startswith(DEMO_URL) and today - feed.first_day > DEMO_AGE


def is_complete(config: Config, serving: tuple[FeedVersion, ...], today: date) -> bool:
    """Whether nothing is to be loaded before travellers are answered.

    Feeds of the config with an address wait until the operator asks. A network of feeds that the config does not
    name, loaded to try them, is left alone.
    """
    at_hand = {feed.id for feed in config.feeds if not feed.url}
    in_service = {feed.id for feed in serving}
    foreign = in_service.isdisjoint(feed.id for feed in config.feeds) and bool(staying(config, serving))
    missing = at_hand - in_service if not foreign else set()
    return bool(serving) and not missing and not any(is_expiring(feed, today) for feed in serving if feed.id in at_hand)


def staying(config: Config, serving: tuple[FeedVersion, ...]) -> list[str]:
    """All feeds in service but an embedded one that the config names no more."""
    named = {feed.id for feed in config.feeds if feed.demo}
    return [feed.id for feed in serving if feed.id in named or not feed.url.startswith(DEMO_URL)]


class Following:
    """Safe between threads. A request that holds the territory of before goes on with it."""

    def __init__(self, data: Path, config: Config) -> None:
        self._data = data
        self._bounds = Bounds(config.search.widest_window_s, config.search.most_results)
        self._last_km = last_kilometre_rules(config)
        self._rentals = followed_rentals(config)
        self._current, self._streets = Current(data), CurrentStreets(data)
        self._valhalla = ValhallaServer(config.streets.valhalla) if config.streets.valhalla else None
        self._lock = Lock()
        self._seen: tuple[Network, Streets | None, Territory] | None = None

    def territory(self) -> Territory:
        """Raises NetworkUnavailable where no network was published yet."""
        network, streets, seen = self._current.network(), self._streets.streets(), self._seen
        return seen[2] if seen and seen[0] is network and seen[1] is streets else self._follow(network, streets)

    def _follow(self, network: Network, streets: Streets | None) -> Territory:
        with self._lock:
            seen = self._seen
            if seen is None or seen[0] is not network or seen[1] is not streets:
                seen = self._seen = network, streets, self._opened(network, streets)
            return seen[2]

    def _opened(self, network: Network, streets: Streets | None) -> Territory:
        folder = network_folder(self._data, network.version)
        places = opened_places(folder, network)
        router: StreetRouter = OnStreets(streets, network) if streets else StraightLine(network)
        if self._valhalla is not None:
            router = OnValhalla(self._valhalla, network, behind=router)
        return Territory(network, router, days_of(folder, network), places, self._bounds, self._last_km, self._rentals)
