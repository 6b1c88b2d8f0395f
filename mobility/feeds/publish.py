"""Putting a network into service: save it beside the others, then move the pointer. No reader ever waits."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from mobility.network.current import POINTER, network_folder, published_versions
from mobility.network.network import Network
from mobility.network.storage import save
from mobility.places.storage import opened_places
from mobility.routing.days import Days

KEPT = 5
"""Networks that stay on disk: the one in service and those to roll back to."""


def publish(data: Path, network: Network, today: date | None = None) -> Path:
    """Save the network under its version and put it into service; its folder.

    What the first questions need is made before: the place index and, where given, the searchable day of today.
    """
    folder = network_folder(data, network.version)
    save(network, folder)
    opened_places(folder, network)
    if today is not None:
        days_of(folder, network).prepare(today)
    put_into_service(data, network.version)
    return folder


def days_of(folder: Path, network: Network) -> Days:
    """The searchable days of a published network, kept beside it."""
    return Days(network, folder / "days")


def put_into_service(data: Path, version: str) -> None:
    versions = [version, *(other for other in published_versions(data) if other != version)]
    with NamedTemporaryFile("w", encoding="ascii", prefix=f".{POINTER}-", dir=data, delete=False) as beside:
        beside.write("\n".join(versions[:KEPT]) + "\n")
    Path(beside.name).chmod(0o644)
    Path(beside.name).replace(data / POINTER)
    for old in versions[KEPT:]:
        shutil.rmtree(network_folder(data, old), ignore_errors=True)
