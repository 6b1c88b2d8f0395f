"""What the answers of one network have in common, as JSON: stops, lines, shapes. Made when first asked for, kept in
bounded caches, thrown away with the network."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from math import isnan

import orjson

from api.present.json_value import Json as Json
from api.present.json_value import iso_day as iso_day
from api.present.polyline import Encoded, encoded
from api.present.prices import told_price
from api.present.run_names import direction, name_of_run
from api.web.dialect import Dialect
from mobility.network.course import course
from mobility.network.live import LiveNetwork
from mobility.network.modes import MODES
from mobility.network.network import Network

KNOWN = ("unknown", "yes", "no")
STOPS, LINES, PATTERNS, COURSES, TEXTS, PRICES = 50_000, 5_000, 5_000, 5_000, 20_000, 4_096


class Pieces:
    """`place`, `line`, `pattern`... answer from a cache; what they return is shared: copy, then change."""

    def __init__(self, network: Network, dialect: Dialect) -> None:
        self.network = network
        self.dialect = dialect
        self.place = lru_cache(STOPS)(self._place)
        self.opened = lru_cache(STOPS)(self._opened)
        self.line = lru_cache(LINES)(self._line)
        self.pattern = lru_cache(PATTERNS)(self._pattern)
        self.course = lru_cache(COURSES)(self._course)
        self.text = lru_cache(TEXTS)(network.texts.__getitem__)
        self.names = names_of_runs(network)
        self.price = lru_cache(PRICES)(partial(told_price, network))

    def modes(self, stop: int) -> list[str]:
        bits = int(self.network.stops.modes[stop])
        return [self.dialect.mode(mode) for bit, mode in enumerate(MODES) if bits >> bit & 1]

    def _place(self, stop: int) -> Json:
        stops, parent = self.network.stops, int(self.network.stops.parent[stop])
        place: Json = {"name": stops.name[stop], "stopId": stops.id[stop]}
        if parent >= 0:
            place["parentId"] = stops.id[parent]
        place["lat"], place["lon"] = self._coordinates(stop)
        if self.dialect.has_level:
            place["level"] = 0
        place |= {"tz": self.network.zones[int(stops.zone[stop])], "vertexType": "TRANSIT"}
        place |= _filled(stopCode=stops.code[stop], description=stops.description[stop])
        place |= _filled(scheduledTrack=stops.platform[stop], track=stops.platform[stop])
        if wheelchair := int(stops.wheelchair[stop]):
            place["hent"] = {"wheelchair": KNOWN[wheelchair]}
        return place

    def _opened(self, stop: int) -> str:
        """The place as JSON text that still lacks its closing brace."""
        return orjson.dumps(self.place(stop)).decode()[:-1]

    def _coordinates(self, stop: int) -> tuple[float, float]:
        """A stop without a position stands where its station does."""
        stops = self.network.stops
        while isnan(stops.lat[stop]) and stops.parent[stop] >= 0:
            stop = int(stops.parent[stop])
        lat, lon = float(stops.lat[stop]), float(stops.lon[stop])
        return (0.0, 0.0) if isnan(lat) or isnan(lon) else (round(lat, 7), round(lon, 7))

    def _line(self, line: int) -> Json:
        """The members that a leg, a stop time and a line at a stop share."""
        network, lines = self.network, self.network.lines
        agency = network.agencies[int(lines.agency[line])]
        names = {"routeShortName": lines.short_name[line], "routeLongName": lines.long_name[line]}
        found: Json = {"mode": self.dialect.mode(MODES[lines.mode[line]]), "routeId": lines.id[line], **names}
        found |= {"routeType": int(lines.type[line]), "agencyId": agency.id, "agencyName": agency.name}
        found["agencyUrl"] = agency.url
        found |= _filled(agencyFareUrl=agency.fare_url, routeUrl=lines.url[line])
        return found | _filled(routeColor=lines.color[line], routeTextColor=lines.text_color[line])

    def _pattern(self, pattern: int) -> Json:
        """The members that all runs of a pattern share."""
        network = self.network
        first, last = network.patterns.first_position[pattern : pattern + 2].tolist()
        origin, terminus = network.patterns.stop[[first, last - 1]].tolist()
        line = int(network.patterns.line[pattern])
        return {
            **self.line(line),
            "tripFrom": orjson.Fragment(self.opened(origin) + "}"),
            "tripTo": orjson.Fragment(self.opened(terminus) + "}"),
            "headsign": self.place(terminus)["name"],
            "realTime": False,
            "cancelled": False,
            "reservation": "NONE",
            "source": source(network, int(network.lines.feed[line])),
        }

    def _course(self, pattern: int, shape: int, precision: int | None = None) -> Encoded:
        """precision: decimal places, those of the dialect's legs where it says nothing."""
        found = course(self.network, pattern, shape)
        return encoded(found, self.dialect.polyline_precision if precision is None else precision)


class LivePieces(Pieces):
    """What stops, lines and planned patterns say is that of the planned network; patterns and texts past the end of
    its own are of the live version. It refers to itself nowhere, so that a version that is over goes at once."""

    def __init__(self, planned: Pieces, network: LiveNetwork) -> None:
        self.planned, self._live = planned, network
        self.network, self.dialect = network, planned.dialect
        self.place, self.opened, self.line, self.price = planned.place, planned.opened, planned.line, planned.price
        self.text = lru_cache(TEXTS)(network.texts.__getitem__)
        self.names = names_of_runs(network)
        self._patterns: dict[int, Json] = {}
        self._courses: dict[tuple[int, int, int | None], Encoded] = {}

    def pattern(self, pattern: int) -> Json:  # type: ignore[override]
        found = self._patterns.get(pattern)
        if found is None:
            found = self._patterns[pattern] = self._pattern_now(pattern)
        return found

    def course(self, pattern: int, shape: int, precision: int | None = None) -> Encoded:  # type: ignore[override]
        key = pattern, shape, precision
        found = self._courses.get(key)
        if found is None:
            found = self._courses[key] = self._course_now(*key)
        return found

    def _pattern_now(self, pattern: int) -> Json:
        """Of a run that ends sooner: to where it goes now."""
        if pattern < len(self._live.planned.patterns.line):
            return self.planned.pattern(pattern)
        told, (first, last) = self._pattern(pattern), self._served(pattern)
        stops = self._live.patterns.stop
        told["tripFrom"] = orjson.Fragment(self.opened(int(stops[first])) + "}")
        told["tripTo"] = orjson.Fragment(self.opened(int(stops[last])) + "}")
        return told | {"headsign": self.place(int(stops[last]))["name"]}

    def _served(self, pattern: int) -> tuple[int, int]:
        """The first and the last position where it calls; those of the plan where it calls nowhere."""
        return self._live.served(pattern)

    def ends_early(self, pattern: int) -> bool:
        """Whether it goes no farther than to a stop before its terminus."""
        is_planned = pattern < len(self._live.planned.patterns.line)
        return not is_planned and self._served(pattern)[1] + 1 < int(self._live.patterns.first_position[pattern + 1])

    def _course_now(self, pattern: int, shape: int, precision: int | None = None) -> Encoded:
        is_planned = pattern < len(self._live.planned.patterns.line)
        of = self.planned.course if is_planned else self._course
        return of(pattern, shape, precision)


def names_of_runs(network: Network) -> Callable[[int, int, int], tuple[str, str]]:
    """By line, short name and headsign (rows): what a run is called, and where it says it goes."""

    @lru_cache(TEXTS)
    def names(line: int, short_name: int, headsign: int) -> tuple[str, str]:
        return name_of_run(network, line, short_name, headsign), direction(network, line, headsign)

    return names


def source(network: Network, feed: int) -> str:
    """Which version of which feed something comes from."""
    version = network.feeds[feed]
    return f"{version.id}/{version.version or version.sha256[:12]}"


def _filled(**members: str) -> Json:
    """Only those that say something."""
    return {name: text for name, text in members.items() if text}
