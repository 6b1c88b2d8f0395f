"""Imports go down only. The table is the architecture (docs/architecture.md); the test reads every import."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def rooms(*names: str) -> set[str]:
    return {f"mobility.{name}" for name in names}


# DESIGN of the house: each row of rooms may import itself and the rows before it (docs/architecture.md, section 1).
BASE = rooms("ids", "geo", "clock", "errors", "impact", "mail")
GROUND = BASE | rooms("network", "travellers", "places", "privacy", "storage")
MIDDLE = GROUND | rooms("search", "streets", "rentals", "carpool", "fares")
ROUTING = MIDDLE | rooms("routing")
RANKING = ROUTING | rooms("ranking")
PLANNING = RANKING | rooms("planning")
WHOLE = PLANNING | rooms("live", "feeds")

MAY_IMPORT = {
    "gtfs": {"gtfs"},
    **dict.fromkeys(BASE, BASE),
    **dict.fromkeys(GROUND - BASE, GROUND),
    "mobility.storage": BASE | rooms("storage"),
    **{room: GROUND | {room} for room in MIDDLE - GROUND},
    "mobility.fares": BASE | rooms("network", "fares"),
    "mobility.search": BASE | rooms("network", "search"),
    "mobility.routing": ROUTING,
    "mobility.ranking": RANKING,
    "mobility.planning": PLANNING,
    **dict.fromkeys(rooms("live", "feeds"), WHOLE | {"gtfs"}),
    "mobility.operators": GROUND | rooms("operators"),
    "mobility.statistics": GROUND | rooms("statistics"),
    "demo": {"demo"},
    "api": {"api", "mobility", "gtfs", "demo"},
}

ONLY_IN_GTFS = {"gtfs_kit", "google", "gtfs_guru"}
ONLY_IN_API = {"flask", "gunicorn", "werkzeug"}


def modules() -> list[Path]:
    return sorted(path for top in ("gtfs", "mobility", "api", "demo") for path in (ROOT / top).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_import_goes_down(path: Path) -> None:
    name = name_of(path)
    home = max((key for key in MAY_IMPORT if within(name, {key})), key=len, default="mobility")
    ours = {found for found in imports_of(path) if within(found, {"gtfs", "mobility", "api", "demo", "tests"})}
    stray = {found for found in ours if not within(found, MAY_IMPORT.get(home, set()))}
    assert not stray, f"{name} may not import {sorted(stray)}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_feed_and_web_libraries_stay_in_their_folder(path: Path) -> None:
    found, top = imports_of(path), name_of(path).split(".")[0]
    assert top == "gtfs" or not {name for name in found if within(name, ONLY_IN_GTFS)}
    assert top == "api" or not {name for name in found if within(name, ONLY_IN_API)}
