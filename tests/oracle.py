"""The slow oracle: Dijkstra on a time-expanded NetworkX graph, written for being right.

Nodes are events: a trip standing at a position before it leaves ("in"), having arrived there ("at"), and a passenger
having got out ("out"). Getting in costs one ride, everything else nothing, so that the distance of an event is the
fewest rides after which it can be reached.
"""

from collections.abc import Iterable

import networkx as nx

from mobility.network.timetable import NEVER, DayTimetable, Footpaths
from mobility.search.path import Ends
from tests.tiny import call

Journey = tuple[int, int, int]
"""Departure, arrival, rides."""


class Oracle:
    def __init__(self, day: DayTimetable, footpaths: Footpaths, ends: Ends) -> None:
        self.day, self.footpaths = day, footpaths
        self.access = dict(zip(ends.access_stop.tolist(), ends.access_s.tolist(), strict=True))
        self.egress = dict(zip(ends.egress_stop.tolist(), ends.egress_s.tolist(), strict=True))
        self.walk_s = int(ends.walk_s)
        self.boardings = [event for trip in range(day.n_trips) for event in self.boardings_of(trip)]
        self.graph = nx.DiGraph()
        for trip in range(day.n_trips):
            self.add_trip(trip)

    def length(self, trip: int) -> int:
        pattern = self.day.trip_pattern[trip]
        return int(self.day.pattern_first_position[pattern + 1] - self.day.pattern_first_position[pattern])

    def flag(self, flags: Iterable[int], trip: int, position: int) -> bool:
        return bool(flags[self.day.pattern_first_position[self.day.trip_pattern[trip]] + position])

    def boardings_of(self, trip: int) -> Iterable[tuple[int, int, int, int]]:
        for position in range(self.length(trip) - 1):
            if self.flag(self.day.position_boards, trip, position):
                stop, _, departure_s = call(self.day, trip, position)
                yield stop, departure_s, trip, position

    def add_trip(self, trip: int) -> None:
        for position in range(self.length(trip) - 1):
            self.graph.add_edge(("in", trip, position), ("at", trip, position + 1), rides=0)
            self.graph.add_edge(("at", trip, position), ("in", trip, position), rides=0)
        for position in range(1, self.length(trip)):
            if self.flag(self.day.position_alights, trip, position):
                stop, arrival_s, _ = call(self.day, trip, position)
                self.graph.add_edge(("at", trip, position), ("out", stop, arrival_s), rides=0)
                self.add_changes(stop, arrival_s)

    def add_changes(self, stop: int, arrival_s: int) -> None:
        """From having got out: to every ride at the stop itself or one walk away."""
        walks = {int(self.footpaths.to_stop[w]): int(self.footpaths.duration_s[w]) for w in self.footpaths.of(stop)}
        ready = {stop: int(self.footpaths.change_s[stop])} | walks
        for board, departure_s, trip, position in self.boardings:
            if board in ready and arrival_s + ready[board] <= departure_s:
                self.graph.add_edge(("out", stop, arrival_s), ("in", trip, position), rides=1)

    def arrivals(self, first_rides: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Fewest rides to each (stop, arrival) when beginning with one of these (trip, position)."""
        self.graph.add_node("origin")
        self.graph.add_edges_from((("origin", ("in", *ride)) for ride in first_rides), rides=1)
        rides = nx.single_source_dijkstra_path_length(self.graph, "origin", weight="rides")
        self.graph.remove_node("origin")
        return {(node[1], node[2]): n for node, n in rides.items() if node[0] == "out"}

    def finishes(self, first_rides: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """(arrival at the destination, rides) of every way that begins so."""
        arrivals = self.arrivals(first_rides).items()
        return {(time_s + self.egress[stop], rides) for (stop, time_s), rides in arrivals if stop in self.egress}

    def first_rides(self, departure_s: int) -> list[tuple[int, int]]:
        return [
            (trip, position)
            for stop, leaves_s, trip, position in self.boardings
            if stop in self.access and departure_s + self.access[stop] <= leaves_s
        ]

    def pareto(self, departure_s: int, most_rides: int = 16) -> set[tuple[int, int]]:
        """(rides, arrival), the walk all the way included."""
        walk = {(departure_s + self.walk_s, 0)} if self.walk_s != NEVER else set()
        found = {(rides, arrival) for arrival, rides in self.finishes(self.first_rides(departure_s)) | walk}
        found = {(rides, arrival) for rides, arrival in found if rides <= most_rides}
        return {a for a in found if not any(b != a and b[0] <= a[0] and b[1] <= a[1] for b in found)}

    def journeys(self) -> set[Journey]:
        """Every departure of a first ride with every arrival that it leads to."""
        starts: dict[int, list[tuple[int, int]]] = {}
        for stop, leaves_s, trip, position in self.boardings:
            if stop in self.access:
                starts.setdefault(leaves_s - self.access[stop], []).append((trip, position))
        return {(departure, *end) for departure, rides in starts.items() for end in self.finishes(rides)}

    def window(self, earliest_s: int, latest_s: int) -> set[Journey]:
        best = self.best(journey for journey in self.journeys() if earliest_s <= journey[0])
        return {journey for journey in best if journey[0] < latest_s}

    def window_arriving(self, earliest_s: int, latest_s: int) -> set[Journey]:
        best = self.best(journey for journey in self.journeys() if journey[1] < latest_s)
        return {journey for journey in best if earliest_s <= journey[1]}

    def pareto_arriving(self, arrival_s: int) -> set[tuple[int, int]]:
        """(rides, departure)."""
        walk = {(arrival_s - self.walk_s, arrival_s, 0)} if self.walk_s != NEVER else set()
        found = {(rides, leaves) for leaves, arrival, rides in self.journeys() | walk if arrival <= arrival_s}
        return {a for a in found if not any(b != a and b[0] <= a[0] and b[1] >= a[1] for b in found)}

    def best(self, journeys: Iterable[Journey]) -> set[Journey]:
        found = {(departure, arrival, rides) for departure, arrival, rides in journeys}
        found = {journey for journey in found if self.walk_s == NEVER or journey[1] < journey[0] + self.walk_s}
        return {a for a in found if not any(b != a and b[0] >= a[0] and b[1] <= a[1] and b[2] <= a[2] for b in found)}

    def reach(self, departure_s: int) -> dict[int, int]:
        """Earliest time at each stop that can be reached."""
        times = {stop: departure_s + access_s for stop, access_s in self.access.items()}
        for stop, time_s in self.arrivals(self.first_rides(departure_s)):
            times[stop] = min(times.get(stop, NEVER), time_s)
            for walk in self.footpaths.of(stop):
                target = int(self.footpaths.to_stop[walk])
                times[target] = min(times.get(target, NEVER), time_s + int(self.footpaths.duration_s[walk]))
        return times
