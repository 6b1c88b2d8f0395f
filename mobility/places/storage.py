"""The place index beside its network on disk: made once, mapped by every worker."""

from __future__ import annotations

from pathlib import Path

from mobility.network.network import Network
from mobility.network.storage import columns, opened, save_arrays
from mobility.places.build import build
from mobility.places.index import PlaceIndex

FOLDER = "places-3"
"""The number changes with the shape of the index, so that an older one is made anew."""


def opened_places(network_folder: Path, network: Network) -> PlaceIndex:
    """The index of a saved network; made and saved at the first call."""
    folder = network_folder / FOLDER
    if not folder.is_dir():
        save_arrays(folder, dict(columns(build(network))), settled=True)
    index: PlaceIndex = opened(PlaceIndex, "", folder, {})
    return index
