"""One word for one thing: no two classes share a name without a reason, and the glossary names what is there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
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
