"""Putting a network into service: save it beside the others, then move the pointer. No reader ever waits."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path

from mobility.feeds.inputs import KEPT
from mobility.network.current import NETWORKS, POINTER, network_folder, published_versions
from mobility.network.files import write_whole
from mobility.network.network import Network
from mobility.network.storage import save
from mobility.places.storage import opened_places
from mobility.search.days import Days


def publish(data: Path, network: Network, today: date | None = None) -> Path:
    """Save the network under its version and put it into service; its folder."""
    folder = save_beside(data, network, today)
    put_into_service(data, network.version)
    return folder


def save_beside(data: Path, network: Network, today: date | None = None) -> Path:
    """Save the network, in service or not, with what the first questions need: the place index and, where given, the
    searchable day of today. Raises OSError."""
    folder = network_folder(data, network.version)
    save(network, folder)
    opened_places(folder, network)
    if today is not None:
        days_of(folder, network).prepare(today)
    return folder


def days_of(folder: Path, network: Network) -> Days:
    """The searchable days of a published network, kept beside it."""
    return Days(network, folder / "days")


def put_into_service(data: Path, version: str, kept: int = KEPT) -> None:
    """One pointer moves; the networks before stay, `kept` in all. Raises OSError; then nothing has moved."""
    versions = [version, *(other for other in published_versions(data) if other != version)]
    write_whole(data / POINTER, ("\n".join(versions[:kept]) + "\n").encode("ascii"))
    for old in versions[kept:]:
        shutil.rmtree(network_folder(data, old), ignore_errors=True)


def forget_networks(data: Path, waiting: Collection[str]) -> None:
    """Removes what loads that failed or were killed have left: all but the published networks and those that wait."""
    known = {*published_versions(data), *waiting}
    for folder in (data / NETWORKS).glob("*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)
