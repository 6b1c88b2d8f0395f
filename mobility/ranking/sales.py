"""How operators sell, as the config has it: on which card, by which door, and what no timetable can say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from mobility.fares.notes import FareNote, NotedRide, is_named
from mobility.network.network import Network

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


class OfAgency(NamedTuple):
    """What names one operator. notes: rows of all of them."""

    doors: tuple[SalesDoor, ...]
    notes: tuple[int, ...]


class LineSale(NamedTuple):
    """How rides of a line are sold. name: of the line; agency: the operator's row; sellers: rows of the counters that
    sell by the door; noted: what notes may name of it."""

    name: str
    agency: int
    door: SalesDoor
    sellers: tuple[int, ...]
    noted: NotedRide


class NetworkSales(NamedTuple):
    """What goes by the network alone, so far as it was asked; it does not hold on to the network. of_lines: by line
    (row), and whether the card is refused; sellers: by door, the rows of the counters that sell by it; noted: by
    operators (rows)."""

    of_lines: dict[tuple[int, bool], LineSale]
    sellers: dict[SalesDoor, tuple[int, ...]]
    noted: dict[tuple[int, ...], tuple[FareNote, ...]]


@dataclass(frozen=True, slots=True)
class Selling:
    """What the config says of tickets. of_agencies: what of it names an operator, by its id; of_networks: what of it
    goes for each network that is in service. Both so far as they were asked."""

    doors: tuple[SalesDoor, ...] = ()
    notes: tuple[FareNote, ...] = ()
    of_agencies: dict[str, OfAgency] = field(default_factory=dict, init=False, compare=False, repr=False)
    of_networks: WeakKeyDictionary[Network, NetworkSales] = field(
        default_factory=WeakKeyDictionary, init=False, compare=False, repr=False
    )

    def in_network(self, network: Network) -> NetworkSales:
        found = self.of_networks.get(network)
        if found is None:
            found = self.of_networks[network] = NetworkSales({}, {}, {})
        return found

    def door(self, agency: str, mode: str) -> SalesDoor:
        """The first that names the operator, and the mode where it names any."""
        return next((one for one in self._of(agency).doors if not one.modes or mode in one.modes), USUAL)

    def notes_of(self, agencies: Iterable[str]) -> tuple[FareNote, ...]:
        """Of any of these operators, on whatever day and line, in the order of the config."""
        rows = {row for agency in agencies for row in self._of(agency).notes}
        return tuple([self.notes[row] for row in sorted(rows)])

    def _of(self, agency: str) -> OfAgency:
        found = self.of_agencies.get(agency)
        if found is None:
            doors = tuple(one for one in self.doors if is_named(one.agency, [agency]))
            notes = tuple(row for row, one in enumerate(self.notes) if is_named(one.agency, [agency]))
            found = self.of_agencies[agency] = OfAgency(doors, notes)
        return found


NO_WORD = Selling()
"""Where the config says nothing."""
