"""Draws the demo territory as SVG: water, lines, boats, stops, communes. `python -m demo.picture > docs/lorient.svg`"""

import json
import sys
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from math import cos, radians
from pathlib import Path

from demo.build import TERRITORY
from demo.geometry import way
from demo.records import Line, Point, Territory
from demo.tables import read

SOUTH, WEST, NORTH, EAST = 47.625, -3.535, 47.815, -3.24
WIDTH = 1000.0
SCALE = WIDTH / ((EAST - WEST) * cos(radians(47.72)))
HEIGHT = (NORTH - SOUTH) * SCALE
NAMED = (
    "Lorient",
    "Lanester",
    "Larmor-Plage",
    "Ploemeur",
    "Quéven",
    "Hennebont",
    "Port-Louis",
    "Locmiquélic",
    "Riantec",
)
ALSO_NAMED = ("Gâvres", "Guidel", "Groix", "Caudan")
STYLE = """
svg { background: #f6f1e7; font: 600 17px system-ui, sans-serif }
.water { fill: #bcd9e6; fill-rule: evenodd }
.line { fill: none; stroke-width: 3; stroke-linejoin: round; opacity: .85 }
.train { stroke-width: 5 }
.boat { stroke-width: 4; stroke-dasharray: 9 6; opacity: 1 }
.stop { fill: #fff; stroke: #40515c; stroke-width: 1.1 }
.quay { fill: #0b4a6f; stroke: #fff; stroke-width: 1.5 }
text { fill: #26323a; paint-order: stroke; stroke: #f6f1e7; stroke-width: 4px; text-anchor: middle }
"""


def picture(folder: Path) -> str:
    """The territory in `folder` as one SVG document."""
    territory = read(folder)
    parts = [*_water(folder), *_lines(territory), *_stops(territory), *_names(territory)]
    drawn = "bus lines, the train, boats across the harbour and the ferry to Groix"
    title = f"<title>Demo territory: {drawn} (illustrative)</title>"
    size = f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img"'
    body = "\n".join([title, f"<style>{STYLE}</style>", *parts])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{body}\n</svg>\n'


def _at(point: Point) -> str:
    lat, lon = point
    return f"{(lon - WEST) * cos(radians(47.72)) * SCALE:.1f} {(NORTH - lat) * SCALE:.1f}"


def _drawn(points: Iterable[Point]) -> str:
    return "M" + "L".join(_at(point) for point in points)


def _water(folder: Path) -> Iterator[str]:
    for feature in json.loads((folder / "water.geojson").read_text("utf-8"))["features"]:
        rings = ((tuple(reversed(corner)) for corner in ring) for ring in feature["geometry"]["coordinates"])
        yield f'<path class="water" d="{"Z".join(_drawn(ring) for ring in rings)}Z"/>'


def _lines(territory: Territory) -> Iterator[str]:
    for line in sorted(territory.lines, key=lambda line: line.mode != "bus"):
        kind = {"bus": "line", "train": "line train"}.get(line.mode, "line boat")
        yield f'<path class="{kind}" stroke="#{line.colour}" d="{_drawn(_course(territory, line))}"/>'


def _course(territory: Territory, line: Line) -> Iterator[Point]:
    for a, b in pairwise(line.stops):
        yield from way(territory, a, b)


def _stops(territory: Territory) -> Iterator[str]:
    for stop in territory.stops.values():
        x, y = _at(stop.point).split()
        radius = 5.5 if stop.kind == "quay" else 2.6
        yield f'<circle class="{"quay" if stop.kind == "quay" else "stop"}" cx="{x}" cy="{y}" r="{radius}"/>'


def _names(territory: Territory) -> Iterator[str]:
    """Each commune's name amid its stops."""
    for name in NAMED + ALSO_NAMED:
        points = [stop.point for stop in territory.stops.values() if stop.commune == name]
        middle = sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
        x, y = _at(middle).split()
        yield f'<text x="{x}" y="{y}">{escape(name)}</text>'


if __name__ == "__main__":
    sys.stdout.write(picture(TERRITORY))
