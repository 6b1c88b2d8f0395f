"""Which feeds belong into the network of DIR: those of the config, and those that the operator loaded beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from api.config import Config
from api.in_service import feeds_in_service, staying
from api.setting import incoming, read_limits, setting, zone_of_feed
from gtfs.source import fetch
from mobility.errors import NetworkUnavailable
from mobility.feeds.load import Incoming, Loaded, Setting, load_feeds, silent
from mobility.streets.storage import CurrentStreets

Said = Callable[[str], None]


def load_at_hand(data: Path, config: Config, today: date, said: Said = silent) -> Loaded:
    """The feeds of the config that need not be fetched. Raises NetworkUnavailable where there is none.

    Feeds with an address are fetched only when the operator asks.
    """
    with TemporaryDirectory(prefix="hent-") as folder:
        feeds = [incoming(feed, Path(folder), today) for feed in config.feeds if not feed.url]
        if not feeds:
            raise NetworkUnavailable
        stays = staying(config, feeds_in_service(data))
        return load_feeds(data, feeds, _on_streets(setting(config, said=said), data), today, stays)


def load_one(data: Path, config: Config, feed: Incoming, today: date, alone: bool, said: Said = silent) -> Loaded:
    """The feed in place of its version in service, beside those that stay (alone: none). See `staying`.

    Raises UnreadableFeed or RejectedFeed; then nothing has changed.
    """
    stays = [] if alone else staying(config, feeds_in_service(data))
    with TemporaryDirectory(prefix="hent-") as folder:
        feed = _at_hand(feed, Path(folder), config, said)
        own = any(config.feed(name) for name in [feed.source.id, *stays])
        zone = "" if own else zone_of_feed(Path(feed.file), read_limits(config))
        return load_feeds(data, [feed], _on_streets(setting(config, zone, said), data), today, stays)


def _on_streets(setting: Setting, data: Path) -> Setting:
    return replace(setting, streets=CurrentStreets(data).streets())


def _at_hand(feed: Incoming, folder: Path, config: Config, said: Said) -> Incoming:
    """The feed as a file, fetched where it is an address."""
    if not feed.file.startswith(("http://", "https://")):
        return feed
    said(f"fetching {feed.source.id}")
    fetched = fetch(feed.file, folder, read_limits(config)).path
    return Incoming(feed.source, str(fetched))
