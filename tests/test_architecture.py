"""Imports go down only. The table is the architecture (docs/architecture.md); the test reads every import."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BASE = {"mobility.ids", "mobility.geo", "mobility.clock", "mobility.errors"}
MIDDLE = BASE | {"mobility.network", "mobility.streets", "mobility.travellers", "mobility.places", "mobility.privacy"}
UPPER = MIDDLE | {"mobility.routing", "mobility.carpool", "mobility.impact"}
STORING = UPPER | {"mobility.storage", "mobility.mail"}

MAY_IMPORT = {
    "gtfs": {"gtfs"},
    **dict.fromkeys(BASE, BASE),
    **dict.fromkeys(MIDDLE - BASE, MIDDLE),
    **dict.fromkeys(UPPER - MIDDLE, UPPER),
    **{name: BASE | {name} for name in ("mobility.storage", "mobility.mail")},
    "mobility.carpool": STORING,
    "mobility.statistics": STORING | {"mobility.statistics"},
    "mobility.operators": MIDDLE | {"mobility.storage", "mobility.operators"},
    "mobility.feeds": STORING | {"mobility.feeds", "gtfs"},
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
