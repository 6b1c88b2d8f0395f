"""What news are about, as people name it: a line, a stop, a departure, all boats, the whole network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import quote

import numpy as np

from api.pages.frame import Frame, href
from api.pages.line_sign import LineSign, line_sign
from api.pages.quay import quay_sign
from api.present.prose import clock
from api.web.days import spoken_day
from mobility.clock import service_day_start
from mobility.network.live import planned_of
from mobility.network.live_alerts import AlertScope, LiveAlert
from mobility.network.modes import MODES, mode_row
from mobility.network.network import Network

MOST_TOLD = 3
NOWHERE = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Concerned:
    """sign: of a line, None where it is about none. text: what else of it, "" the whole line. href: of a stop."""

    sign: LineSign | None
    text: str
    href: str = ""


def concerned(of: Frame, alert: LiveAlert) -> tuple[Concerned, ...]:
    """Each once, in the order that they were told in."""
    return tuple(dict.fromkeys(one for scope in alert.scopes for one in _of_scope(of, scope)))


def lines_concerned(of: Frame, alert: LiveAlert, lines: frozenset[int]) -> str:
    """Of news about whole lines, which of these: who reads them beside several must not take them for all. "" of news
    about more."""
    if not all(scope.line >= 0 for scope in alert.scopes):
        return ""
    own = [one for one in alert.scopes if one.line in lines]
    return told_together(dict.fromkeys(one for scope in own for one in _of_scope(of, scope)))


def parts_concerned(of: Frame, alert: LiveAlert, stops: frozenset[int], named: frozenset[int] = NOWHERE) -> str:
    """Of news about single departures or stops, which: who reads them beside a line or a stop must not take them for
    all of it. stops: of others nothing is said; named: these the reader sees named. "" of news about more."""
    if not all(scope.trips or scope.stops for scope in alert.scopes):
        return ""
    own = [one for one in alert.scopes if not one.stops or not stops.isdisjoint(one.stops)]
    unnamed = [one for one in own if one.trips or named.isdisjoint(one.stops)]
    return told_together(dict.fromkeys(one for scope in unnamed for one in _of_scope(of, scope)))


def about_stop(stops: Sequence[int], row: int, lines: Sequence[int]) -> Callable[[Frame, LiveAlert], str]:
    """Names of news about a departure, a line among others or another quay which it is; what the page is called is
    named."""
    here, own = frozenset(stops), frozenset(lines)

    def about(of: Frame, alert: LiveAlert) -> str:
        found = parts_concerned(of, alert, here, frozenset({row}))
        return found or (lines_concerned(of, alert, own) if len(own) > 1 else "")

    return about


def stops_concerned(of: Frame, alert: LiveAlert, stops: frozenset[int]) -> str:
    """Of news about stops alone, which of these."""
    return parts_concerned(of, alert, stops) if all(scope.stops for scope in alert.scopes) else ""


def told_together(found: Collection[Concerned]) -> str:
    """No more than MOST_TOLD."""
    told = ", ".join(map(in_words, islice(found, MOST_TOLD)))
    return f"{told}…" if len(found) > MOST_TOLD else told


def in_words(one: Concerned) -> str:
    return " ".join(filter(None, (one.sign.name if one.sign else "", one.text)))


def touches(network: Network, alert: LiveAlert, line: int) -> bool:
    """Whether it is about the line, something of it, a stop of it, or more than it."""
    lines, own = network.lines, None
    for scope in alert.scopes:
        wide = (
            scope.line in (-1, line)
            and scope.feed in (-1, int(lines.feed[line]))
            and scope.agency in (-1, int(lines.agency[line]))
            and scope.type in (-1, int(lines.type[line]))
        )
        if wide and scope.stops:
            own = own or _stops_of(network, line)
            wide = not own.isdisjoint(scope.stops)
        if wide:
            return True
    return False


def _stops_of(network: Network, line: int) -> frozenset[int]:
    network = planned_of(network)
    patterns = np.flatnonzero(network.patterns.line == line)
    first = network.patterns.first_position
    return frozenset(
        stop for one in patterns.tolist() for stop in network.patterns.stop[first[one] : first[one + 1]].tolist()
    )


def _of_scope(of: Frame, scope: AlertScope) -> Iterator[Concerned]:
    network, said = of.asking.territory.network, of.said["disruptions"]
    if scope.stops:
        stop = scope.stops[0]
        link = href(f"/stops/{quote(network.stops.id[stop], safe='')}")
        sign = line_sign(of, scope.line) if scope.line >= 0 else None
        yield Concerned(sign, _stop(of, stop), link)
    elif scope.trips:
        yield Concerned(line_sign(of, scope.line), _run(of, scope))
    elif scope.line >= 0:
        towards = _headsign(network, scope) if scope.direction >= 0 else ""
        text = said["towards"].format(headsign=towards) if towards else ""
        yield Concerned(line_sign(of, scope.line), text)
    else:
        yield Concerned(None, _wide(of, scope))


def _stop(of: Frame, stop: int) -> str:
    """A quay with its sign, as its station has the same name."""
    stops = of.asking.territory.network.stops
    sign = quay_sign(stops.platform[stop])
    quay = of.said["answer"]["platform"].format(name=sign) if sign else ""
    return ", ".join(filter(None, (stops.name[stop], quay)))


def _run(of: Frame, scope: AlertScope) -> str:
    """By when it leaves its first stop."""
    network, trip = planned_of(of.asking.territory.network), scope.trips[0]
    day = date.fromordinal(scope.day) if scope.day >= 0 else of.today
    zone = of.asking.territory.service_zone(trip)
    leaves_s = service_day_start(day, zone) + int(network.calls.departure[network.trips.first_call[trip]])
    at = clock(leaves_s, of.asking.territory.zone)
    if scope.day < 0:
        return of.said["disruptions"]["run"].format(clock=at)
    return of.said["disruptions"]["run_on"].format(clock=at, day=spoken_day(day, of.today))


def _headsign(network: Network, scope: AlertScope) -> str:
    """Of a direction: what most of its vehicles show."""
    trips = planned_of(network).trips
    rows = np.flatnonzero((network.patterns.line[trips.pattern] == scope.line) & (trips.direction == scope.direction))
    if not len(rows):
        return ""
    shown, count = np.unique(trips.headsign[rows], return_counts=True)
    return network.texts[int(shown[count.argmax()])]


def _wide(of: Frame, scope: AlertScope) -> str:
    network, said = of.asking.territory.network, of.said
    whose = network.agencies[scope.agency].name if scope.agency >= 0 else ""
    if scope.type >= 0:
        what = said["disruptions"]["every"].format(mode=said["mode"][MODES[mode_row(scope.type)]])
        return f"{what} ({whose})" if whose else what
    if whose:
        return said["disruptions"]["operator"].format(name=whose)
    return said["disruptions"]["network"]
