"""What a leg and a row of a departure board say of a run alike."""

from __future__ import annotations

from api.present.pieces import KNOWN, Json, Pieces
from api.present.rows import ToldRide
from mobility.network.modes import MODES
from mobility.network.network import Network

ACCESSIBLE = ("NOT_ACCESSIBLE", "ACCESSIBLE", "NOT_ACCESSIBLE")
"""The API has two values only; what is not known counts as no, and `hent` says what is known."""


TRAINS = frozenset({"HIGHSPEED_RAIL", "LONG_DISTANCE", "NIGHT_RAIL", "REGIONAL_RAIL"})
NUMBERED = TRAINS - {"REGIONAL_RAIL"}
"""People know these trains by their number rather than by a line."""


def called(network: Network, row: ToldRide) -> str:
    """What people look for: the line; of a train its number, with its kind where the feed has that for a line."""
    lines, short_name = network.lines, network.texts[row.short_name]
    line, mode = lines.short_name[row.line], MODES[lines.mode[row.line]]
    number = _number(network, row) or (short_name if mode in NUMBERED else "")
    if not number:
        return line or short_name or lines.long_name[row.line]
    is_kind = bool(line) and not any(letter.isdigit() for letter in line)
    return f"{line} {number}" if is_kind and line not in number else number


def towards(network: Network, row: ToldRide) -> str:
    """The headsign, "" where there is none, or a train's number stands in its place."""
    return direction(network, row.line, row.headsign)


def direction(network: Network, line: int, headsign: int) -> str:
    """headsign: row of Network.texts."""
    return "" if _is_number(network, line, headsign) else network.texts[headsign]


def _number(network: Network, row: ToldRide) -> str:
    """Of a train whose publisher writes it as its headsign; "" of all else."""
    return network.texts[row.headsign] if _is_number(network, row.line, row.headsign) else ""


def _is_number(network: Network, line: int, headsign: int) -> bool:
    return network.texts[headsign].isdecimal() and MODES[network.lines.mode[line]] in TRAINS


def members(pieces: Pieces, row: ToldRide) -> Json:
    shared, short_name = pieces.pattern(row.pattern), pieces.text(row.short_name)
    display = called(pieces.network, row)
    told = {
        **shared,
        "tripId": row.trip_id,
        "tripShortName": short_name,
        "displayName": display,
        "headsign": towards(pieces.network, row) or shared["headsign"],
        "directionId": "1" if row.direction == 1 else "0",
        "bikesAllowed": row.bikes == 1,
        "wheelchairAccessible": ACCESSIBLE[row.wheelchair],
    }
    if pieces.dialect.short_name_is_display_name:
        told["routeShortName"] = display
    return told


def known(row: ToldRide, is_exact: bool) -> Json:
    """What the API's own members cannot say: what is unknown, and times that are only approximate."""
    told: Json = {"wheelchair": KNOWN[row.wheelchair], "bikes": KNOWN[row.bikes]}
    told["approximate"] = not is_exact or row.headway_s > 0
    if row.headway_s:
        told["headway"] = row.headway_s
    return told
