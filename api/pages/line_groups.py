"""All lines as people look for them: the trunk lines first, boats, what runs by day, in the evening, a few times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from api.pages import icons
from api.pages.frame import Frame
from api.pages.line_sign import LineSign, is_boat, line_sign, lines_by_name
from api.pages.made_once import once_for_a_network
from api.web.sentences import LANGUAGES, sentences
from mobility.network.live import planned_of
from mobility.network.modes import MODES, TRAINS
from mobility.network.network import Network
from mobility.places.words import folded

TRUNK_SHARE = 0.5
"""Of the runs of the line that runs most often: who has as many is a trunk line."""
A_FEW = 6
"""Runs on its fullest day, both directions together."""
EVENING_S = 19 * 3600
WEEK = 7
GROUPS = ("trunk", "boats", "trains", "others", "evening", "few")
"""In the order of the page."""
OF_ONE_VEHICLE = frozenset({"boats", "trains"})
"""Their headings name it."""


@dataclass(frozen=True, slots=True)
class ListedLine:
    """name: without the vehicle, where the heading of its group says it. serves: the communes on its way, in that
    order; none where the name tells them all."""

    sign: LineSign
    name: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineGroup:
    name: str
    lines: tuple[ListedLine, ...]

    @property
    def icons(self) -> tuple[str, ...]:
        """Of the vehicles in it, each picture once."""
        return tuple(dict.fromkeys(icons.of_mode(one.sign.mode) for one in self.lines))


@dataclass(frozen=True, slots=True)
class FoundLine:
    """names: what people find it by: its own, those of its stops and of the communes that it serves."""

    group: str
    line: ListedLine
    names: tuple[str, ...]


def all_lines(of: Frame) -> list[FoundLine]:
    """Those that run at all, by number."""
    network, communes = planned_of(of.asking.territory.network), _communes(of)
    runs, first_s = _most_runs(network, of.today), _first_departures(network)
    most = _most_of(network, runs)
    return [
        _found(of, line, communes, _group(network, line.row, (int(runs[line.row]), most, int(first_s[line.row]))))
        for line in _served_lines(network)
    ]


def _found(of: Frame, line: _ServedLine, communes: Mapping[int, str], group: str) -> FoundLine:
    served = tuple(dict.fromkeys(communes[stop] for stop in line.stops if stop in communes))
    serves = tuple(map(of.local_name, served))
    called = dict.fromkeys((*line.own_names, *served, *serves, *line.stop_names))
    sign = line_sign(of, line.row)
    name = _without_vehicle(sign) if group in OF_ONE_VEHICLE else sign.long_name
    told = serves if _says_more(served, name) and _says_more(serves, name) else ()
    return FoundLine(group, ListedLine(sign, name, told), tuple(called))


def _without_vehicle(sign: LineSign) -> str:
    """`Bateau : Lorient – Groix` under the heading of the boats, in whatever language the feed says so."""
    vehicle, _, name = sign.long_name.partition(":")
    known = {folded(sentences(tag)["mode"].get(sign.mode, "")) for tag in LANGUAGES}
    return name.strip() if name.strip() and folded(vehicle.strip()) in known else sign.long_name


def _says_more(communes: Sequence[str], name: str) -> bool:
    return len(communes) > 1 and any(folded(one) not in folded(name) for one in communes)


@dataclass(frozen=True, slots=True)
class _ServedLine:
    """stops: in the order of the way."""

    row: int
    own_names: tuple[str, str]
    stops: tuple[int, ...]
    stop_names: tuple[str, ...]


@once_for_a_network
def _served_lines(network: Network) -> tuple[_ServedLine, ...]:
    """Those that run at all, by number. network: as planned."""
    lines, names = network.lines, list(network.stops.name)
    ways = [(line, tuple(_stops(network, line))) for line in lines_by_name(network)]
    return tuple(
        _ServedLine(line, (lines.name(line), lines.long_name[line]), stops, tuple(names[stop] for stop in stops))
        for line, stops in ways
    )


def in_groups(found: Iterable[FoundLine]) -> list[LineGroup]:
    grouped: defaultdict[str, list[ListedLine]] = defaultdict(list)
    for one in found:
        grouped[one.group].append(one.line)
    return [LineGroup(name, tuple(grouped[name])) for name in GROUPS if name in grouped]


def trunk_first(network: Network, first_day: date, lines: Sequence[int]) -> list[int]:
    """The same lines, those that run most often in the week from that day on before the others, else in their order."""
    network = planned_of(network)
    runs, first_s = _most_runs(network, first_day), _first_departures(network)
    most = _most_of(network, runs)
    groups = {line: _group(network, line, (int(runs[line]), most, int(first_s[line]))) for line in lines}
    return sorted(lines, key=lambda line: groups[line] != GROUPS[0])


def _most_of(network: Network, runs: NDArray[np.int64]) -> int:
    """Of the line in the streets that runs most often."""
    apart = (line for line in lines_by_name(network) if not (is_boat(network, line) or _is_train(network, line)))
    return max((int(runs[line]) for line in apart), default=0)


def _is_train(network: Network, line: int) -> bool:
    return MODES[network.lines.mode[line]] in TRAINS


def _group(network: Network, line: int, known: tuple[int, int, int]) -> str:
    """known: runs on its fullest day, those of the fullest line, its first departure in seconds of the day."""
    runs, most, first_s = known
    if is_boat(network, line):
        return "boats"
    if _is_train(network, line):
        return "trains"
    if first_s >= EVENING_S:
        return "evening"
    if runs <= A_FEW:
        return "few"
    return "trunk" if runs >= TRUNK_SHARE * most else "others"


def _most_runs(network: Network, first_day: date) -> NDArray[np.int64]:
    """By line: on the fullest day of the week from then on."""
    services, line = network.services, network.patterns.line[network.trips.pattern]
    first = max(0, (first_day - services.first_day).days)
    counted = [
        np.bincount(line[services.active[network.trips.service, column] != 0], minlength=len(network.lines.id))
        for column in range(first, min(first + WEEK, services.active.shape[1]))
    ]
    return np.max(counted, axis=0) if counted else np.zeros(len(network.lines.id), np.int64)


def _first_departures(network: Network) -> NDArray[np.int64]:
    """By line: seconds of the service day."""
    found = np.full(len(network.lines.id), np.iinfo(np.int32).max, np.int64)
    departs = network.calls.departure[network.trips.first_call]
    np.minimum.at(found, network.patterns.line[network.trips.pattern], departs)
    return found


def _stops(network: Network, line: int) -> list[int]:
    """Of its longest pattern, in order, then those of the others."""
    patterns = network.patterns
    first = patterns.first_position
    rows = np.flatnonzero(patterns.line == line).tolist()
    rows.sort(key=lambda row: int(first[row] - first[row + 1]))
    return list(dict.fromkeys(stop for row in rows for stop in patterns.stop[first[row] : first[row + 1]].tolist()))


def _communes(of: Frame) -> dict[int, str]:
    """By stop, with its quays; empty where no communes are known."""
    places, stops = of.asking.territory.places, of.asking.territory.network.stops
    if places is None:
        return {}
    known = {
        int(places.stop[row]): places.areas[int(places.area[row])]
        for row in np.flatnonzero((places.stop >= 0) & (places.area >= 0)).tolist()
    }
    parents = enumerate(stops.parent.tolist())
    return known | {stop: known[parent] for stop, parent in parents if parent in known and stop not in known}
