"""What an operator names to be loaded: a file, an address or a feed of the config, with what the config knows of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from api.config import Config
from api.config.feeds import FEED_ID, FeedSection
from api.feeds.inputs import incoming
from api.parse.value_faults import RequestFault
from gtfs.snapshot import FeedSource
from mobility.errors import InvalidQuery, NotFound
from mobility.feeds.arrival import ADDRESS
from mobility.feeds.inputs import Incoming

UNKNOWN_LICENCE = "unknown"


def incoming_feed(config: Config, file: str, source: FeedSource, folder: Path, today: date) -> Incoming:
    """source: as the operator states it, "" for what is left to the config. folder: where the embedded feed is built.

    Raises NotFound, InvalidQuery for an id that cannot be one.
    """
    named = config.feed(file) if not Path(file).exists() else None
    if named is not None:
        return incoming(named, folder, today)
    if not file.startswith(ADDRESS) and not Path(file).exists():
        raise NotFound("file, address or feed of the config", "FILE_OR_URL")
    known = _known(config, file, source.id)
    name = source.id or (known.id if known else clean_id(file))
    if not re.fullmatch(FEED_ID, name):
        raise InvalidQuery("--feed", RequestFault.NO_FEED_ID)
    licence = source.licence or (known.licence if known else UNKNOWN_LICENCE)
    publisher = source.publisher or (known.publisher if known else "")
    return Incoming(FeedSource(name, licence, publisher, file if file.startswith(ADDRESS) else ""), file)


def licence_of(config: Config, feed_id: str, stated: str) -> str:
    """As the operator states it, else as the config does."""
    known = config.feed(feed_id)
    return stated or (known.licence if known else UNKNOWN_LICENCE)


def _known(config: Config, file: str, feed_id: str) -> FeedSection | None:
    if feed_id:
        return config.feed(feed_id)
    return next((one for one in config.feeds if file in (one.url, one.path)), None)


def clean_id(file: str) -> str:
    """`.../Helsinki (2022).zip` -> `helsinki-2022`."""
    stem = Path(file.split("?")[0].rstrip("/")).name.lower().removesuffix(".zip")
    return re.sub("[^a-z0-9]+", "-", stem).strip("-") or "feed"
