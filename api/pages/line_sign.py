"""A line as its badge shows it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from api.pages.colour import shades
from api.pages.frame import Frame, href
from mobility.network.modes import BOAT_MODE, MODES
from mobility.network.network import Network


@dataclass(frozen=True, slots=True)
class LineSign:
    name: str
    long_name: str
    mode: str
    href: str
    fill: str
    ink: str


def lines_by_name(network: Network) -> list[int]:
    """Those that run, by number: 2 before 10."""
    rows: list[int] = np.unique(network.patterns.line[network.trips.pattern]).tolist()
    lines = network.lines
    return sorted(rows, key=lambda row: (lines.number(row), lines.long_name[row], lines.id[row]))


def is_boat(network: Network, line: int) -> bool:
    return int(network.lines.mode[line]) == BOAT_MODE


def line_sign(of: Frame, line: int) -> LineSign:
    lines = of.asking.territory.network.lines
    name, long_name = lines.name(line), lines.long_name[line]
    link = href(f"/lines/{quote(lines.id[line], safe='')}")
    return LineSign(name, long_name, MODES[lines.mode[line]], link, *shades(lines.color[line]))
