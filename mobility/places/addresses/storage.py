"""Addresses as a folder that workers map, followed like a network (mobility/network/pointed.py)."""

from __future__ import annotations

from pathlib import Path

import orjson

from mobility.network.pointed import Followed, PointedFolder
from mobility.network.storage import columns, opened, save_arrays
from mobility.places.addresses.address_index import AddressIndex

ADDRESSES = PointedFolder("addresses", 1)
DOCUMENT = "addresses.json"


def save_addresses(data: Path, version: str, index: AddressIndex) -> None:
    """Keeps the addresses and puts them in service."""
    about = {"source": index.source, "licence": index.licence, "date": index.date}
    save_arrays(ADDRESSES.folder(data, version), dict(columns(index)), {DOCUMENT: orjson.dumps(about)})
    ADDRESSES.put_in_service(data, version)


def open_addresses(folder: Path) -> AddressIndex:
    """Raises FileNotFoundError where there are none."""
    index: AddressIndex = opened(AddressIndex, "", folder, orjson.loads((folder / DOCUMENT).read_bytes()))
    return index


def followed_addresses(data: Path) -> Followed[AddressIndex]:
    return Followed(data, ADDRESSES, open_addresses)
