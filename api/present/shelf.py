"""What is kept between requests: the pieces of the newest network, never anything of a traveller."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from api.parse.plan import Wishes
from api.present.legs import AnswerContext
from api.present.pieces import Pieces
from api.web.dialect import Dialect
from mobility.network.network import Network


class Shelf:
    """By dialect of the API, and by language where stops have names in several. With a new network all goes
    that was of the one before."""

    def __init__(self) -> None:
        self._kept: tuple[Network | None, dict[tuple[Dialect, str], Pieces]] = None, {}

    def pieces(self, network: Network, dialect: Dialect, language: str = "") -> Pieces:
        of, kept = self._kept
        if of is not network:
            of, kept = self._kept = network, {}
        key = dialect, language if network.stop_names else ""
        if key not in kept:
            kept[key] = Pieces(network, *key)
        return kept[key]

    def telling(self, network: Network, wishes: Wishes) -> AnswerContext:
        return AnswerContext(self.pieces(network, wishes.dialect, wishes.language), wishes, ZoneInfo(network.zones[0]))
