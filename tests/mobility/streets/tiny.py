"""Streets drawn in a few lines: points on a plan in metres, ways between them with their tags.

streets('''
    A 0 0, B 100 0, C 100 50
    A B C | highway=residential name=Rue_Haute
    ''')
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from mobility.geo import Point
from mobility.network.ways import Drawn, StreetWay
from mobility.streets.build import build_streets
from mobility.streets.graph import Mode, Streets
from mobility.streets.lanes import Lanes
from mobility.streets.search import Search
from mobility.streets.trails import lengths_cm, line_and_steps

CENTRE = Point(47.75, -3.36)
M_LAT, M_LON = 1 / 111_195.0, 1 / (111_195.0 * 0.672367)


def at(plan_m: str) -> Point:
    """`20 5`: twenty metres east and five north of the centre."""
    east, north = map(float, plan_m.split())
    return Point(CENTRE.lat + north * M_LAT, CENTRE.lon + east * M_LON)


def streets(drawing: str, least_m: int = 0) -> Streets:
    with TemporaryDirectory() as folder:
        extract = Path(folder) / "tiny.opl"
        extract.write_text(opl(drawing), "utf-8")
        return build_streets(extract, least_m)


def opl(drawing: str) -> str:
    """As OPL, the line format of osmium. Nodes with tags: `B | barrier=gate`. In a value `_` is a space, `__` is `_`
    itself."""
    points, *rows = [row.strip() for row in drawing.strip().splitlines()]
    numbers, tags, ways = {}, {}, []
    for point in points.split(","):
        name, plan = point.split(maxsplit=1)
        numbers[name] = len(numbers) + 1, at(plan)
    for row in rows:
        names, said = (part.strip().split() for part in row.split("|"))
        tagged = "T" + ",".join(_escaped(*tag.split("=", 1)) for tag in said)
        if len(names) == 1:
            tags[names[0]] = tagged
        else:
            refs = ",".join(f"n{numbers[name][0]}" for name in names)
            ways.append(f"w{len(ways) + 1} v1 {tagged} N{refs}")
    nodes = [f"n{n} v1 {tags.get(name, 'T')} x{p.lon:.7f} y{p.lat:.7f}" for name, (n, p) in numbers.items()]
    return "\n".join([*nodes, *ways]) + "\n"


def _escaped(key: str, value: str) -> str:
    return f"{key}={'_'.join(part.replace('_', '%20%') for part in value.replace('%', '%25%').split('__'))}"


def metres(streets: Streets, start: str, end: str, mode: Mode = Mode.WALK) -> int | None:
    """Length of the way, None where there is none."""
    search = Search(Lanes(streets, mode))
    trail = search.trail(search.lanes.footholds(at(start)), search.lanes.footholds(at(end)), 2**30)
    return None if trail is None else round(lengths_cm(search.lanes, trail)[0] / 100)


def way(streets: Streets, start: str, end: str, mode: Mode = Mode.WALK) -> StreetWay:
    search = Search(Lanes(streets, mode))
    trail = search.trail(search.lanes.footholds(at(start)), search.lanes.footholds(at(end)), 2**30)
    assert trail is not None
    length, unknown = lengths_cm(search.lanes, trail)
    drawn = Drawn(*line_and_steps(streets, trail, at(start), at(end)))
    return StreetWay(trail.cost // 100, round(length / 100), False, lambda: drawn, round(unknown / 100))


def told(way: StreetWay) -> list[str]:
    """Each step as `LEFT Rue Haute 100 m`, stairs and crossings with their name."""
    return [
        " ".join(
            filter(
                None, [step.turn, step.passage if step.passage != "STREET" else "", step.street, f"{step.distance_m} m"]
            )
        )
        for step in way.steps
    ]
