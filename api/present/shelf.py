"""What is kept between requests: the pieces of the newest network, never anything of a traveller."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from api.parse.plan import Wishes
from api.present.legs import AnswerContext
from api.present.now import LiveTelling
from api.present.pieces import LivePieces, Pieces
from api.web.dialect import Dialect
from mobility.network.live import LiveNetwork
from mobility.network.network import Network


class Shelf:
    """By dialect of the API, and by the network as it is told in a language. With a new version of the network all goes
    that was of the one before."""

    def __init__(self) -> None:
        self._kept: tuple[str, dict[tuple[Network, Dialect], Pieces]] = "", {}
        self._now: tuple[str, dict[tuple[LiveNetwork, Dialect], LivePieces]] = "", {}

    def pieces(self, network: Network, dialect: Dialect) -> Pieces:
        if isinstance(network, LiveNetwork):
            return self._live(network, dialect)
        version, kept = self._kept
        if version != network.version:
            version, kept = self._kept = network.version, {}
        key = network, dialect
        if key not in kept:
            kept[key] = Pieces(network, dialect)
        return kept[key]

    def _live(self, network: LiveNetwork, dialect: Dialect) -> Pieces:
        """Those of the newest live version alone."""
        version, kept = self._now
        if version != network.live_version:
            version, kept = self._now = network.live_version, {}
        key = network, dialect
        if key not in kept:
            kept[key] = LivePieces(self.pieces(network.planned, dialect), network)
        return kept[key]

    def context(self, network: Network, wishes: Wishes, now_s: int, live: LiveTelling | None = None) -> AnswerContext:
        """now_s: epoch seconds of the clock."""
        return AnswerContext(self.pieces(network, wishes.dialect), wishes, ZoneInfo(network.zones[0]), now_s, live=live)
