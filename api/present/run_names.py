"""What people call a run: its line, or a train's number, and where it says it goes."""

from __future__ import annotations

from mobility.network.modes import FAR_TRAINS, MODES
from mobility.network.network import Network

SIGNED_WITH_NUMBERS = FAR_TRAINS | {"REGIONAL_RAIL"}
"""Of these some publishers write the train's number as its headsign. People know those that go far by it, rather than
by a line."""


def name_of_run(network: Network, line: int, short_name: int, headsign: int) -> str:
    """What people look for: the line; of a train its number, with its kind where the feed has that for a line.

    short_name, headsign: rows of Network.texts."""
    lines, said = network.lines, network.texts[short_name]
    name, mode = lines.short_name[line], MODES[lines.mode[line]]
    number = _number(network, line, headsign) or (said if mode in FAR_TRAINS else "")
    if not number:
        return name or said or lines.long_name[line]
    is_kind = bool(name) and not any(letter.isdigit() for letter in name)
    return f"{name} {number}" if is_kind and name not in number else number


def direction(network: Network, line: int, headsign: int) -> str:
    """The headsign (row of Network.texts), "" where there is none, or a train's number stands in its place."""
    return "" if _is_number(network, line, headsign) else network.texts[headsign]


def _number(network: Network, line: int, headsign: int) -> str:
    """Of a train whose publisher writes it as its headsign; "" of all else."""
    return network.texts[headsign] if _is_number(network, line, headsign) else ""


def _is_number(network: Network, line: int, headsign: int) -> bool:
    return network.texts[headsign].isdecimal() and MODES[network.lines.mode[line]] in SIGNED_WITH_NUMBERS
