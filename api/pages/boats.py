"""Boats are few and the last one matters: those after the one that an answer takes, between the same two stops. A boat
of another quay is told by who looks for walks: what is left to who misses one, the last way back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from api.pages.frame import Frame
from api.pages.leg_line import LegLine, StopLine
from api.present.prose import clock, clock_about
from mobility.clock import evening
from mobility.network.modes import BOAT
from mobility.routing.departures import BoardQuery, Call, board, equivalents
from mobility.routing.headways import headway_s

OF_A_DAY = 80
SHOWN = 3


def later(of: Frame, leg: LegLine) -> str:
    """`Bateaux suivants, Locmalo → Gâvres : 9:00, 9:30 ; dernier : 19:30.` "" of a leg that is no boat."""
    if leg.mode != BOAT:
        return ""
    clocks, ends = clocks_after(of, leg), _ends(leg)
    if not clocks:
        return of.said["boats"]["last"].format(clock=leg.start.when, **ends)
    if len(clocks) <= SHOWN:
        return of.said["boats"]["all"].format(clocks=", ".join(clocks), **ends)
    return of.said["boats"]["next"].format(clocks=", ".join(clocks[:SHOWN]), last=clocks[-1], **ends)


def before(of: Frame, leg: LegLine, last_s: int) -> str:
    """The first of those between the boat of the leg and the last one, which is told elsewhere."""
    clocks = [_clock(of, call) for call in _that_day(of, leg) if call.at_s < last_s]
    return of.said["boats"]["all"].format(clocks=", ".join(clocks[:SHOWN]), **_ends(leg)) if clocks else ""


def clocks_after(of: Frame, leg: LegLine) -> list[str]:
    """Of each boat after that of the leg, until the night after its day ends."""
    return [_clock(of, call) for call in _that_day(of, leg)]


def _clock(of: Frame, call: Call) -> str:
    """About then, where the boat runs at a headway."""
    return clock_about(clock(call.at_s, of.asking.territory.zone), headway_s(call.ride) > 0, of.said)


def _ends(leg: LegLine) -> dict[str, str]:
    return {"start": leg.start.name, "end": leg.end.name}


def _that_day(of: Frame, leg: LegLine) -> Iterator[Call]:
    zone = of.asking.territory.zone
    day = evening(leg.start_s, zone)
    return (call for call in _going(of, leg) if evening(call.at_s, zone) == day)


def _going(of: Frame, leg: LegLine) -> Iterator[Call]:
    """Later boats between the stops of the leg, be it at other quays of theirs."""
    network = of.asking.territory.network
    start, end = _row(of, leg.start), _row(of, leg.end)
    if start is None or end is None:
        return iter(())
    stops, to = equivalents(network, start), equivalents(network, end)
    query = BoardQuery(stops, leg.start_s + 1, count=OF_A_DAY, modes=frozenset({BOAT}), to=to)
    return iter(board(network, query).calls)


def _row(of: Frame, stop: StopLine) -> int | None:
    return of.asking.territory.network.stops.id.find(unquote(stop.href.rpartition("/")[2]))
