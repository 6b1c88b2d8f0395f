"""A line as its badge shows it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from api.pages.colour import shades
from api.pages.frame import Frame, href
from mobility.network.modes import MODES


@dataclass(frozen=True, slots=True)
class LineSign:
    name: str
    long_name: str
    mode: str
    href: str
    fill: str
    ink: str


def line_sign(of: Frame, line: int) -> LineSign:
    lines = of.asking.territory.network.lines
    name, long_name = lines.name(line), lines.long_name[line]
    link = href(f"/lines/{quote(lines.id[line], safe='')}")
    return LineSign(name, long_name, MODES[lines.mode[line]], link, *shades(lines.color[line]))
