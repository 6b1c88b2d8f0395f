"""Imports go down only. The table is the architecture (docs/architecture.md); the test reads every import."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def rooms(*names: str, of: str = "mobility") -> set[str]:
    return {f"{of}.{name}" for name in names}


# DESIGN of the house: each row of rooms may import itself and the rows before it (docs/architecture.md, section 1).
BASE = rooms("ids", "geo", "clock", "errors", "value_faults", "money", "impact", "mail", "polyline", "remote")
GROUND = BASE | rooms("network", "travellers", "places", "privacy", "storage")
MIDDLE = GROUND | rooms("search", "streets", "rentals", "carpool", "fares")
ROUTING = MIDDLE | rooms("routing")
RANKING = ROUTING | rooms("ranking")
PLANNING = RANKING | rooms("planning")
WHOLE = PLANNING | rooms("live", "feeds")

# Inside api: what is said over HTTP, then what is done, then who shows it. Commands, app and server wire all of it.
API = {"gtfs", *WHOLE, *rooms("operators", "statistics", "backup", "ground", "remarks")}
CONFIG = API | rooms("config", of="api")
WEB = CONFIG | rooms("web", of="api")
PARSE = WEB | rooms("parse", of="api")
PRESENT = PARSE | rooms("present", of="api")
TERRITORY = CONFIG | rooms("territory", of="api")
CARPOOLING = WEB | {"api.carpool.carpooling"}
SERVICE = PRESENT | CARPOOLING | {"api.service", "api.territory.taken_once"}
PRIVACY = SERVICE | rooms("privacy", of="api")
PROBLEMS = PRIVACY | {"api.problems", "api.covoiturage.errors"}
TRIPS = PROBLEMS | rooms("trips", of="api")
CARPOOL = PRIVACY | rooms("carpool", of="api")
PAGES = TRIPS | CARPOOL | rooms("pages", of="api")
FEEDS = PRESENT | TERRITORY | {"api.problems"} | rooms("feeds", of="api")
PORTAL = PAGES | FEEDS | rooms("portal", of="api")
OPERATORS = PORTAL | rooms("operators", of="api")

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
    "mobility.backup": WHOLE | rooms("backup"),
    "mobility.statistics": GROUND | rooms("statistics"),
    "mobility.remarks": GROUND | rooms("remarks"),
    "mobility.ground": BASE | rooms("network", "streets", "ground"),
    "demo": {"demo"},
    "api.config": CONFIG,
    "api.web": WEB,
    "api.wire": WEB | rooms("wire", of="api"),
    "api.backup": CONFIG | rooms("backup", of="api"),
    "api.parse": PARSE,
    "api.present": PRESENT,
    "api.territory": TERRITORY,
    "api.carpool.carpooling": CARPOOLING,
    "api.carpool.shared_territory": CARPOOLING | {"api.territory.taken_once"},
    "api.service": SERVICE,
    "api.privacy": PRIVACY,
    "api.covoiturage.errors": set(),
    "api.problems": PROBLEMS,
    "api.bare_app": PROBLEMS | {"api.bare_app"},
    "api.trips": TRIPS,
    "api.carpool": CARPOOL,
    "api.covoiturage": CARPOOL | rooms("covoiturage", of="api"),
    "api.pages": PAGES,
    "api.paper": PAGES | rooms("paper", of="api"),
    "api.feeds": FEEDS | {"demo"},
    "api.portal": PORTAL,
    "api.operators": OPERATORS,
    "api.openapi": OPERATORS | rooms("openapi", of="api"),
    "api.retention": CARPOOLING | FEEDS | {"api.retention"},
    "api.live_writer": {"api.beside"},
    **{wiring: {"api", "mobility", "gtfs", "demo"} for wiring in rooms("app", "server", "commands", of="api")},
}

BELOW = {"gtfs.compiler"}
"""How functions over arrays are compiled: it knows no feeds, and all rooms need it."""

TOPS = ("gtfs", "mobility", "api", "demo")

ONLY_IN_GTFS = {"gtfs_kit", "google", "gtfs_guru"}
ONLY_IN_API = {"flask", "gunicorn", "waitress", "werkzeug"}


def modules() -> list[Path]:
    return sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in modules()}


@cache
def imports_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return frozenset(found | {said for node in froms for said in said_by(node)})


def said_by(node: ast.ImportFrom) -> set[str]:
    """`from api import problems` names api.problems, `from api.problems import kinds` api.problems."""
    names = {f"{node.module}.{alias.name}" for alias in node.names}
    return names & set(MODULES) or {str(node.module)}


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def strays(name: str, path: Path) -> set[str]:
    """What a module may not import, and does."""
    home = max((key for key in MAY_IMPORT if within(name, {key})), key=len, default="mobility")
    ours = {found for found in imports_of(path) if within(found, {*TOPS, "tests"})}
    return {found for found in ours if not within(found, MAY_IMPORT.get(home, set()) | BELOW)}


def test_every_import_goes_down() -> None:
    may_not = {name: sorted(strays(name, path)) for name, path in MODULES.items()}
    assert {name: found for name, found in may_not.items() if found} == {}


@pytest.mark.parametrize(("top", "libraries"), [("gtfs", ONLY_IN_GTFS), ("api", ONLY_IN_API)])
def test_feed_and_web_libraries_stay_in_their_folder(top: str, libraries: set[str]) -> None:
    others = {name: imports_of(path) for name, path in MODULES.items() if not within(name, {top})}
    assert [(name, one) for name, found in others.items() for one in found if within(one, libraries)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and those for types alone count, too: they hide a circle and do not open it."""
    ours = {name: (imports_of(path) & set(MODULES)) - {name} for name, path in MODULES.items()}
    try:
        TopologicalSorter(ours).prepare()
    except CycleError as found:
        pytest.fail(" <- ".join(found.args[1]))
