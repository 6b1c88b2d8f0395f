"""What is kept between requests: the pieces of the newest network, never anything of a traveller."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from api.dialect import Dialect
from api.parse.plan import Wishes
from api.present.legs import Telling
from api.present.pieces import Pieces
from mobility.network.network import Network


class Shelf:
    """By dialect of the API; a new network takes the place of the one before."""

    def __init__(self) -> None:
        self._kept: dict[Dialect, Pieces] = {}

    def pieces(self, network: Network, dialect: Dialect) -> Pieces:
        found = self._kept.get(dialect)
        if found is None or found.network is not network:
            found = self._kept[dialect] = Pieces(network, dialect)
        return found

    def telling(self, network: Network, wishes: Wishes) -> Telling:
        return Telling(self.pieces(network, wishes.dialect), wishes, ZoneInfo(network.zones[0]))
