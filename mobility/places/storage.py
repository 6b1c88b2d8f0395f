"""The place index beside its network on disk: made once, mapped by every worker."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from mobility.network.network import Network
from mobility.network.storage import columns, opened
from mobility.places.build import build
from mobility.places.index import PlaceIndex

FOLDER = "places-1"
"""The number changes with the shape of the index, so that an older one is made anew."""


def opened_places(network_folder: Path, network: Network) -> PlaceIndex:
    """The index of a saved network; made and saved at the first call."""
    folder = network_folder / FOLDER
    if not folder.is_dir():
        save(build(network), folder)
    index: PlaceIndex = opened(PlaceIndex, "", folder, {})
    return index


def save(index: PlaceIndex, folder: Path) -> None:
    """The folder appears whole or not at all, also where two processes make it at once."""
    made_in = Path(mkdtemp(prefix=".places-", dir=folder.parent))
    beside = made_in / folder.name
    beside.mkdir()
    for name, column in columns(index):
        np.save(beside / f"{name}.npy", column)
    try:
        beside.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(made_in)
