"""How operators sell, as the config has it: on which card, by which door, and what no timetable can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mobility.fares.notes import FareNote

TICKETS = frozenset({"tickets", "season_tickets", "korrigo_card", "korrigo_reload", "ferry_tickets", "train_tickets"})
"""What a counter sells, by the names of the places' file."""
CardUse = Literal["yes", "no", "unknown", "load"]
FIELDS = ("product", "line", "from", "to")
"""What an address may tell the shop; nothing of the person is among them."""


@dataclass(frozen=True, slots=True)
class SalesDoor:
    """How an operator sells. agency: its id; modes: of its lines, empty for all. card: "" where the feed's media say.
    door: `inform` (price, where, link) or `hand_over` (the shop with the product named). shop: address, with fields of
    FIELDS in braces. sells: what a counter must sell."""

    agency: str
    modes: frozenset[str] = frozenset()
    card: CardUse | Literal[""] = ""
    door: Literal["inform", "hand_over"] = "inform"
    shop: str = ""
    sells: frozenset[str] = TICKETS


USUAL = SalesDoor("")


@dataclass(frozen=True, slots=True)
class Selling:
    """What the config says of tickets."""

    doors: tuple[SalesDoor, ...] = ()
    notes: tuple[FareNote, ...] = ()


NO_WORD = Selling()
"""Where the config says nothing."""
