"""Boats are few and the last one matters: those after the one that an answer takes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from api.pages.frame import Frame
from api.pages.leg_line import LegLine, StopLine
from api.present.prose import clock
from mobility.clock import evening
from mobility.network.modes import BOAT
from mobility.routing.departures import BoardQuery, Call, board

OF_A_DAY = 80
SHOWN = 3


def later(of: Frame, leg: LegLine) -> str:
    """`Bateaux suivants vers Port-Louis : 9:00, 9:30 ; dernier : 19:30.` "" of a leg that is no boat."""
    if leg.mode != BOAT:
        return ""
    said, towards = of.said["boats"], leg.end.name
    clocks = clocks_after(of, leg)
    if not clocks:
        return said["last"].format(clock=leg.start.clock, stop=towards)
    shown = ", ".join(clocks[:SHOWN])
    if len(clocks) <= SHOWN:
        return said["all"].format(clocks=shown, stop=towards)
    return said["next"].format(clocks=shown, last=clocks[-1], stop=towards)


def before(of: Frame, leg: LegLine, last_s: int) -> str:
    """The first of those between the boat of the leg and the last one, which is told elsewhere."""
    clocks = [clock(call.at_s, of.asking.territory.zone) for call in _that_day(of, leg) if call.at_s < last_s]
    return of.said["boats"]["all"].format(clocks=", ".join(clocks[:SHOWN]), stop=leg.end.name) if clocks else ""


def clocks_after(of: Frame, leg: LegLine) -> list[str]:
    """Of each boat after that of the leg, until the night after its day ends."""
    return [clock(call.at_s, of.asking.territory.zone) for call in _that_day(of, leg)]


def _that_day(of: Frame, leg: LegLine) -> Iterator[Call]:
    zone = of.asking.territory.zone
    day = evening(leg.start_s, zone)
    return (call for call in _going(of, leg) if evening(call.at_s, zone) == day)


def _going(of: Frame, leg: LegLine) -> Iterator[Call]:
    """Later boats from where the leg begins that call where it ends."""
    network = of.asking.territory.network
    start, end = _row(of, leg.start), _row(of, leg.end)
    if start is None or end is None:
        return
    query = BoardQuery((start,), leg.start_s + 1, count=OF_A_DAY, modes=frozenset({BOAT}))
    for call in board(network, query).calls:
        after = range(call.position + 1, call.ride.alight + 1)
        if any(call.ride.stop_at(position) == end for position in after):
            yield call


def _row(of: Frame, stop: StopLine) -> int | None:
    return of.asking.territory.network.stops.id.find(unquote(stop.href.rpartition("/")[2]))
