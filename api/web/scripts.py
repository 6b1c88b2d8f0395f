"""A script and all that it imports, as one file: each module keeps its own names, and a browser asks once.

On a slow line what counts is how often it asks: fifteen modules that import each other were three rounds. Written as
modules of ours are: `import { name } from "./other.js";` and `export` before a function or a constant, one a line.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "static"
IMPORT = re.compile(r'^import (?:(?P<some>\{[^}]+\})|\* as (?P<all>\w+)) from "\./(?P<of>\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|const) (?P<name>\w+))", re.MULTILINE)
REMARK = re.compile(r"^ *//.*\n", re.MULTILINE)
"""A line of words for who reads the source."""


@cache
def as_one(name: str) -> str:
    """What it exports itself, it still does."""
    read: dict[str, str] = {}
    own = _taken_in(name, read)
    return "\n".join((*read.values(), own))


def _taken_in(name: str, read: dict[str, str]) -> str:
    """Without imports. read: what they lead to is put there, each once and after what it needs."""
    source = REMARK.sub("", (FOLDER / f"{name}.js").read_text("utf-8"))
    for needed in IMPORT.finditer(source):
        if needed["of"] not in read:
            read[needed["of"]] = _enclosed(needed["of"], _taken_in(needed["of"], read))
    return IMPORT.sub(lambda one: f"const {one['some'] or one['all']} = {_held(one['of'])};", source)


def _enclosed(name: str, source: str) -> str:
    names = ", ".join(one["name"] for one in EXPORT.finditer(source))
    return f"const {_held(name)} = (() => {{\n{EXPORT.sub('', source)}return {{ {names} }};\n}})();"


def _held(name: str) -> str:
    return f"{name}_js"
