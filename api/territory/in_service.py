"""The territory in service: the network in DIR opened for questions, and opened anew when another is published.

In a worker a thread follows the pointer: it opens the next network, asks it what travellers asked the one before, and
only then gives it to requests. So no request waits for a network to be opened, and none sees two.
"""

from __future__ import annotations

import gc
import logging
import time
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NamedTuple

from api.config import Config
from api.config.surroundings import followed_rentals, last_kilometre_rules
from api.territory.live import LiveTerritories
from api.territory.surroundings import around
from mobility.clock import now_s
from mobility.errors import NetworkUnavailable
from mobility.feeds.publish import days_of
from mobility.network.current import Current, network_folder
from mobility.network.network import FeedVersion, Network
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.storage import followed_addresses
from mobility.places.aliases import Aliases
from mobility.places.landmarks.landmark_index import LandmarkIndex
from mobility.places.landmarks.storage import followed_landmarks
from mobility.places.storage import opened_places
from mobility.places.typed_aliases import FollowedAliases
from mobility.planning.first_question import ask_first
from mobility.routing.territory import SearchBounds, Territory
from mobility.search.days import Days
from mobility.streets.graph import Streets
from mobility.streets.on_valhalla import OnValhalla
from mobility.streets.router import router_of
from mobility.streets.storage import CurrentStreets
from mobility.streets.valhalla import ValhallaServer

LOG = logging.getLogger("hent.following")
LOOK_EVERY_S, REST_S = 0.5, 30.0
DATES = 8
"""So many searchable days that were asked for of late are laid out before a new network answers."""
DEMO_URL = "demo:"
"""How the address of the embedded feed begins, by which it is known later."""
DEMO_AGE = timedelta(weeks=12)
"""The embedded feed spans 55 weeks from two weeks before it was built; past this age it is built anew."""


def is_expiring(feed: FeedVersion, today: date) -> bool:
    """Whether it is the embedded feed, and old, or built while a clock was ahead: it always begins before its day."""
    if not feed.url.startswith(DEMO_URL):
        return False
    return feed.first_day is None or not timedelta() <= today - feed.first_day <= DEMO_AGE


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


class BesideNetwork(NamedTuple):
    """What is built apart from the network and followed like it."""

    streets: Streets | None
    addresses: AddressIndex | None
    landmarks: LandmarkIndex | None
    aliases: Aliases

    @property
    def names(self) -> dict[str, Any]:
        """As members of a Territory."""
        return {"addresses": self.addresses, "landmarks": self.landmarks, "aliases": self.aliases}


@dataclass(frozen=True, slots=True, eq=False)
class OpenedTerritory:
    """A territory and what it was opened from."""

    network: Network
    beside: BesideNetwork
    territory: Territory
    days: Days

    def is_of(self, network: Network, beside: BesideNetwork) -> bool:
        return self.network is network and self.beside == beside


class Following:
    """Safe between threads. A request that holds the territory of before goes on with it. answer_s: by the clock, for
    a service whose kernels are warm."""

    def __init__(self, data: Path, config: Config, answer_s: float = inf) -> None:
        self.data = self._data = data
        self._bounds = SearchBounds(config.search.widest_window_s, config.search.most_results, answer_s)
        self._last_km = last_kilometre_rules(config)
        self._rentals = followed_rentals(config)
        self._current, self._streets = Current(data), CurrentStreets(data)
        self._addresses, self._landmarks = followed_addresses(data), followed_landmarks(data)
        self._named = {feed.id for feed in config.feeds}
        self._aliases = FollowedAliases(data, Path(config.places.aliases) if config.places.aliases else None)
        self._around = around(config.territory)
        self._valhalla = ValhallaServer(config.streets.valhalla) if config.streets.valhalla else None
        self._live = LiveTerritories(data)
        self._lock = Lock()
        self._seen: OpenedTerritory | None = None
        self._ahead = False

    def territory(self) -> Territory:
        """Raises NetworkUnavailable where no network was published yet."""
        seen = self._seen
        if seen is None or not self._ahead:
            network, beside = self._current.network(), self._beside()
            seen = seen if seen and seen.is_of(network, beside) else self._follow(network, beside)
        return self._live.of(seen.territory, seen.days)

    def follow(self) -> None:
        """From now on a thread of this process follows; requests look no more for themselves."""
        Thread(target=self._go_on, name="following", daemon=True).start()

    def _go_on(self) -> None:
        self._ahead, rest_s = True, LOOK_EVERY_S
        while True:
            time.sleep(rest_s)
            rest_s = LOOK_EVERY_S
            try:
                self._look()
            except NetworkUnavailable:
                continue
            except Exception as error:
                LOG.error("the network in service cannot be followed", extra={"fault": type(error).__name__})
                rest_s = REST_S

    def _look(self) -> None:
        network, beside, seen = self._current.network(), self._beside(), self._seen
        if seen and seen.is_of(network, beside):
            return
        opened = self._opened(network, beside)
        ask_first(opened.territory, int(now_s()))
        for day, needs in seen.days.dates()[-DATES:] if seen else ():
            opened.days.on(day, needs)
        self._seen = opened
        del seen
        gc.collect()

    def _beside(self) -> BesideNetwork:
        addresses, landmarks = self._addresses.content(), self._landmarks.content()
        return BesideNetwork(self._streets.streets(), addresses, landmarks, self._aliases.content())

    def _follow(self, network: Network, beside: BesideNetwork) -> OpenedTerritory:
        with self._lock:
            if self._seen is None or not self._seen.is_of(network, beside):
                self._seen = self._opened(network, beside)
            return self._seen

    def _opened(self, network: Network, beside: BesideNetwork) -> OpenedTerritory:
        folder = network_folder(self._data, network.version)
        places, days = opened_places(folder, network), days_of(folder, network)
        router = router_of(beside.streets, network)
        if self._valhalla is not None:
            router = OnValhalla(self._valhalla, network, behind=router)
        territory = Territory(network, router, days, places, self._bounds, self._last_km, self._rentals)
        if not self._is_foreign(network):
            territory = replace(territory, around=self._around, **beside.names)
        return OpenedTerritory(network, beside, territory, days)

    def _is_foreign(self, network: Network) -> bool:
        """Whether the config names none of its feeds: a city to try, where our doors and words are out of place."""
        return bool(self._named) and self._named.isdisjoint(feed.id for feed in network.feeds)
