"""What a counter or another place offers, in words."""

from __future__ import annotations

from collections.abc import Sequence

from api.web.sentences import Sentences
from mobility.ranking.ride_tickets import RELOAD

LOADED = ("tickets", "season_tickets", "train_tickets", "ferry_tickets")
"""What a card is loaded with, where it is sold there."""


def offered(offers: Sequence[str], said: Sentences) -> list[str]:
    """As published where there is no word. A card is loaded with what is sold there, and with nothing else: `recharge
    KorriGo (billets de train)`."""
    words = {one: said["town_centre"].get(f"sells_{one}", one.replace("_", " ")) for one in offers}
    loaded = ", ".join(words[one] for one in offers if one in LOADED)
    return [f"{word} ({loaded})" if loaded and one in RELOAD else word for one, word in words.items()]
