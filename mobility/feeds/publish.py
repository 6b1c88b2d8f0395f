"""Putting a network into service: save it beside the others, then move the pointer. No reader ever waits."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from mobility.network.current import NETWORKS, POINTER, network_folder, published_versions
from mobility.network.network import Network
from mobility.network.storage import save

KEPT = 5
"""Networks that stay on disk: the one in service and those to roll back to."""


def publish(data: Path, network: Network) -> Path:
    """Save the network under its version and put it into service; its folder."""
    folder = saved(data, network)
    put_into_service(data, network.version)
    return folder


def saved(data: Path, network: Network) -> Path:
    """The network's folder, which appears whole or not at all."""
    folder = network_folder(data, network.version)
    if folder.exists():
        return folder
    (data / NETWORKS).mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=".new-", dir=data / NETWORKS)) / network.version
    save(network, beside)
    try:
        beside.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    shutil.rmtree(beside.parent)
    return folder


def put_into_service(data: Path, version: str) -> None:
    versions = [version, *(other for other in published_versions(data) if other != version)]
    beside = data / f".{POINTER}-{os.getpid()}"
    beside.write_text("\n".join(versions[:KEPT]) + "\n", "ascii")
    beside.replace(data / POINTER)
    for old in versions[KEPT:]:
        shutil.rmtree(network_folder(data, old), ignore_errors=True)
