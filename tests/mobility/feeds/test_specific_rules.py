"""Rules of transfers.txt for lines and trips, heard by the network as the GTFS reference reads them one by one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.feeds.build.network import build
from mobility.network.footpaths import FORBIDDEN_S
from mobility.network.network import Network
from mobility.network.terrain import Terrain
from mobility.search.days import Days
from mobility.search.path import Ends
from mobility.search.search import pareto
from tests.mobility.feeds import tiny

TRIPS = {"x1": "x", "x2": "x", "y1": "y", "y2": "y", "z1": "z"}
ROWS = "\n".join(f"{route} {trip}: A 8:00 > B 8:10 > C 8:20" for trip, route in TRIPS.items())
CHANGE_S, WALK_S = 60, 978
LINKED = Terrain(longest_m=1001)

ENDS = st.tuples(st.sampled_from("AB"), st.sampled_from(["", "x", "y", "x1", "x2", "y1"]))
RULES = st.lists(st.tuples(ENDS, ENDS, st.sampled_from([0, 1, 2, 3]), st.integers(1, 999)), max_size=6)
Rule = tuple[tuple[str, str], tuple[str, str], int, int]


def as_text(rules: list[Rule]) -> str:
    return "\n".join(
        f"{'/'.join(filter(None, start))} > {'/'.join(filter(None, end))} {kind}" + (f" {seconds}" * (kind == 2))
        for start, end, kind, seconds in rules
    )


def read_one_by_one(rules: list[Rule], leaves: tuple[str, str], takes: tuple[str, str]) -> int | None:
    """Seconds from (stop, trip) to (stop, trip): of all rules that fit, the most specific, the first in the file."""

    def fits(named: tuple[str, str], end: tuple[str, str]) -> bool:
        return named[0] == end[0] and named[1] in ("", end[1], TRIPS[end[1]])

    def rank(rule: Rule) -> int:
        sides = ["trip" if named in TRIPS else "route" if named else "" for named in (rule[0][1], rule[1][1])]
        order = ["", "route", "route route", "trip", "route trip", "trip trip"]
        return order.index(" ".join(sorted(filter(None, sides))))

    same, usual = leaves[0] == takes[0], CHANGE_S if leaves[0] == takes[0] else WALK_S
    fitting = [rule for rule in rules if fits(rule[0], leaves) and fits(rule[1], takes)]
    if not fitting:
        return usual
    kind, seconds = max(fitting, key=rank)[2:]
    return {0: usual, 1: 0 if same else usual, 2: seconds, 3: None}[kind]


def heard(network: Network, leaves: tuple[str, str], takes: tuple[str, str]) -> int | None:
    out, into = node(network, *leaves), node(network, *takes)
    walks = network.footpaths
    if out == into:
        seconds = int(walks.change_s[out])
        return None if seconds == FORBIDDEN_S else seconds
    return next((int(walks.duration_s[row]) for row in walks.of(out) if walks.to_stop[row] == into), None)


def node(network: Network, stop: str, trip: str) -> int:
    trips, first = network.trips, network.patterns.first_position
    pattern = next(p for p, row in zip(trips.pattern, trips.id_row, strict=True) if trips.id[row] == f"t_{trip}")
    return int(network.patterns.node[first[pattern] + "ABC".index(stop)])


@settings(max_examples=150, deadline=None)
@given(RULES)
def test_each_change_takes_what_the_most_specific_rule_says(rules: list[Rule]) -> None:
    network = build([tiny.feed(ROWS, transfers=as_text(rules))], LINKED)
    ends = [(stop, trip) for stop in "AB" for trip in TRIPS]
    for leaves in ends:
        for takes in ends:
            assert heard(network, leaves, takes) == read_one_by_one(rules, leaves, takes), (leaves, takes)


def arrivals(transfers: str) -> list[tuple[int, int]]:
    """(rides, minute of arrival) of the ways from A at 8:00 to D, over a change at B."""
    timetable = """
        bus b: A 8:00 > B 8:10
        tram early: B 8:12 > D 8:20
        tram late: B 8:22 > D 8:30
        night n: B 8:14 > D 8:40
        """
    network = build([tiny.feed(timetable, transfers=transfers)])
    start, end = (np.array(network.nodes(network.stop(stop)), np.int32) for stop in ("t_A", "t_D"))
    ends = Ends(start, np.zeros_like(start), end, np.zeros_like(end))
    return [(len(path.rides), path.arrival_s // 60) for path in pareto(Days(network).on(tiny.MONDAY), ends, 8 * 3600)]


def test_the_search_obeys_rules_for_lines_and_trips() -> None:
    assert arrivals("") == [(2, 8 * 60 + 20)]
    assert arrivals("B/bus > B/tram 2 180") == [(2, 8 * 60 + 30)]
    assert arrivals("B/bus > B/tram 3") == [(2, 8 * 60 + 40)]
    assert arrivals("B/bus > B/tram 3\nB/b > B/late 1") == [(2, 8 * 60 + 30)]


def test_the_search_stays_seated_through_a_forbidden_change() -> None:
    assert arrivals("B > B 3") == []
    assert arrivals("B > B 3\n/b > /late 4") == [(1, 8 * 60 + 30)]
