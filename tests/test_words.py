"""One word for one thing: no two classes, types or modules of a room share a name without a reason, a module is a noun,
and the glossary names what is there."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHAPES = ROOT / "api" / "openapi" / "responses"
"""A shape of JSON is called after the class whose answer it describes."""
PAGES = tuple(ROOT / "docs" / f"{page}.md" for page in ("glossary", "architecture", "changing"))
ROW = re.compile(r"^\|(?P<word>[^|]+)\|[^|]+\| (?:`(?P<name>\w+)` in )?`(?P<path>[^`]+\.py)` \|$", re.MULTILINE)
PATH = re.compile(r"`((?:api|benchmarks|demo|docs|gtfs|mobility|tests)/[\w/.-]*)(?::\w+)?`")

TABLE = "the same table of a feed: as published, and in the network"
FARE = "of fares: as a feed publishes it, and as it is reckoned with"
SAME_NAME_FOR_A_REASON = {
    "Agency": TABLE,
    "Calls": TABLE,
    "Services": TABLE,
    "Shapes": TABLE,
    "Trips": TABLE,
    "Fare": FARE,
    "Product": FARE,
    "Tariff": "of either version of GTFS fares, asked alike",
    "Place": "where a rule is broken; where a ride stands among prices",
    "Step": "of a way on streets; of a price",
    "Option": "of the last kilometre, and of an answer: travellers choose between both",
    "Reach": "what is reached within a time: on streets, and by rides",
}


ARRAYS = "of numbers of this kind, by whatever width a room counts in"
JSON = "as it is read, and as it is written"
FIELD = "a field of a section, a body or a shape, with the bounds that hold there"
SAME_TYPE_FOR_A_REASON = {
    "Floats": ARRAYS,
    "Texts": ARRAYS,
    "Row": "of whatever table a module reads or writes",
    "Rows": "many of them",
    "Json": JSON,
    "Document": JSON,
    "Amount": FIELD,
    "Count": FIELD,
    "Day": FIELD,
    "Days": FIELD,
    "Id": FIELD,
    "Language": FIELD,
    "Message": FIELD,
    "Place": FIELD,
    "Share": FIELD,
    "Spoken": FIELD,
    "State": FIELD,
    "Text": FIELD,
    "Url": FIELD,
    "Whole": FIELD,
    "Leg": "of an itinerary: of any kind, and what a fare is reckoned of",
    "Made": "whatever is made once and kept",
    "View": "a function that answers a request, whatever it returns; not the offers of a date",
}
MODULES = {
    *(
        "beside",
        "booking",
        "bookings",
        "build",
        "carpool",
        "costs",
        "current",
        "departures",
        "errors",
        "export",
        "fares",
    ),
    *("files", "graph", "labels", "live", "messages", "names", "network", "notice", "on_demand", "options", "reach"),
    *("records", "retention", "rides", "rules", "search", "storage", "store", "straits", "tables", "transfers", "ways"),
    "zones",
}
"""What rooms of one folder have each of their own: their graph, their tables, what is stored of them. The API mirrors
the domain: a noun has its module in parse, present, pages and commands."""
NOUNS = {"booking", "carpooling", "ranking", "reading", "routing", "same_finding", "sealing"}
"""Of the field, or of the glossary."""


def classes() -> dict[str, list[str]]:
    """Files by the name of a class that others can import; migrations and shapes left out."""
    found = defaultdict(list)
    for top in ("gtfs", "mobility", "api"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if path.parent != SHAPES and path.parent.name != "versions":
                for name in names_of(path, ast.ClassDef):
                    found[name].append(str(path.relative_to(ROOT)))
    return found


def names_of(path: Path, *kinds: type[ast.ClassDef | ast.FunctionDef]) -> Iterator[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return (node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_"))


def test_one_class_name_has_one_meaning() -> None:
    shared = {name: files for name, files in classes().items() if len(files) > 1}
    stray = {name: files for name, files in shared.items() if name not in SAME_NAME_FOR_A_REASON}
    assert not stray, "name one of them apart, or say in SAME_NAME_FOR_A_REASON why they share it"


def types() -> dict[str, dict[str, str]]:
    """What each alias and NewType stands for, by name and file."""
    found = defaultdict[str, dict[str, str]](dict)
    for top in ("gtfs", "mobility", "api"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if name := named_type(node):
                    found[name][str(path.relative_to(ROOT))] = ast.unparse(node.value)  # type: ignore[attr-defined]
    return found


def named_type(node: ast.stmt) -> str:
    """`Name = ...`, `Name: TypeAlias = ...`; "" of all else. Constants are in capitals, variables in small letters."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    target = targets[0] if targets else None
    name = target.id if isinstance(target, ast.Name) else ""
    return name if re.fullmatch("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", name) else ""


def test_one_name_of_a_type_has_one_meaning() -> None:
    """Not that of a class, and not another one in another file."""
    known = classes()
    shared = {name for name, of in types().items() if len(set(of.values())) > 1 or name in known}
    assert shared == set(SAME_TYPE_FOR_A_REASON)


def modules(top: str) -> list[Path]:
    kept = (path for path in sorted((ROOT / top).rglob("*.py")) if path.name != "__init__.py")
    return [path for path in kept if path.parent.name != "versions"]


def test_two_modules_of_a_folder_share_a_name_for_a_reason() -> None:
    names = [Counter(path.stem for path in modules(top)) for top in ("gtfs", "mobility")]
    assert {name for counted in names for name, times in counted.items() if times > 1} == MODULES


def test_a_module_is_a_noun() -> None:
    paths = [path for top in ("gtfs", "mobility", "api", "demo", "benchmarks") for path in modules(top)]
    gerunds = {path.stem for path in paths if path.stem.endswith("ing")}
    assert gerunds == NOUNS


def test_a_reason_that_no_class_needs_is_taken_out() -> None:
    shared = {name for name, files in classes().items() if len(files) > 1}
    assert set(SAME_NAME_FOR_A_REASON) == shared


@pytest.mark.parametrize("row", list(ROW.finditer(PAGES[0].read_text("utf-8"))), ids=lambda row: row["word"].strip())
def test_a_word_of_the_glossary_is_in_the_file_that_it_names(row: re.Match[str]) -> None:
    text = (ROOT / row["path"]).read_text("utf-8")
    assert row["name"] is None or re.search(rf"\b{row['name']}\b", text)


def test_every_row_of_the_code_s_own_words_names_a_file() -> None:
    own = PAGES[0].read_text("utf-8").split("## The code's own words")[1]
    rows = [line for line in own.splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(ROW.findall(own))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_folder_that_a_page_about_the_code_names_is_there(page: Path) -> None:
    assert [path for path in PATH.findall(page.read_text("utf-8")) if not (ROOT / path).exists()] == []
