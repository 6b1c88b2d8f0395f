"""Where the files of a network stand once they are made, and what of them our own answers tell again.

DIR/networks/VERSION/open-4/   all of them, or the folder is not there yet
"""

from __future__ import annotations

from pathlib import Path

import orjson

from api.present.json_value import Json
from mobility.errors import NetworkUnavailable
from mobility.network.current import Current, network_folder
from mobility.network.network import FeedVersion

OPEN = "open-4"
"""Another name with every change of what is in it: a folder that was made before an upgrade is not taken for whole."""
DESCRIPTION = "description.json"
PLACE_WAYS = "place_ways.csv"
"""On foot between stops and places."""


def open_folder(data: Path, version: str) -> Path:
    return network_folder(data, version) / OPEN


def description_of(data: Path, feed: FeedVersion) -> Json | None:
    """How much service a version in service gives; None where it is not, or the files are not made yet."""
    try:
        network = Current(data).network()
    except NetworkUnavailable:
        return None
    file = open_folder(data, network.version) / f"{feed.id}.{DESCRIPTION}"
    serving = {(one.id, one.sha256) for one in network.feeds}
    if (feed.id, feed.sha256) not in serving:
        return None
    try:
        told: Json | None = orjson.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    return told
