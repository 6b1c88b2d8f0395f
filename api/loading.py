"""Which feeds belong into the network of DIR: those of the config, and those that the operator loaded beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from api.config import Config
from api.setting import DEMO_URL, incoming, read_limits, setting, zone_of_feed
from gtfs.source import fetch
from mobility.errors import NetworkUnavailable
from mobility.feeds.load import Incoming, Loaded, load_feeds, silent
from mobility.network.current import Current
from mobility.network.network import FeedVersion

DEMO_AGE = timedelta(weeks=12)
"""The embedded feed spans 55 weeks from two weeks before it was built; past this age it is built anew."""

Said = Callable[[str], None]


def in_service(data: Path) -> tuple[FeedVersion, ...]:
    try:
        return Current(data).network().feeds
    except NetworkUnavailable:
        return ()


def ensure_network(data: Path, config: Config, today: date, said: Said = silent) -> None:
    """Where DIR has no network, build that of the feeds at hand; build the embedded feed anew before it expires.

    Feeds with an address are fetched only when the operator asks. Raises NetworkUnavailable where nothing is at hand.
    """
    serving = in_service(data)
    if not serving:
        load_local(data, config, today, said)
    elif any(feed.url.startswith(DEMO_URL) and today - feed.first_day > DEMO_AGE for feed in serving):
        _load(data, config, [feed.id for feed in config.feeds if feed.demo], today, said)


def load_local(data: Path, config: Config, today: date, said: Said = silent) -> Loaded | None:
    at_hand = [feed.id for feed in config.feeds if not feed.url]
    if not at_hand:
        raise NetworkUnavailable
    return _load(data, config, at_hand, today, said)


def load_one(data: Path, config: Config, feed: Incoming, today: date, alone: bool, said: Said = silent) -> Loaded:
    """The feed in place of its version in service, beside those that stay (alone: none). See `staying`."""
    stays = [] if alone else staying(config, in_service(data))
    with TemporaryDirectory(prefix="hent-") as folder:
        feed = _at_hand(feed, Path(folder), config, said)
        own = any(config.feed(name) for name in [feed.source.id, *stays])
        zone = "" if own else zone_of_feed(Path(feed.file), read_limits(config))
        return load_feeds(data, [feed], setting(config, zone, said), today, stays)


def staying(config: Config, serving: tuple[FeedVersion, ...]) -> list[str]:
    """All feeds in service but an embedded one that the config names no more."""
    named = {feed.id for feed in config.feeds if feed.demo}
    return [feed.id for feed in serving if feed.id in named or not feed.url.startswith(DEMO_URL)]


def _load(data: Path, config: Config, names: list[str], today: date, said: Said) -> Loaded | None:
    if not names:
        return None
    with TemporaryDirectory(prefix="hent-") as folder:
        feeds = [incoming(feed, Path(folder), today) for feed in config.feeds if feed.id in names]
        return load_feeds(data, feeds, setting(config, said=said), today, staying(config, in_service(data)))


def _at_hand(feed: Incoming, folder: Path, config: Config, said: Said) -> Incoming:
    """The feed as a file, fetched where it is an address."""
    if not feed.file.startswith(("http://", "https://")):
        return feed
    said(f"fetching {feed.source.id}")
    fetched = fetch(feed.file, folder, read_limits(config)).path
    return Incoming(feed.source, str(fetched))
