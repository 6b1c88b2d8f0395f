"""What pages make once for a network and keep as long as the network is there, not a moment longer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from mobility.network.network import Network

Made = TypeVar("Made")


def once_for_a_network(make: Callable[[Network], Made]) -> Callable[[Network], Made]:
    """What is made may not hold the network, which would stay for good. Two threads that meet one at once make the same
    of it."""
    kept: WeakKeyDictionary[Network, Made] = WeakKeyDictionary()

    @wraps(make)
    def made(network: Network) -> Made:
        found = kept.get(network)
        if found is None:
            found = kept[network] = make(network)
        return found

    return made
